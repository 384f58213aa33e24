"""Articles into stories: those that report the same event stand together."""

import heapq
from collections.abc import Sequence
from datetime import datetime, timedelta

from digest.model.news import Article
from digest.select.likeness import likeness

SAME_STORY = 0.22
"""The least average likeness within a story."""

WINDOW = timedelta(hours=48)
"""Articles further apart report different events, however alike."""


def group(articles: Sequence[Article]) -> list[list[Article]]:
    """The articles by story (average link); neither their order nor chance changes the outcome."""
    ordered = sorted(articles, key=lambda article: article.url)
    groups = average_link(likeness(ordered), [article.when for article in ordered])
    return [[ordered[index] for index in members] for members in groups]


def average_link(table: Sequence[Sequence[float]], times: Sequence[datetime]) -> list[list[int]]:
    """Indexes in groups: the two groups most alike are joined until none is alike enough."""
    members = {index: [index] for index in range(len(table))}
    waiting = [
        (-table[left][right], left, right)
        for left in members
        for right in range(left)
        if table[left][right] >= SAME_STORY
    ]
    heapq.heapify(waiting)
    fresh = len(table)
    while waiting:
        _, left, right = heapq.heappop(waiting)
        if left not in members or right not in members:
            continue
        joined = sorted(members[left] + members[right])
        if not _within_window([times[index] for index in joined]):
            continue
        del members[left], members[right]
        for other, indexes in members.items():
            average = _average(table, joined, indexes)
            if average >= SAME_STORY:
                heapq.heappush(waiting, (-average, fresh, other))
        members[fresh] = joined
        fresh += 1
    return sorted(members.values())


def _average(table: Sequence[Sequence[float]], left: Sequence[int], right: Sequence[int]) -> float:
    return sum(table[a][b] for a in left for b in right) / (len(left) * len(right))


def _within_window(times: Sequence[datetime]) -> bool:
    return max(times) - min(times) <= WINDOW
