"""What only the whole file can tell: ids used twice or naming nothing, keys that need others."""

from collections.abc import Iterator

from digest.config.near import nearest
from digest.config.read import Document, Mark, Trail, value_at

REFERENCES = {"sources": "sources", "accounts": "accounts", "appeal": "appeals"}
"""Key of a newsletter -> the list its ids live in."""

SECRETS_OF = {
    "x": ("keys", "client", "token"),
    "bluesky": ("password",),
    "mastodon": ("token",),
    "threads": ("token",),
    "linkedin": ("token",),
    "telegram": ("token",),
    "slack": ("webhook",),
    "discord": ("webhook",),
}
"""Network -> the secrets its accounts take, the usual one first."""

SECRETS = ("keys", "client", "password", "token", "webhook")

ONE_RELAY = (
    "relay",
    "user",
    "password",
    "starttls",
    "log_in",
    "connections",
    "per_connection",
    "pipelining",
    "timeout",
    "ca_file",
    "api_url",
)
"""Keys of `mail` that describe its only relay."""

NEEDS = {
    "bluesky": ("handle", "the profile's name, for example post.example.org"),
    "mastodon": ("url", "the address of its instance, for example https://mastodon.example"),
    "linkedin": ("handle", "who posts, for example urn:li:organization:1234"),
    "telegram": ("handle", "the chat, for example @samplepost or -1001234567890"),
}
"""Network -> the key its accounts cannot do without."""


def check(document: Document) -> None:
    """Note these mistakes among the document's problems."""
    for key in ("sources", "newsletters", "appeals", "accounts"):
        _unique(document, (key,))
    for key in ("sources", "newsletters"):
        _not_empty(document, (key,), value_at(document.values, (key,)))
    for trail, appeal in _each(document, "appeals"):
        _not_empty(document, (*trail, "variants"), appeal.get("variants"))
        _unique(document, (*trail, "variants"))
    for trail, newsletter in _each(document, "newsletters"):
        _newsletter(document, trail, newsletter)
    for trail, account in _each(document, "accounts"):
        _account(document, trail, account)
    _mail(document)
    _summary(document)


def _each(document: Document, *keys: str | int) -> Iterator[tuple[Trail, dict[str, object]]]:
    found = value_at(document.values, keys)
    for number, value in enumerate(found if isinstance(found, list) else ()):
        if isinstance(value, dict):
            yield (*keys, number), value


def _not_empty(document: Document, trail: Trail, value: object) -> None:
    if value == []:
        document.add(document.places[trail].value, trail, "is an empty list; it needs at least one")


def _unique(document: Document, trail: Trail) -> None:
    first: dict[object, Mark] = {}
    for item, value in _each(document, *trail):
        name, at = value.get("id"), (*item, "id")
        if not isinstance(name, str):
            continue
        mark = document.places[at].value
        if name in first:
            text = f"the id {name!r} is used twice; the first is on line {first[name].line}"
            document.add(mark, at, text)
        first.setdefault(name, mark)


def _newsletter(document: Document, trail: Trail, newsletter: dict[str, object]) -> None:
    for key, home in REFERENCES.items():
        value = newsletter.get(key)
        if key == "appeal":
            _references(document, home, {(*trail, key): value})
        elif isinstance(value, list):
            _references(document, home, {(*trail, key, n): name for n, name in enumerate(value)})
    stories = _number(newsletter.get("stories", "7"))
    at_least = _number(newsletter.get("at_least", "1"))
    if stories and at_least > stories:
        at = (*trail, "at_least" if "at_least" in newsletter else "stories")
        text = f"takes {stories} stories at most but {at_least} at least: it would never go out"
        document.add(document.places[at].value, at, text)


def _references(document: Document, home: str, names: dict[Trail, object]) -> None:
    """Each name must be the id of something in the home list, and stand once."""
    known = [i for _, v in _each(document, home) if isinstance(i := v.get("id"), str)]
    if not known and isinstance(document.values, dict) and home not in document.values:
        if home == "sources" or nearest(home, document.values):
            return  # the missing or mistyped list is named already
    seen: set[str] = set()
    for at, name in names.items():
        if not isinstance(name, str):
            continue
        if name not in known:
            document.add(document.places[at].value, at, _unknown(name, home, known))
        elif name in seen:
            document.add(document.places[at].value, at, f"{name!r} is named twice")
        seen.add(name)


def _unknown(name: str, home: str, known: list[str]) -> str:
    near = nearest(name, known)
    if near:
        hint = f", did you mean {near!r}?"
    elif known:
        hint = f"; there are: {', '.join(known[:12])}"
    else:
        hint = f"; `{home}` is empty"
    return f"no {home.removesuffix('s')} has the id {name!r}{hint}"


def _number(value: object) -> int:
    return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() else 0


def _account(document: Document, trail: Trail, account: dict[str, object]) -> None:
    network = account.get("network")
    if not isinstance(network, str) or network not in SECRETS_OF:
        return
    for key in SECRETS:
        if account.get(key) is not None and key not in SECRETS_OF[network]:
            text = f"{network} takes no `{key}`, did you mean `{SECRETS_OF[network][0]}`?"
            document.add(document.places[*trail, key].key, (*trail, key), text)
    if (account.get("client") is None) != (account.get("token") is None) and network == "x":
        text = "`client` and `token` of an x account stand together, or `keys` alone"
        document.add(document.places[trail].value, trail, text)
    if network in NEEDS:
        key, example = NEEDS[network]
        if account.get(key) is None:
            text = f"a {network} account needs `{key}`: {example}"
            document.add(document.places[trail].value, (*trail, key), text)
    handle = account.get("handle")
    if isinstance(handle, str) and handle.startswith("@") and network != "telegram":
        text = f"write the handle without @: {handle.lstrip('@')}"
        document.add(document.places[*trail, "handle"].value, (*trail, "handle"), text)


def _mail(document: Document) -> None:
    _log_in(document, ("mail",), value_at(document.values, ("mail",)))
    _unique(document, ("mail", "relays"))
    for trail, relay in _each(document, "mail", "relays"):
        _log_in(document, trail, relay)
        if str(relay.get("address", "")).startswith("maildir:"):
            text = "a folder cannot be one of several relays; write it as `relay:`"
            document.add(document.places[*trail, "address"].value, (*trail, "address"), text)
    mail = value_at(document.values, ("mail",))
    if isinstance(mail, dict) and mail.get("relays"):
        for key in ONE_RELAY:
            if mail.get(key) is not None:
                text = "stands beside `relays`, which have their own; leave it out here"
                document.add(document.places["mail", key].key, ("mail", key), text)


def _log_in(document: Document, trail: Trail, keys: object) -> None:
    if isinstance(keys, dict) and keys.get("password") is not None and keys.get("user") is None:
        text = "a password needs its `user:` beside it"
        document.add(document.places[*trail, "password"].key, (*trail, "password"), text)


def _summary(document: Document) -> None:
    """A model that is to write must be described."""
    summary = value_at(document.values, ("summary",))
    writer = summary.get("writer") if isinstance(summary, dict) else None
    if not isinstance(summary, dict) or writer not in ("openai", "anthropic"):
        return
    if summary.get(str(writer)) is None:
        text = f"`writer: {writer}` needs `{writer}:` beside it, with at least its `model`"
        document.add(document.places["summary", "writer"].value, ("summary", "writer"), text)
