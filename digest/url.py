"""Web addresses: what makes two of them the same, and which may be followed at all."""

import re
from functools import lru_cache
from ipaddress import ip_address
from urllib.parse import SplitResult, quote, unquote_to_bytes, urljoin, urlsplit

_WEB = frozenset({"http", "https"})
_DEFAULT_PORTS = {"http": 80, "https": 443}
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_SAFE_IN_PATH = "/:@!$&'()*+,;=~%"
_SAFE_IN_QUERY = "/?:@!$'()*+,;=~%"

# Names that only say where a reader came from, never which page is meant.
_TRACKING_PREFIXES = ("utm_", "at_", "pk_", "mtm_", "ns_", "hsa_", "oly_", "vero_", "__twitter_")
_TRACKING_NAMES = frozenset(
    "fbclid gclid gclsrc dclid gbraid wbraid msclkid twclid ttclid yclid igshid igsh li_fat_id"
    " mc_cid mc_eid mkt_tok _ga _gl _hsenc _hsmi cmp cmpid ito ocid ncid s_cid smid xtor wt.mc_id"
    " ftag fb_ref fb_source action_object_map action_type_map ref_src ref_url"
    " guce_referrer guce_referrer_sig guccounter".split()
)
# Names that mean a page on some sites: dropped only when the value says "from a feed or network".
_TRACKING_VALUES = {
    name: re.compile(r"(rss|feed|atom|twitter|facebook|newsletter|email|home|social)\b", re.I)
    for name in ("ref", "source", "src", "from", "partner", "emc", "via", "feature")
}
_SPELLED = re.compile(r"[A-Za-z0-9._~/:@!$'()*+,;=-]*")
"""What needs no percent sign, wherever it stands."""
_CONTROL = re.compile(r"[\x00-\x20\x7f]+")


def is_web(url: str) -> bool:
    """Whether the address is absolute, http or https, and names a host."""
    parts = _split(url)
    return parts is not None and parts.scheme.lower() in _WEB and bool(parts.hostname)


def is_this_machine(name: str) -> bool:
    """A host name or address that leads nowhere else: nobody can listen in between."""
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return name == "localhost"


def host(url: str) -> str:
    """The host in lower case ASCII, "" when the address names none."""
    parts = _split(url)
    return _ascii_host(parts.hostname or "") if parts is not None else ""


def place(url: str) -> str:
    """The host with its port, as robots.txt and rate limits know it; "" when there is none."""
    parts = _split(url)
    return parts.netloc.rpartition("@")[2].lower() if parts is not None else ""


def is_site_root(url: str) -> bool:
    """Whether the address names a whole site and no page on it."""
    parts = _split(url)
    return parts is not None and not parts.path.strip("/") and not parts.query


def join(base: str, link: str) -> str:
    """The link as an absolute address, read against its base; "" when that cannot be."""
    try:
        return urljoin(base, _CONTROL.sub("%20", link.strip()))
    except ValueError:
        return ""


# The same few addresses are asked for again and again while a feed is taken in.
@lru_cache(maxsize=4096)
def canonical(url: str) -> str:
    """One spelling for all addresses of the same page; what is not http(s) stays as it is."""
    parts = _split(url)
    name = parts.hostname if parts is not None else None
    if parts is None or not name or parts.scheme.lower() not in _WEB:
        return url.strip()
    scheme = parts.scheme.lower()
    place = _bracketed(_ascii_host(name))
    port = parts.port
    if port is not None and port != _DEFAULT_PORTS[scheme]:
        place = f"{place}:{port}"
    query = _query(parts.query)
    return f"{scheme}://{place}{_path(parts.path)}" + (f"?{query}" if query else "")


@lru_cache(maxsize=4096)
def page_key(url: str) -> str:
    """What the addresses of one page share whatever scheme, "www." or closing slash they have.

    An AMP copy has the key of its page: "amp." before the host, "/amp" behind the path, "amp=1".
    """
    _, _, rest = canonical(url).partition("://")
    place, slash, path = rest.partition("/")
    path, _, query = path.partition("?")
    for prefix in ("www.", "amp."):
        place = place.removeprefix(prefix) if place.count(".") > 1 else place
    path = path.rstrip("/").removesuffix("/amp").removeprefix("amp/").removesuffix(".amp")
    pairs = [pair for pair in query.split("&") if pair not in {"amp", "amp=1", "outputType=amp"}]
    query = "&".join(pair for pair in pairs if pair)
    return place + (slash and f"/{path}") + (f"?{query}" if query else "")


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url.strip())
        _ = parts.port
    except ValueError:
        return None
    return parts


def _ascii_host(name: str) -> str:
    name = name.rstrip(".").lower()
    try:
        return name.encode("idna").decode("ascii")
    except UnicodeError:
        return name


def _bracketed(name: str) -> str:
    return f"[{name}]" if ":" in name else name


def _path(path: str) -> str:
    path = _spelling(path, _SAFE_IN_PATH)
    if "/." not in path and path.startswith("/"):
        return path
    kept: list[str] = []
    segments = path.split("/")
    for segment in segments[1:] if segments[0] == "" else segments:
        if segment == "..":
            kept = kept[:-1]
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in {".", ".."}:
        kept.append("")
    return "/" + "/".join(kept)


def _query(query: str) -> str:
    pairs = [_spelling(pair, _SAFE_IN_QUERY) for pair in query.split("&") if pair.strip("=")]
    return "&".join(sorted(pair for pair in pairs if not _is_tracking(pair)))


def _is_tracking(pair: str) -> bool:
    name, _, value = pair.partition("=")
    name = name.lower()
    if name in _TRACKING_NAMES or name.startswith(_TRACKING_PREFIXES):
        return True
    telltale = _TRACKING_VALUES.get(name)
    return telltale is not None and telltale.match(value) is not None


def _spelling(text: str, safe: str) -> str:
    """Percent signs spelled one way: unreserved letters bare, the rest in upper-case hex."""
    if _SPELLED.fullmatch(text):
        return text

    def respell(match: re.Match[str]) -> str:
        byte = unquote_to_bytes(match.group())
        return byte.decode("ascii") if byte[0] in _UNRESERVED else match.group().upper()

    text = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", text)
    return re.sub(r"%[0-9A-Fa-f]{2}", respell, quote(text, safe=safe, errors="replace"))
