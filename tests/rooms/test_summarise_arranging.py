"""The order of a bulletin: light beside sensitive never, a light closer if asked, pins first."""

from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.model.edition import Brief
from digest.model.news import Sensitive, SensitiveKind
from digest.model.newsletter import Closer
from digest.summarise.arranging import Arranged, arrange, clash
from tests import builders

MARK = (Sensitive(kind=SensitiveKind.DEATH, word="killed"),)
KINDS = st.lists(st.sampled_from("nls"), max_size=8).map("".join)


def briefs(kinds: str, pins: int = 0) -> list[Brief]:
    """One brief a letter: n for neither, l for light, s for sensitive; the first ones pinned."""
    return [
        builders.brief(
            number,
            sensitive=MARK if kind == "s" else (),
            light=kind == "l",
            pinned=number <= pins,
        )
        for number, kind in enumerate(kinds, 1)
    ]


def numbers(found: Arranged) -> list[int]:
    """The order, by the numbers of the briefs."""
    return [brief.article_id for brief in found.briefs]


@pytest.mark.parametrize(
    ("kinds", "closer", "order"),
    [
        ("", Closer.LIGHT, []),
        ("nnn", Closer.LIGHT, [1, 2, 3]),
        ("lns", Closer.ANY, [1, 2, 3]),
        ("nls", Closer.ANY, [2, 1, 3]),
        ("slnn", Closer.ANY, [1, 3, 2, 4]),
        ("nlsn", Closer.ANY, [1, 2, 4, 3]),
        ("nln", Closer.LIGHT, [1, 3, 2]),
        ("lln", Closer.LIGHT, [2, 3, 1]),
        ("lns", Closer.LIGHT, [3, 2, 1]),
    ],
)
def test_the_order_is_changed_as_little_as_may_be(
    kinds: str, closer: Closer, order: list[int]
) -> None:
    """As few pairs as possible are turned round."""
    found = arrange(briefs(kinds), closer)
    assert numbers(found) == order
    assert found.left_out == ()


def test_a_moved_brief_says_why() -> None:
    """The reason for its place is kept with it, once."""
    found = arrange(briefs("slnn"), Closer.ANY).briefs
    assert [b.article_id for b in found if "moved down so that" in b.because] == [2]
    closed = arrange(briefs("nln"), Closer.LIGHT).briefs
    assert closed[-1].because.endswith("as the best of the light stories")
    assert arrange(closed, Closer.LIGHT).briefs == closed


def test_where_no_order_works_the_light_one_is_left_out() -> None:
    """Nothing neutral stands between them."""
    found = arrange(briefs("sl"), Closer.LIGHT)
    assert (numbers(found), [b.article_id for b in found.left_out]) == ([1], [2])
    pinned = arrange(briefs("sln", pins=2), Closer.ANY)
    assert (numbers(pinned), [b.article_id for b in pinned.left_out]) == ([1, 3], [2])


def test_what_is_both_counts_as_sensitive() -> None:
    """A footballer's death is no light story."""
    both = builders.brief(1, light=True, sensitive=MARK)
    light = builders.brief(2, light=True)
    assert clash(both, light) and clash(light, both)
    assert not clash(both, briefs("s")[0])


@given(KINDS, st.integers(0, 3), st.sampled_from(Closer))
def test_whatever_comes_the_rules_hold(kinds: str, pins: int, closer: Closer) -> None:
    """Nothing is lost but light stories, pins keep the front, no neighbours clash."""
    given_ones = briefs(kinds, pins)
    found = arrange(given_ones, closer)
    assert not any(clash(a, b) for a, b in pairwise(found.briefs))
    assert sorted([*numbers(found), *(b.article_id for b in found.left_out)]) == list(
        range(1, len(kinds) + 1)
    )
    assert all(brief.light for brief in found.left_out)
    kept = [n for n in range(1, min(pins, len(kinds)) + 1) if n in numbers(found)]
    assert numbers(found)[: len(kept)] == kept


@given(st.lists(st.sampled_from("nls"), max_size=6).map("".join), st.integers(0, 2))
def test_nothing_is_left_out_while_any_order_works(kinds: str, pins: int) -> None:
    """Against every permutation: one that works turns no fewer pairs round than ours."""
    given_ones = briefs(kinds, pins)
    front = min(pins, len(kinds))
    possible = [
        order
        for order in permutations(given_ones)
        if list(order[:front]) == given_ones[:front]
        and not any(clash(a, b) for a, b in pairwise(order))
    ]
    found = arrange(given_ones, Closer.ANY)
    assert bool(possible) == (found.left_out == ())
    if possible:
        least = min(_turned([b.article_id for b in order]) for order in possible)
        assert _turned(numbers(found)) == least


@given(st.lists(st.sampled_from("nls"), max_size=6).map("".join))
def test_a_light_one_closes_wherever_it_can(kinds: str) -> None:
    """The best of them, if any order with it at the end works."""
    given_ones = briefs(kinds)
    light = next((b for b in given_ones if b.light), None)
    possible = light is not None and any(
        order[-1] is light and not any(clash(a, b) for a, b in pairwise(order))
        for order in permutations(given_ones)
    )
    found = arrange(given_ones, Closer.LIGHT)
    if possible and light is not None:
        assert found.briefs[-1].article_id == light.article_id


def _turned(order: list[int]) -> int:
    """How many pairs stand the other way round."""
    return sum(a > b for n, a in enumerate(order) for b in order[n + 1 :])
