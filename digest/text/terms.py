"""The words of a text that carry its meaning."""

import re

from digest.text.stems import stem

STOP = frozenset(
    "a about above after again against all almost along already also although always am among an"
    " and another any are aren't around as at away back be because been before being below between"
    " both but by came can can't cannot come could couldn't did didn't do does doesn't doing don't"
    " done down during each either else even ever every few for from further get gets go goes going"
    " got had hadn't has hasn't have haven't having he he'd he'll he's her here here's hers herself"
    " him himself his how however i i'd i'll i'm i've if in into is isn't it it's its itself just"
    " last least less let let's like made make makes many may me might more most much must mustn't"
    " my myself near neither never new next no nor not now of off often on once one only onto or"
    " other others our ours out over own per perhaps put quite rather really said same say saying"
    " says see seen several shall she she'd she'll she's should shouldn't since so some still such"
    " take than that that's the their theirs them themselves then there there's these they they'd"
    " they'll they're they've this those though through thus to together told too took toward"
    " towards two under until up upon us used using very via was wasn't way we we'd we'll we're"
    " we've well went were weren't what when where whether which while who whom whose why will with"
    " within without won't would wouldn't yes yet you you'd you'll you're you've your yours mr mrs"
    " ms dr".split()
)
"""English words that say little by themselves."""

_WORD = re.compile(r"[^\W_]+(?:['.-][^\W_]+)*")


def words(text: str) -> list[str]:
    """The words as written, numbers among them, possessive endings taken off."""
    return [
        word[:-2] if word[-2:] in ("'s", "'S") else word
        for word in _WORD.findall(text.replace("’", "'"))
    ]


def terms(text: str) -> list[str]:
    """The stems of the words that carry meaning, in order."""
    return [stem(word) for word in words(text.lower()) if word not in STOP]
