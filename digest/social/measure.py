"""How long a text is by each network's own rule, and what posting it costs."""

import unicodedata

import regex

from digest.model.account import Network, TextRule
from digest.social import links

LIMITS = {
    Network.X: 280,
    Network.BLUESKY: 300,
    Network.MASTODON: 500,
    Network.THREADS: 500,
    Network.LINKEDIN: 3_000,
    Network.TELEGRAM: 4_096,
    Network.SLACK: 4_000,
    Network.DISCORD: 2_000,
}
"""Mastodon: the default; a server may allow more."""

_LINK = 23
"""What any link counts on X and, unless its server says otherwise, on Mastodon."""
_BLUESKY_BYTES = 3000
_X_POST = 15
_X_POST_WITH_LINK = 200
"""Thousandths of a US dollar, since 20 April 2026."""

_LINE_END = regex.compile(r"\r\n?")
_GRAPHEME = regex.compile(r"\X")
_FLAG = regex.compile(r"[\U0001f1e6-\U0001f1ff]{2}")
_LIGHT = regex.compile(
    r"[\u0000-\u10ff\u2000-\u200d\u2010-\u201f\u2032-\u2037]", flags=regex.VERSION1
)
"""Characters that weigh 1 on X; all others weigh 2."""

_ADDRESS = regex.compile(r"https?://[^\s<>\"]*[^\s<>\".,:;!?)\]'”’»]", flags=regex.IGNORECASE)
_MENTION = regex.compile(
    r"(?<![\w/=])@([a-z0-9_][a-z0-9_.-]*+)(?<![.-])@[\w.-]*\w", flags=regex.IGNORECASE
)

_SKIN = r"[\U0001f3fb-\U0001f3ff]"
_ROLES = (
    r"(?:[\u2640\u2642\u2695\u2696\u2708]\ufe0f|[\U0001f33e\U0001f373\U0001f393\U0001f3a4"
    r"\U0001f3a8\U0001f3eb\U0001f3ed\U0001f4bb\U0001f4bc\U0001f527\U0001f52c\U0001f680\U0001f692"
    r"\U0001f9af\U0001f9bc\U0001f9bd\U0001f9b0-\U0001f9b3])"
)
_PEOPLE = r"[\U0001f466-\U0001f469]"
_TOGETHER = (
    rf"[\U0001f468\U0001f469]\u200d\u2764\ufe0f?\u200d(?:\U0001f48b\u200d)?[\U0001f468\U0001f469]"
    rf"|[\U0001f468\U0001f469](?:\u200d{_PEOPLE}){{1,3}}"
    rf"|[\U0001f468\U0001f469\U0001f9d1]{_SKIN}?\u200d\U0001f91d\u200d"
    rf"[\U0001f468\U0001f469\U0001f9d1]{_SKIN}?"
)
_EMOJI = regex.compile(
    rf"{_TOGETHER}"
    r"|[#*0-9]\ufe0f?\u20e3"
    r"|[\U0001f1e6-\U0001f1ff]{2}"
    r"|\U0001f3f4[\U000e0061-\U000e007a]+\U000e007f"
    r"|\U0001f3f3\ufe0f?\u200d\U0001f308|\U0001f3f4\u200d\u2620\ufe0f?"
    r"|\U0001f415\u200d\U0001f9ba"
    rf"|[\U0001f468\U0001f469]{_SKIN}?\u200d{_ROLES}"
    rf"|\p{{Emoji_Modifier_Base}}(?:{_SKIN}|\ufe0f)?\u200d[\u2640\u2642]\ufe0f"
    rf"|[\U0001f46f\U0001f93c\U0001f9de\U0001f9df]\u200d[\u2640\u2642]\ufe0f"
    rf"|\p{{Emoji_Modifier_Base}}{_SKIN}"
    r"|\p{Extended_Pictographic}\ufe0f"
)
"""Sequences X counts as one emoji. It knows those of Emoji 12; what it does not know it counts
character by character, and so do we: too long is safe, too short is a refused post."""


_PICTOGRAM = regex.compile(rf"{_EMOJI.pattern}|\p{{Emoji_Presentation}}")


def length(network: Network, text: str, rule: TextRule | None = None) -> int:
    """The text's length as the network, by its server's own rule where it has one, counts it."""
    match network:
        case Network.X:
            return _weight(text)
        case Network.BLUESKY:
            return _bluesky(text)
        case Network.MASTODON:
            return _mastodon(text, rule.link if rule else _LINK)
        case Network.THREADS:
            return _threads(text)
        case Network.TELEGRAM:
            return _utf16(text)
        case Network.LINKEDIN | Network.SLACK | Network.DISCORD:
            return len(_normal(text))


def limit(network: Network, rule: TextRule | None = None) -> int:
    """The longest text the network takes, in its own count."""
    return rule.limit if rule else LIMITS[network]


def fits(network: Network, text: str, rule: TextRule | None = None) -> bool:
    """Whether the network takes a text of this length."""
    return length(network, text, rule) <= limit(network, rule)


def differs(network: Network) -> bool:
    """Whether servers of the network may take more or less than its usual length."""
    return network is Network.MASTODON


def usual(network: Network) -> TextRule:
    """What most servers of the network take."""
    return TextRule(limit=LIMITS[network], link=_LINK)


def price(network: Network, text: str) -> int:
    """Thousandths of a US dollar for posting this text; nothing anywhere but on X."""
    if network is not Network.X:
        return 0
    return _X_POST_WITH_LINK if links.spans(_normal(text)) else _X_POST


def _normal(text: str) -> str:
    """As the networks store it: composed, with plain line ends."""
    return unicodedata.normalize("NFC", _LINE_END.sub("\n", text))


def _weight(text: str) -> int:
    """X: 23 for each link, 2 for each emoji, else 1 or 2 by character."""
    text = _normal(text)
    found = links.spans(text)
    ends = [0, *(end for _, end in found)]
    starts = [*(start for start, _ in found), len(text)]
    # A line end between the pieces weighs 1 and is in no emoji: one pass over all of them.
    words = "\n".join(text[end:start] for end, start in zip(ends, starts, strict=True))
    return _weight_of_words(words) - len(found) + _LINK * len(found)


def _weight_of_words(text: str) -> int:
    """X: the weight of a text without links."""
    if text.isascii():
        return len(text)
    rest, emojis = _EMOJI.subn("", text)
    light = len(_LIGHT.findall(rest))
    return 2 * (int(emojis) + len(rest)) - light


def _bluesky(text: str) -> int:
    """Graphemes; a text of too many bytes counts as too long however few they are."""
    over = len(text.encode()) - _BLUESKY_BYTES
    return LIMITS[Network.BLUESKY] + over if over > 0 else _graphemes(text)


def _mastodon(text: str, link: int) -> int:
    """Graphemes, each web address a fixed number of them, a mention without its server."""
    text = _ADDRESS.sub("x" * link, _normal(text))
    return _graphemes(_MENTION.sub(r"@\1", text))


def _threads(text: str) -> int:
    """Characters, but an emoji as many as it has UTF-8 bytes."""
    text = _normal(text)
    emojis = [found.group().encode() for found in _PICTOGRAM.finditer(text)]
    return len(_PICTOGRAM.sub("", text)) + sum(map(len, emojis))


def _utf16(text: str) -> int:
    """UTF-16 code units."""
    return len(_normal(text).encode("utf-16-le", "surrogatepass")) // 2


def _graphemes(text: str) -> int:
    """What a reader sees as characters; flags first, as a long row of them takes `regex` ages."""
    return len(_GRAPHEME.findall(_FLAG.sub("F", text)))
