"""Who follows a link: a person or a machine."""

import re
from collections.abc import Mapping

_MACHINE = re.compile(
    r"bot\b|crawl|spider|slurp|scan|preview|fetch|curl|wget|python|java/|go-http|okhttp|httpclient"
    r"|headless|phantom|monitor|barracuda|mimecast|proofpoint|safelinks|facebookexternal|whatsapp",
    re.I,
)


def machine(headers: Mapping[str, str]) -> bool:
    """Whether no person did it, as far as the request says; names of headers are in lower case.

    Mail scanners follow every link before the reader does; they say so, say nothing at all, or do
    not ask for a page. Programs that fetch ahead say it in Purpose or Sec-Purpose.
    """
    agent = headers.get("user-agent", "")
    ahead = headers.get("sec-purpose", "") + headers.get("purpose", "") + headers.get("x-moz", "")
    if not agent or "prefetch" in ahead or "preview" in ahead:
        return True
    return bool(_MACHINE.search(agent)) or "text/html" not in headers.get("accept", "")
