"""Whether a name of a line stands where its story has it, or was put in another's place."""

import re
from collections.abc import Sequence

from digest.summarise.gate import names
from digest.summarise.gate.alignment import Aligned, Change
from digest.summarise.gate.names import Name
from digest.summarise.gate.reading import Reading
from digest.summarise.gate.story import Facts
from digest.summarise.wording import Wording
from digest.text.terms import words

_BACK = 5
"""Sentences before a pronoun in which the one it stands for is named."""
_AROUND = 3
"""Words beside a name that may have changed with it."""
_BESIDE = 4
_CONTEXT = 2
_STRICT = 0.8
"""A line that has this share of a sentence has a name of its own only by mistake."""
_WORD = r"\b[A-Z\u00c0-\u00de][^\W\d_]*(?:[’'-][^\W\d_]+)*"
_FULL = re.compile(rf"{_WORD}(?: (?:[a-z]{{2,3}} )?{_WORD})+")
_DATELINE = re.compile(r"[^()“”\"]{0,40}\([A-Z][\w ]{0,20}\)")


def misplaced(aligned: Aligned, source: Facts) -> list[str]:
    """Names that stand where the likest sentence has another, or far from what is told of them."""
    if not aligned.said.tokens:
        return []
    there = names.find(aligned.said, source)
    kept = set(aligned.kept.values())
    wrong = []
    for name in names.find(aligned.line, source):
        if kept.issuperset(name.places):
            continue
        if _for_a_pronoun(name, aligned, source):
            if not _named_before(name, aligned, source):
                wrong.append(f"{name.text}, whom the story does not name there")
            continue
        instead = _instead(name, there, aligned, source)
        if instead:
            wrong.append(f"{name.text}, where the story has {instead}")
        elif not _stands_apart(name, aligned, source) and not _told_of(name, aligned, source):
            wrong.append(f"{name.text}, of whom the story tells something else")
    return wrong


def _change(name: Name, aligned: Aligned) -> Change | None:
    """What the name is part of, where the words around it show that it stands for other ones."""
    change = next(
        (c for c in aligned.changes if any(place in c.after for place in name.places)), None
    )
    if change is None or not (change.anchored or aligned.close):
        return None
    longest = max(len(change.before), len(change.after))
    return change if longest <= len(name.places) + _AROUND else None


def _for_a_pronoun(name: Name, aligned: Aligned, source: Facts) -> bool:
    """Whether the name stands where the likest sentence has "he" or "she"."""
    change = _change(name, aligned)
    if change is None or not aligned.close:
        return False
    before = [aligned.said.tokens[n] for n in change.before]
    return any(source.wording.person.fullmatch(token.lower) for token in before) and not any(
        token.capital and token.says for token in before
    )


def _named_before(name: Name, aligned: Aligned, source: Facts) -> bool:
    forms = _forms(name.words, source.wording)
    back = source.named[max(0, aligned.index - _BACK) : aligned.index]
    return any(_among(forms, found, source.wording) for found in back)


def _instead(name: Name, there: Sequence[Name], aligned: Aligned, source: Facts) -> str:
    """The other name that the likest sentence has in this place, "" when there is none."""
    wording, change = source.wording, _change(name, aligned)
    if change is None:
        return ""
    if not aligned.close and any(names.alike(name.words, n.words, wording) for n in there):
        return ""
    if any(names.shortened(name.words, n.words) for n in there):
        return ""
    line, said = aligned.line.tokens, aligned.said.tokens
    new = [line[n].lower for n in change.after if n in name.places]
    new = [word for word in new if not _is_title(word, source)]
    kept = [word for word in name.words if word not in new]
    if any(names.side_by_side(a, b, source) for a in new for b in kept):
        return ""
    begins = _begins(aligned.said.text, wording)
    old = [
        said[n].lower
        for other in there
        for n in other.places
        if n in change.before and said[n].start >= begins and not _is_title(said[n].lower, source)
    ]
    if not new or not old or _the_same(new, old, source):
        return ""
    strict = aligned.near >= _STRICT
    if not strict and _is_demonym(new[-1], wording) != _is_demonym(old[-1], wording):
        return ""
    return " ".join(said[n].text for n in change.before if said[n].lower in old)


def _begins(said: str, wording: Wording) -> int:
    """Where a sentence begins behind its dateline or "Furthermore,"."""
    opening = _DATELINE.match(said) or wording.discourse.match(said)
    return opening.end() if opening else 0


def _is_title(word: str, source: Facts) -> bool:
    """Whether it is a rank or the like, which may take the place of a first name."""
    wording = source.wording
    return word in source.small or any(
        word in each for each in (wording.ranks, wording.ordinary, wording.language.titles)
    )


def _is_demonym(word: str, wording: Wording) -> bool:
    return word.endswith(wording.demonym_endings)


def _the_same(one: Sequence[str], other: Sequence[str], source: Facts) -> bool:
    """Two names that have a word in common, or that the story puts together as one."""
    if names.alike(one, other, source.wording):
        return True
    for said, named in zip(source.sentences, source.named, strict=True):
        if named.isdisjoint(one) or named.isdisjoint(other):
            continue
        for run in _FULL.findall(said):
            found = frozenset(word.lower() for word in words(run))
            if not found.isdisjoint(one) and not found.isdisjoint(other):
                return True
    return False


def _stands_apart(name: Name, aligned: Aligned, source: Facts) -> bool:
    """Whether the words around it cannot tell that it is in the wrong place."""
    return source.wording.nouns_capitalised or _listed(name, aligned.line)


def _listed(name: Name, line: Reading) -> bool:
    """Whether it is one of several names in a row, which have few other words beside them."""
    before, after = name.places[0] - 1, name.places[-1] + 1
    for first, second in ((before - 1, before), (before, before + 1), (after - 1, after)):
        if 0 <= first and second < len(line.tokens):
            one, other = line.tokens[first], line.tokens[second]
            between = line.text[one.end : other.start].strip()
            if between == "," and one.capital and other.capital:
                return True
    joined = [line.tokens[n] for n in (before - 1, after + 1) if 0 <= n < len(line.tokens)]
    links = [line.tokens[n] for n in (before, after) if 0 <= n < len(line.tokens)]
    return any(t.capital for t in joined) and any(not t.says and len(t.lower) <= 3 for t in links)


def _told_of(name: Name, aligned: Aligned, source: Facts) -> bool:
    """Whether the name stands near the line's likest sentences, or near the words beside it."""
    forms = _forms(name.words, source.wording)
    at = [n for n, found in enumerate(source.named) if _among(forms, found, source.wording)]
    if not at or any(n + step in aligned.home for n in at for step in (-1, 0, 1)):
        return True
    context = _context(name, aligned.line)
    for n in at:
        near = frozenset[str]().union(*source.bags[max(0, n - 1) : n + 2])
        if len(context & near) >= min(_CONTEXT, len(context)):
            return True
    return False


def _among(forms: frozenset[str], found: frozenset[str], wording: Wording) -> bool:
    """Whether one of the names, in whatever form, is among the words."""
    return not found.isdisjoint(forms) or any(
        one[:2] == other[:2] and names.related(one, other, wording)
        for one in forms
        for other in found
    )


def _forms(name: Sequence[str], wording: Wording) -> frozenset[str]:
    """The words of a name and other names for the same."""
    groups = (group for group in wording.same_names if not group.isdisjoint(name))
    return frozenset(name).union(*groups)


def _context(name: Name, line: Reading) -> frozenset[str]:
    """The meaning words on both sides of a name."""
    before = [t.key for t in line.tokens[: name.places[0]] if t.says]
    after = [t.key for t in line.tokens[name.places[-1] + 1 :] if t.says]
    return frozenset((*before[-_BESIDE:], *after[:_BESIDE]))
