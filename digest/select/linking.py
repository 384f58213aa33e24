"""Average link: the two groups most alike are joined, again and again."""

import heapq
from collections.abc import Callable, Sequence

Group = list[int]
Table = list[list[float]]


def average_link(
    units: Sequence[Group],
    table: Table,
    *,
    least: float,
    leave: int = 1,
    fits: Callable[[Group], bool] = lambda members: True,
) -> list[list[Group]]:
    """The units in groups: joined until no two groups are on average as alike as `least` (and fit
    together), or so few are left."""
    linking = _Linking(units, table, least)
    while len(linking.groups) > leave:
        best = linking.most_alike(fits)
        if best is None:
            break
        linking.join(*best)
    return sorted(linking.groups.values())


class _Linking:
    """The groups so far, and how alike they are."""

    def __init__(self, units: Sequence[Group], table: Table, least: float) -> None:
        self.groups: dict[int, list[Group]] = {n: [unit] for n, unit in enumerate(units)}
        self._least = least
        self._sizes = [len(unit) for unit in units]
        self._sums = _summed(units, table)
        self._joins = [0] * len(units)
        self._waiting = [
            pair
            for left, row in enumerate(self._sums)
            for right, alike in enumerate(row[:left])
            if alike >= least and (pair := self._pair(left, right))
        ]
        heapq.heapify(self._waiting)

    def most_alike(self, fits: Callable[[Group], bool]) -> tuple[int, int] | None:
        """The two groups to join next, None when there are none."""
        while self._waiting:
            _, left, right, left_joins, right_joins = heapq.heappop(self._waiting)
            if (self._joins[left], self._joins[right]) != (left_joins, right_joins):
                continue
            if fits([n for unit in self.groups[left] + self.groups[right] for n in unit]):
                return left, right
        return None

    def join(self, left: int, right: int) -> None:
        """Make one group of two; it is compared anew with every other."""
        self.groups[left] += self.groups.pop(right)
        self._sizes[left] += self._sizes[right]
        self._joins[left] += 1
        self._joins[right] = -1
        row, gone = self._sums[left], self._sums[right]
        for other in self.groups:
            if other != left:
                row[other] += gone[other]
                self._sums[other][left] = row[other]
                if row[other] >= self._least and (pair := self._pair(left, other)):
                    heapq.heappush(self._waiting, pair)

    def _pair(self, left: int, right: int) -> tuple[float, int, int, int, int] | None:
        average = self._sums[left][right] / (self._sizes[left] * self._sizes[right])
        if average < self._least:
            return None
        return -average, left, right, self._joins[left], self._joins[right]


def _summed(units: Sequence[Group], table: Table) -> Table:
    """The likeness of every two units, summed over their members."""
    firsts = [unit[0] for unit in units]
    larger = [(number, unit) for number, unit in enumerate(units) if len(unit) > 1]
    rows = []
    for unit in units:
        row = table[unit[0]]
        for index in unit[1:]:
            row = [a + b for a, b in zip(row, table[index], strict=True)]
        summed = [row[first] for first in firsts]
        for number, others in larger:
            summed[number] = sum(row[index] for index in others)
        rows.append(summed)
    return rows
