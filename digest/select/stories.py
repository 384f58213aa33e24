"""Articles into stories: those that report the same event stand together."""

import math
from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import combinations

from digest.model.news import Article
from digest.select import duplicates
from digest.select.likeness import Reading, likeness, likeness_within, read
from digest.select.linking import Group, Table, average_link
from digest.text.languages import ENGLISH, Language

SAME_SUBJECT = 0.16
"""The least average likeness of articles on one subject; look-alike events may be among them."""

SAME_EVENT = 0.27
"""The least average likeness of two halves of a story, that within the subject added to it."""

SAME_FEW = 0.22
"""A few articles have no others to be judged by, so they must be more alike."""

WINDOW = timedelta(hours=48)
"""Articles further apart report different events, however alike."""

_FEW = 3
"""Only among more texts it shows what not all of them say."""
_HALF = 0.2
"""The least share of a subject's texts that can be a story of its own."""
_HALF_TEXTS = 2
_FAR = 0.4
"""Halves are two stories, too, when they are so much less alike than what is within them."""


def group(articles: Sequence[Article], language: Language = ENGLISH) -> list[list[Article]]:
    """The articles by story; neither their order nor chance changes the outcome.

    First they are joined by subject, copies of one text before all others; then a subject falls
    apart where two halves of it hold to words, names and numbers of their own, as the reports on
    two look-alike events do.
    """
    ordered = sorted(articles, key=lambda article: article.url)
    reading = read(ordered, language)
    table = likeness(reading)

    def near(members: Group) -> bool:
        when = [ordered[index].when for index in members]
        return max(when) - min(when) <= WINDOW

    subjects = average_link(duplicates.sets(ordered), table, least=SAME_SUBJECT, fits=near)
    found = [
        sorted(index for unit in event for index in unit)
        for subject in subjects
        for half in _halved(subject, reading, table)
        for event in _few(half, table)
    ]
    return [[ordered[index] for index in members] for members in sorted(found)]


def _halved(units: list[Group], reading: Reading, table: Table) -> Iterator[list[Group]]:
    """The events of one subject."""
    if len(units) <= _FEW:
        yield units
        return
    members = [index for unit in units for index in unit]
    inside = likeness_within(reading, members)
    place = {index: number for number, index in enumerate(members)}
    local = [[table[a][b] + inside[place[a]][place[b]] for b in members] for a in members]
    halves = average_link(
        [[place[index] for index in unit] for unit in units], local, least=-math.inf, leave=2
    )
    if _is_one_event(halves, local):
        yield units
        return
    for half in halves:
        yield from _halved([[members[n] for n in unit] for unit in half], reading, table)


def _is_one_event(halves: list[list[Group]], table: Table) -> bool:
    """Whether the halves are too alike, or one too small, to be two stories."""
    left, right = halves
    if min(len(left), len(right)) < max(_HALF_TEXTS, _HALF * (len(left) + len(right))):
        return True
    across = _mean(table, [(one, other) for one in left for other in right])
    within = _mean(table, [pair for half in halves for pair in combinations(half, 2)])
    return across >= max(SAME_EVENT, _FAR * within)


def _mean(table: Table, pairs: Sequence[tuple[Group, Group]]) -> float:
    """The average likeness of the members of two units, over all the pairs of units."""
    found = [table[a][b] for one, other in pairs for a in one for b in other]
    return sum(found) / len(found)


def _few(units: list[Group], table: Table) -> list[list[Group]]:
    """A few articles stay together only when they are alike enough for that."""
    if sum(map(len, units)) > _FEW:
        return [units]
    return average_link(units, table, least=SAME_FEW)
