"""What an editor writes as text, read; a ValueError says what to write instead."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from ipaddress import ip_network
from urllib.parse import SplitResult, urlsplit
from zoneinfo import available_timezones

import holidays
from holidays.registry import COUNTRIES

from digest.config.near import nearest

SECONDS = {
    "s": 1, "sec": 1, "second": 1, "seconds": 1,
    "m": 60, "min": 60, "minute": 60, "minutes": 60,
    "h": 3600, "hour": 3600, "hours": 3600,
    "d": 86400, "day": 86400, "days": 86400,
    "w": 604800, "week": 604800, "weeks": 604800,
}  # fmt: skip
PERIODS = {"day": 1, "week": 7, "month": 30, "year": 365}
LONGEST = 3660 * 86400

_PART = re.compile(r"(\d{1,9}(?:\.\d{1,3})?)\s*([a-z]+)\s*(?:and\s+|,\s*)?", re.I | re.A)
_LIMIT = re.compile(r"(\d{1,6})\s*(?:/|\s+(?:per|a)\s+)\s*(day|week|month|year)", re.I | re.A)
_ADDRESS = re.compile(r"[^\s@<>\"(),:;\[\]]{1,64}@([^\s@<>\"(),:;\[\]]{1,255})")
_LABEL = re.compile(r"[^\W_](?:[\w-]{0,61}[^\W_])?")
_NAMED = re.compile(r"\s*\"?([^<>\"]*?)\"?\s*<([^<>]*)>\s*")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u2028\u2029]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """So many times in so long."""

    times: int
    per: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """The name and address mails come from; the name may be empty."""

    name: str
    address: str


def duration(text: str) -> timedelta:
    """The length of "10m", "1h 30m", "2 hours" or "3d"."""
    rest, seconds = text.strip(), 0.0
    if rest == "0":
        return timedelta()
    if re.fullmatch(r"\d+(?:\.\d+)?", rest, re.A):
        raise ValueError(f"{text!r} has no unit; write for example {rest}m or {rest}h")
    while rest:
        part = _PART.match(rest)
        unit = part and SECONDS.get(part[2].lower())
        if not part or unit is None:
            raise ValueError(f"{text!r} is no length of time; write for example 10m, 2h or 1d")
        seconds += float(part[1]) * unit
        rest = rest[part.end() :]
        if seconds > LONGEST:
            raise ValueError(f"{text!r} is longer than ten years")
    if not text.strip():
        raise ValueError("is empty; write for example 10m, 2h or 1d")
    return timedelta(seconds=seconds)


def interval(text: str) -> timedelta:
    """A duration between a minute and a week: how often a source is looked at."""
    found = duration(text)
    if not timedelta(minutes=1) <= found <= timedelta(days=7):
        raise ValueError(f"{text!r} is out of bounds; write 1m to 7d")
    return found


def pattern(text: str) -> str:
    """The regular expression itself, when it is one; of a length nobody writes by mistake."""
    if len(text) > 500:
        raise ValueError("is longer than 500 letters")
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(
            f"{text!r} is no regular expression ({error}); write for example /news/\\d+"
        ) from error
    if not text.strip():
        raise ValueError("is empty and would match everything")
    return text


def inside(text: str) -> str:
    """A host name, an address, or a network of the house ("10.1.0.0/16")."""
    name = text.strip().lower().strip("[]")
    try:
        return str(ip_network(name, strict=False))
    except ValueError:
        pass
    if (
        not re.fullmatch(r"[a-z0-9_.-]{1,253}", name)
        or "/" in text
        or name.replace(".", "").isdigit()
    ):
        raise ValueError(
            f"{text!r} is no host, address or network; write for example cms.newsroom.lan,"
            " 10.1.2.3 or 10.1.0.0/16"
        )
    return name


def limit(text: str) -> Limit:
    """How often, from "3 per week" or "1/day"."""
    found = _LIMIT.fullmatch(text.strip())
    if not found:
        number = text.strip()
        example = f"{number} per week" if number.isdecimal() and number.isascii() else "3 per week"
        raise ValueError(f"{text!r} is no limit; write for example {example} (day, month, year)")
    if not int(found[1]):
        raise ValueError("0 times is never; take `appeal` out of the newsletter instead")
    return Limit(times=int(found[1]), per=timedelta(days=PERIODS[found[2].lower()]))


def day(text: str) -> date:
    """The date of "2026-12-25"."""
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text.strip(), re.A):
            raise ValueError(text)
        return date.fromisoformat(text.strip())
    except ValueError:
        raise ValueError(f"{text!r} is no date; write year-month-day: 2026-12-25") from None


def line(text: str) -> str:
    """Text without line ends or control characters, not empty."""
    if "\n" in text.strip() or "\r" in text.strip():
        raise ValueError("must stand on one line")
    return paragraph(text)


def paragraph(text: str) -> str:
    """Text without control characters, not empty."""
    if _CONTROL.search(text):
        raise ValueError("holds a control character that no reader can see; type the text anew")
    if not text.strip():
        raise ValueError("is empty; write something or take the key out")
    return text.strip()


def identifier(text: str) -> str:
    """A short name for addresses, file names and the command line."""
    if re.fullmatch(r"[a-z0-9](?:[a-z0-9_-]{0,38}[a-z0-9])?", text):
        return text
    better = re.sub(r"[^a-z0-9_-]+", "-", text.lower()).strip("-_")[:40].strip("-_")
    hint = f", for example {better!r}" if better else ""
    raise ValueError(f"{text!r} is no id; use up to 40 small letters, digits and hyphens{hint}")


def language(text: str) -> str:
    """A language tag such as "en" or "en-IE"."""
    if re.fullmatch(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}", text):
        return text
    better = text.strip().replace("_", "-")
    if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}", better):
        head, dash, tail = better.partition("-")
        raise ValueError(
            f"{text!r} is no language tag, did you mean {head.lower() + dash + tail!r}?"
        )
    raise ValueError(f"{text!r} is no language tag; write for example en or en-IE")


def address(text: str) -> str:
    """One mail address without a name."""
    found = _ADDRESS.fullmatch(text.strip())
    if not found or not text.isascii() or not _is_domain(found[1]):
        raise ValueError(f"{text!r} is no mail address; write for example desk@example.org")
    return text.strip()


def sender(text: str) -> Sender:
    """The parts of "The Sample Post <news@example.org>", or of the address alone."""
    named = _NAMED.fullmatch(line(text))
    return (
        Sender(name=named[1], address=address(named[2]))
        if named
        else Sender(name="", address=address(text))
    )


def web_address(text: str) -> str:
    """An http or https address with a host and without a password in it."""
    parts = split(text)
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        example = f"https://{text}" if re.fullmatch(r"[\w.-]+\.\w{2,}(/\S*)?", text) else ""
        hint = f", did you mean {example!r}?" if example else "; write https:// and the rest"
        raise ValueError(f"{shown(text)!r} is no web address{hint}")
    if "@" in parts.netloc:
        raise ValueError("a web address here may hold no user name or password")
    return text.strip()


def source_address(text: str) -> str:
    """A web address, or file:PATH for a text or page that lies beside the configuration."""
    path = text.strip().removeprefix("file:")
    if path != text.strip():
        if not path.strip("/"):
            raise ValueError("file: needs the name of a text or page, for example file:pasted.txt")
        return f"file:{path}"
    return web_address(text)


def site_address(text: str) -> str:
    """A web address that pages hang under: nothing behind the path, no slash at its end."""
    found = web_address(text)
    if "?" in found or "#" in found:
        raise ValueError("the address of the site ends before any ? or #")
    return found.rstrip("/")


def listen(text: str) -> str:
    """Host and port to serve on, such as "127.0.0.1:8060"."""
    parts = split(f"//{text.strip()}")
    if not parts.hostname or parts.port is None or parts.netloc != text.strip():
        raise ValueError(f"{text!r} is no place to listen; write host:port, 127.0.0.1:8060")
    return text.strip()


def relay(text: str) -> str:
    """smtp://HOST:PORT, smtps://HOST:PORT, ses://REGION or maildir:PATH; the port is filled in."""
    text = text.strip()
    if re.fullmatch(r"ses://[a-z]{2}(-[a-z]+)+-\d(/[A-Za-z0-9_-]+)?", text):
        return text
    if text.startswith("maildir:") and text.removeprefix("maildir:").strip("/"):
        return text
    parts = split(text)
    if "@" in parts.netloc:
        raise ValueError("write `user:` and `password: {env: NAME}` beside it, not in the relay")
    ports = {"smtp": 25, "smtps": 465}
    if parts.scheme not in ports or not parts.hostname or parts.path.strip("/"):
        near = nearest(parts.scheme, [*ports, "ses", "maildir"])
        hint = f", did you mean {near}:?" if near and near != parts.scheme else ""
        raise ValueError(
            f"{shown(text)!r} is no relay{hint or ';'}"
            " write smtp://HOST:PORT, smtps://HOST:PORT, ses://REGION or maildir:FOLDER"
        )
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}:{parts.port or ports[parts.scheme]}"


def store(text: str) -> str:
    """sqlite:///FILE or postgresql+psycopg://USER@HOST/NAME without a password."""
    if has_password(text):
        raise ValueError("holds a password: put the whole address elsewhere, store: {env: NAME}")
    return database(text)


def database(text: str) -> str:
    """The same, a password allowed: for an address that comes from a secret."""
    text = text.strip()
    scheme, _, rest = text.partition("://")
    if scheme == "sqlite":
        if not rest.strip("/") or not rest.startswith("/") or rest.startswith("/:memory:"):
            raise ValueError("names no file; write sqlite:///digest.db (three slashes)")
        return text
    if scheme in ("postgresql", "postgresql+psycopg"):
        if split(text).path.strip("/"):
            return f"postgresql+psycopg://{rest}"
        raise ValueError("names no database; write postgresql+psycopg://USER@HOST/NAME")
    near = nearest(scheme, ["sqlite", "postgresql", "postgresql+psycopg"])
    hint = f", did you mean {near}://?" if near else ";"
    raise ValueError(
        f"{shown(scheme)!r} is no kind of database{hint} write sqlite:///digest.db"
        " or postgresql+psycopg://USER@HOST/NAME"
    )


def has_password(text: str) -> bool:
    """Whether an address carries a password."""
    return bool(re.search(r"://[^/?#]*:[^/?#]*@", text)) or "password=" in text.lower()


def shown(text: str) -> str:
    """The text as an error message may repeat it: short, without what might be a password."""
    text = re.sub(r"//[^/?#]*@", "//…@", text)
    return text if len(text) <= 80 else f"{text[:79]}…"


def country(text: str) -> str:
    """An ISO 3166 code the holiday calendar knows: "IE", or "GB-NIR" for a part."""
    code, dash, part = text.strip().partition("-")
    names = countries()
    if names.get(code) != code:
        better = names.get(code.replace(" ", "").upper())
        hint = f", did you mean {better + dash + part!r}?" if better else "; write IE or GB-NIR"
        raise ValueError(f"{shown(text)!r} is no country code the calendar knows{hint}")
    parts = list(holidays.country_holidays(code).subdivisions)
    if dash and part not in parts:
        near = nearest(part, parts)
        hint = f", did you mean {code}-{near}?" if near else f"; known: {', '.join(parts)}"
        raise ValueError(f"{shown(text)!r} is no part of {code} the calendar knows{hint}")
    return text.strip()


@cache
def countries() -> dict[str, str]:
    """Every way to name a country, in capitals -> its two-letter code."""
    found = {"UK": "GB"}
    for names in COUNTRIES.values():
        code = next(name for name in names if len(name) == 2)
        found |= {name.upper(): code for name in names}
    return found


def environment_name(text: str) -> str:
    """The name of an environment variable."""
    if re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]{0,99}", text):
        return text
    raise ValueError("is no name of an environment variable; write for example {env: BSKY}")


def zone(text: str) -> str:
    """An IANA time zone name."""
    if text in zones():
        return text
    asked = re.sub(r"\s*/\s*", "/", text.strip())
    short = {name.rpartition("/")[2]: name for name in sorted(zones(), reverse=True)}
    found = nearest(asked, zones(), 0.75) or short.get(nearest(asked, short, 0.75), "")
    found = found or short.get(nearest(asked.rpartition("/")[2], short, 0.75), "")
    hint = f", did you mean {found!r}?" if found else "; write for example Europe/Dublin"
    raise ValueError(f"{shown(text)!r} is no time zone{hint}")


@cache
def zones() -> frozenset[str]:
    """Every zone an editor may name; never the machine's own."""
    return frozenset(available_timezones() - {"localtime", "Factory"})


def split(text: str) -> SplitResult:
    """The parts of an address; ValueError in a sentence when it has none."""
    try:
        parts = urlsplit(text.strip())
        _ = parts.port
    except ValueError:
        raise ValueError(f"{shown(text)!r} is no address: its host or port is wrong") from None
    if re.search(r"\s", text.strip()):
        raise ValueError(f"{shown(text)!r} is no address: it holds a space")
    return parts


def _is_domain(text: str) -> bool:
    labels = text.split(".")
    return (len(labels) > 1 or text == "localhost") and all(
        _LABEL.fullmatch(label) for label in labels
    )
