"""Lengths: X's own conformance rows, and the longest that any text takes to measure."""

import random
import subprocess
import sys
import time
import venv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from digest.bench.deliver_rates import Absent
from digest.bench.past import shared
from digest.model.account import Network
from digest.social import links, measure

LENGTHS = {
    "WeightedTweetsCounterTest": 20,
    "WeightedTweetsWithDiscountedEmojiCounterTest": 22,
    "UnicodeDirectionalMarkerCounterTest": 2,
}
BEFORE_EMOJI_RULE = {"H🐱☺👨‍👩‍👧‍👦": 7, "🙋🏽👨‍🎤": 4}
"""Rows of the first section hold X's older count; this is what counts since."""
URLS = ("urls", "urls_with_indices", "urls_with_directional_markers", "tco_urls_with_params")
PIECES = (
    *("a.", "a.com.", "-a", "(a", "http://", "a.com/((", "é.", "日.", "_a.", ".", "a?", "a", "@"),
    *(
        "👨\u200d",
        "👨🏽",
        "1\ufe0f",
        "@a",
        "@a@",
        "@a@b.",
        "http://a,",
        "e\u0301",
        "🇮",
        "#a",
        "://a",
    ),
)
MOST = 10_000
PACKAGE = "twitter-text-parser==3.0.0"
PEER = """
import sys, time
from twitter_text import parse_tweet
worst = 0.0
for text in sys.stdin.read().split("\\0"):
    start = time.perf_counter(); parse_tweet(text); worst = max(worst, time.perf_counter() - start)
print(worst)
"""


def conformance() -> dict[str, int]:
    """How many rows agree, of how many."""
    folder = shared() / "social" / "twitter-text" / "conformance"
    if not folder.is_dir():
        raise Absent("../shared/data/social/twitter-text is not there")
    lengths = [
        measure.length(Network.X, row["text"]) == _wanted(section, row)
        for section in LENGTHS
        for row in _rows(folder / "validate.yml", section)
    ]
    urls = [
        _found(row) == row["expected"]
        for section in URLS
        for row in _rows(folder / "extract.yml", section)
    ]
    return {
        "lengths": sum(lengths),
        "of_lengths": len(lengths),
        "urls": sum(urls),
        "of_urls": len(urls),
    }


def slowest() -> tuple[float, str, Network]:
    """The longest that measuring and pricing a text of up to 10,000 characters takes, in seconds,
    the best of three, with what the text repeats and where."""
    worst = (0.0, "", Network.X)
    for name, text in _hostile():
        for network in Network:
            worst = max(worst, (min(_seconds(network, text) for _ in range(3)), name, network))
    return worst


def peer(size: int) -> float:
    """The longest that the peer takes for the same shapes, cut to a size it can bear."""
    python = _prepared()
    texts = "\0".join(text[:size] for _, text in _hostile())
    done = subprocess.run(
        [str(python), "-c", PEER],
        input=texts,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    if done.returncode:
        raise Absent(f"{PACKAGE}: {done.stderr.strip().splitlines()[-1][:200]}")
    return float(done.stdout)


def ours(size: int) -> float:
    """The same for us."""
    return max(min(_seconds(Network.X, t[:size]) for _ in range(3)) for _, t in _hostile())


def _wanted(section: str, row: dict[str, Any]) -> int:
    old = BEFORE_EMOJI_RULE if section == "WeightedTweetsCounterTest" else {}
    return int(old.get(row["text"], row["expected"]["weightedLength"]))


def _found(row: dict[str, Any]) -> list[Any]:
    text, found = row["text"], links.spans(row["text"])
    if row["expected"] and isinstance(row["expected"][0], dict):
        return [{"url": text[a:b], "indices": [a, b]} for a, b in found]
    return [text[a:b] for a, b in found]


def _rows(file: Path, section: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = YAML(typ="safe").load(file.read_text("utf-8"))["tests"][section]
    return rows


def _hostile() -> Iterator[tuple[str, str]]:
    """Shapes that defeat backtracking, whole and mixed."""
    for piece in PIECES:
        yield piece, (piece * MOST)[:MOST]
    dice = random.Random(1)
    for number in range(20):
        text = "".join(dice.choice(PIECES) for _ in range(MOST))[:MOST]
        yield f"mixture {number}", text


def _seconds(network: Network, text: str) -> float:
    links.spans.cache_clear()
    start = time.perf_counter()
    measure.length(network, text)
    measure.price(network, text)
    return time.perf_counter() - start


def _prepared() -> Path:
    """A Python that has the peer, made once."""
    place = Path.home() / ".cache" / "digest-bench" / PACKAGE.replace("==", "-")
    python = place / "bin" / "python"
    if not python.exists():
        try:
            venv.create(place, with_pip=True)
            install = [str(python), "-m", "pip", "install", "--quiet", PACKAGE]
            subprocess.run(install, capture_output=True, text=True, timeout=300, check=True)
        except (OSError, subprocess.SubprocessError) as error:
            raise Absent(f"{PACKAGE} cannot be installed here: {error}") from error
    return python


if __name__ == "__main__":
    print(conformance(), slowest(), file=sys.stdout)
