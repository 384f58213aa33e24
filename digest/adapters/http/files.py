"""A text or page that editors put beside config.yaml; only configured sources come here."""

import stat
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from digest.model.fetch import Fetched, FetchRequest


def read(request: FetchRequest) -> Fetched:
    """The file at a file: address, 304 while it is untouched, or one sentence why not."""
    path = Path(url2pathname(urlsplit(request.url).path or request.url.removeprefix("file:")))
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            return Fetched(url=request.url, problem=f"{path} is no file; it was not read")
        stamp = f"{found.st_mtime_ns}-{found.st_size}"
        if stamp == request.etag:
            return Fetched(url=request.url, status=304, etag=stamp)
        with path.open("rb") as file:
            body = file.read(request.max_bytes + 1)
    except (OSError, ValueError) as error:
        told = error.strerror if isinstance(error, OSError) else "its name cannot be one"
        return Fetched(url=request.url, problem=f"{path} cannot be read ({told})")
    if len(body) > request.max_bytes:
        return Fetched(url=request.url, problem=f"{path} is too large; it was not read")
    kind = "text/html" if path.suffix.lower() in (".html", ".htm") else "text/plain"
    return Fetched(url=request.url, status=200, body=body, content_type=kind, etag=stamp)
