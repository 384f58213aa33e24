"""Where X sees links in a text, in time that grows with the text and no faster.

X's own pattern (twitter-text) tries every start of a name against every end of it, which takes
seconds for a hostile line. Here a run of name characters is read once, label by label.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from digest.text.domains import NAMES

Span = tuple[int, int]

_ACCENTS = (
    "\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff\u0100-\u024f\u0253\u0254\u0256\u0257\u0259\u025b\u0263"
    "\u0268\u026f\u0272\u0289\u028b\u02bb\u0300-\u036f\u1e00-\u1eff"
)
_SPACES = "\t-\r \u0085\u00a0\u1680\u180e\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_MARKERS = "\u202a-\u202e\u061c\u200e\u200f\u2066-\u2069"
_BROKEN = "\ufffe\ufeff\uffff"

_NAME = rf"[^!'#%&()*+,\\\-./:;<=>?@\[\]^_{{|}}~${_SPACES}{_BROKEN}{_MARKERS}]"
_RUN = re.compile(rf"(?:{_NAME}|[-_.])++")
_BARS = rf"A-Za-z0-9@＠$#＃{_BROKEN}"
"""No link may follow one of these."""
_START = re.compile(rf"(?<=[^{_BARS}]){_NAME}")
_LAST_BAR = re.compile(rf"[{_BARS}]")

_ASCII_WORD = re.compile(r"[0-9A-Za-z]+")
_PUNYCODE = re.compile(r"xn--[-0-9a-z]+", re.IGNORECASE)
_AFTER_TLD = re.compile(r"[0-9A-Za-z@+-]")
_WIDE = {name for name in NAMES if not name.isascii()}
_WIDE_STARTS = {name[0] for name in _WIDE}
_LONGEST = max(map(len, _WIDE))
_PLAIN = rf"[-a-z0-9{_ACCENTS}]"
_PLAIN_LABELS = re.compile(rf"(?<!{_PLAIN})(?:{_PLAIN}++\.)++", re.IGNORECASE)

_PATH_CHAR = rf"[a-z\u0400-\u04ff0-9!*';:=+,.$/%#\[\]\-\u2013_~@|&{_ACCENTS}]"
_INNER = rf"\({_PATH_CHAR}++\){_PATH_CHAR}*+"
_PAIR = rf"\((?:{_PATH_CHAR}++(?:{_INNER})?+|{_INNER})\)"
_PORT = re.compile(r":[0-9]+")
_PATH = re.compile(rf"/(?:{_PATH_CHAR}++|{_PAIR})*+", re.IGNORECASE)
_NOT_LAST_IN_PATH = "!*';:,.$%[]\u2013~@|&"
_QUERY = re.compile(r"\?[a-z0-9!?*'@();:&=+$/%#\[\]\-_.,~|]++", re.IGNORECASE)
_NOT_LAST_IN_QUERY = "!?*'@();:+$%[].,~|"
_SCHEME = re.compile(r"https?://\Z", re.IGNORECASE)
_SHORTENED = re.compile(
    r"https?://t\.co/(?P<slug>[a-z0-9]+)(?:\?[a-z0-9!?*'@();:&=+$/%#\[\]\-_.,~|]*[a-z0-9\-_&=#/])?",
    re.IGNORECASE,
)
_LONGEST_SLUG = 40
_LONGEST_LINK = 4096
_LONGEST_LABEL = 63
_LONGEST_NAME = 253


@lru_cache(maxsize=64)
def spans(text: str) -> tuple[Span, ...]:
    """Start and end of each link X would make of the text, bare domains included."""
    if "." not in text:
        return ()
    found: list[Span] = []
    done = 0
    for run in _RUN.finditer(text):
        for start, end in _domains(text, *run.span()):
            begin = _begin(text, start, end, done)
            if begin is None:
                continue
            done = _rest(text, end)
            if _has_address(text[start:end]):
                found += _links(text, begin, end, done)
    return tuple(found)


def _domains(text: str, start: int, stop: int) -> Iterator[Span]:
    """The longest name under a known top-level domain in each unbroken chain of labels."""
    chain = end = -1
    position, previous, whole = start, "", False
    for label in text[start:stop].split("."):
        core = label.lstrip("-_")
        if whole and core and core == label:
            top = -1 if "_" in previous else _top_level(text, position)
            end = max(end, top)
        else:
            if end > chain >= 0:
                yield chain, end
            chain, end = position + len(label) - len(core), -1
        whole = bool(core) and core[-1] not in "-_"
        previous = core
        position += len(label) + 1
    if end > chain >= 0:
        yield chain, end


def _top_level(text: str, at: int) -> int:
    """Where the top-level domain beginning here ends, -1 when there is none."""
    word = _ASCII_WORD.match(text, at)
    if word is not None:
        if punycode := _PUNYCODE.match(text, at):
            return punycode.end()
        ends = [word.end()]
    elif text[at : at + 1].lower() not in _WIDE_STARTS:
        return -1
    else:
        ends = [at + size for size in range(_LONGEST, 0, -1) if at + size <= len(text)]
    for end in ends:
        if text[at:end].lower() in NAMES and not _AFTER_TLD.match(text, end):
            return end
    return -1


def _begin(text: str, start: int, end: int, done: int) -> int | None:
    """Where a link on this name may begin (its scheme included), None when it may not."""
    slashed = start > 0 and text[start - 1] == "/"
    scheme = _SCHEME.search(text, max(0, start - 8), start) if slashed else None
    if scheme and _free(text, scheme.start(), done):
        return scheme.start()
    if not _free(text, start, done):
        later = _START.search(text, max(start, done) + 1, text.rindex(".", start, end))
        if later is None:
            return None
        start = later.start()
    return start


def _free(text: str, at: int, done: int) -> bool:
    """Nothing stands directly before that forbids a link; what an earlier link took is gone."""
    return at == 0 or (at > done or done == 0) and not _LAST_BAR.match(text, at - 1)


def _rest(text: str, end: int) -> int:
    """Where the link ends whose name ends here: port, path and query taken along."""
    sign = text[end : end + 1]
    if sign == ":" and (port := _PORT.match(text, end)):
        end = port.end()
        sign = text[end : end + 1]
    if sign == "/" and (path := _PATH.match(text, end)):
        end += len(path[0].rstrip(_NOT_LAST_IN_PATH))
    if text[end : end + 1] == "?" and (query := _QUERY.match(text, end)):
        kept = query[0].rstrip(_NOT_LAST_IN_QUERY)
        end += len(kept)
    return end


def _has_address(name: str) -> bool:
    """Whether the domain name system could hold the name."""
    if len(name) <= _LONGEST_LABEL and name.isascii():
        return True
    labels = name.split(".")
    if len(name) > _LONGEST_NAME or max(map(len, labels)) > _LONGEST_LABEL:
        return False
    try:
        return name.isascii() or all(label.encode("idna") for label in labels)
    except UnicodeError:
        return False


def _links(text: str, begin: int, end: int, done: int) -> list[Span]:
    """The links X makes of one match: a whole address, or the ASCII domains in a bare name."""
    if done - begin > _LONGEST_LINK:
        return []
    if text[begin:end].lower().startswith(("http://", "https://")):
        short = _SHORTENED.match(text, begin, done)
        if short and len(short["slug"]) > _LONGEST_SLUG:
            return []
        return [(begin, short.end() if short else done)]
    if begin and text[begin - 1] in "-_./":
        return []
    bare = list(_bare(text, begin, end))
    if bare and done > end:
        bare[-1] = (bare[-1][0], done)
    return bare


def _bare(text: str, begin: int, end: int) -> Iterator[Span]:
    """The names of plain letters within a bare name that may hold others."""
    for labels in _PLAIN_LABELS.finditer(text[begin:end]):
        start, dot = begin + labels.start(), begin + labels.end()
        while dot > start:
            top = _top_level(text, dot)
            if dot < end and top > 0:
                yield start, top
                break
            dot = text.rfind(".", start, dot - 1) + 1
