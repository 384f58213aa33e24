"""Which sentence of a story a line was taken from, and word by word what became of it."""

from dataclasses import dataclass
from difflib import SequenceMatcher

from digest.summarise.gate.reading import Reading, Token, read
from digest.summarise.gate.story import Facts

NEAR = 0.6
"""From this share of words in the same order on, a line is its sentence with changes."""

_LONGEST = 150
"""Words; what is longer is no line, and comparing it word by word would take too long."""
_HOME = 0.6
_TRIED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Tokens of the sentence that gave way to tokens of the line; either side may be empty."""

    before: range
    after: range
    anchored: bool
    """The words around it are the same on both sides, so that one stands for the other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Aligned:
    """One sentence of a line beside the sentence of the story that is likest."""

    line: Reading
    index: int
    """Of the story's sentence, -1 for none."""
    said: Reading
    home: tuple[int, ...]
    """The sentences that have nearly as many of the line's words, and those beside them."""
    near: float
    """The share of the line's words that stand in the sentence in the same order."""
    kept: dict[int, int]
    """Place in the story's sentence -> place in the line, of the words in both."""
    changes: tuple[Change, ...]

    @property
    def close(self) -> bool:
        """The line is this sentence with changes."""
        return self.near >= NEAR


def align(sentence: str, source: Facts) -> Aligned:
    """The line's sentence beside its likest in the story."""
    whole = read(sentence, source.wording)
    line = Reading(text=sentence, tokens=whole.tokens[:_LONGEST])
    bag = frozenset(t.key for t in line.tokens if t.says)
    shared = [len(bag & each) for each in source.bags]
    most = max(shared, default=0)
    if not most:
        return _alone(line)
    ranked = sorted(range(len(shared)), key=lambda n: (-shared[n], n))[:_TRIED]
    tried = [(n, read(source.sentences[n], source.wording)) for n in ranked]
    matched = [_matcher(said, line) for _, said in tried]
    sizes = [sum(block.size for block in each.get_matching_blocks()) for each in matched]
    best = max(range(len(tried)), key=lambda n: (sizes[n], -n))
    index, said = tried[best]
    near_most = {n for n, size in enumerate(shared) if size >= _HOME * most} | {index}
    beside = {n + step for n in near_most for step in (-1, 0, 1)}
    return Aligned(
        line=line,
        index=index,
        said=said,
        home=tuple(sorted(n for n in beside if 0 <= n < len(shared))),
        near=sizes[best] / len(line.tokens),
        kept={
            block.a + n: block.b + n
            for block in matched[best].get_matching_blocks()
            for n in range(block.size)
        },
        changes=_changes(matched[best], said.tokens, line.tokens),
    )


def _alone(line: Reading) -> Aligned:
    nothing = Reading(text="", tokens=())
    return Aligned(line=line, index=-1, said=nothing, home=(), near=0.0, kept={}, changes=())


def _matcher(said: Reading, line: Reading) -> "SequenceMatcher[str]":
    keys = ([t.key for t in said.tokens], [t.key for t in line.tokens])
    return SequenceMatcher(None, *keys, autojunk=False)


def _changes(
    matcher: "SequenceMatcher[str]", said: tuple[Token, ...], line: tuple[Token, ...]
) -> tuple[Change, ...]:
    codes = matcher.get_opcodes()
    found = []
    for n, (what, a, b, c, d) in enumerate(codes):
        if what == "equal":
            continue
        left = said[codes[n - 1][1] : a] if n else ()
        right = said[b : codes[n + 1][2]] if n + 1 < len(codes) else ()
        found.append(
            Change(
                before=range(a, b),
                after=range(c, d),
                anchored=_anchored(left, right, opens=c == 0, closes=d == len(line)),
            )
        )
    return tuple(found)


def _anchored(
    left: tuple[Token, ...], right: tuple[Token, ...], *, opens: bool, closes: bool
) -> bool:
    """Three words in common around the change, one of which says something, on both its sides
    where there are two."""
    around = (*left[-3:], *right[:3])
    both = (left or opens) and (right or closes)
    return bool(both) and len(around) >= 3 and any(token.says for token in around)
