"""A client that tries again until it is answered: what most tools do, and what comes of it."""

import json
import tempfile
import urllib.error
import urllib.request
from collections import Counter
from http.client import HTTPException
from pathlib import Path

from digest.bench import social_peers

JOBS = 200
TRIES = 20


def run(jobs: int = JOBS) -> dict[str, int]:
    """So many posts to a Mastodon stand-in that ignores keys and loses what it can."""
    with tempfile.TemporaryDirectory() as folder:
        truth = Path(folder) / "truth"
        faults = ("--lose-request", "20", "--lose-response", "20")
        options = ("--key", "ignored", "--rate", "1000000", "--truth", str(truth))
        with social_peers.peer("mastodon_stub.py", "--port", "0", *options, *faults) as url:
            for number in range(jobs):
                _post(url, f"News number {number}")
        rows = [json.loads(line) for line in truth.read_text("utf-8").splitlines()]
    there = Counter(row["text"] for row in rows if row["what"] == "post")
    return {"jobs": jobs, "doubled": sum(count > 1 for count in there.values())}


def _post(url: str, text: str) -> None:
    headers = {"Authorization": "Bearer token", "Content-Type": "application/json"}
    body = json.dumps({"status": text}).encode()
    for _ in range(TRIES):
        request = urllib.request.Request(f"{url}/api/v1/statuses", body, headers)
        try:
            with urllib.request.urlopen(request, timeout=10):
                return
        except (urllib.error.URLError, HTTPException, OSError):
            continue
