"""Who is asked: shares, caps and reasons; references that nobody can forge; results with doubt."""

from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.deliver import appeals, results
from digest.model.appeal import DECKS, Appeal, AppealPlan, AppealRules, Choose, VariantCounts
from tests import builders

SECRET = "s" * 32
IDS = st.from_regex(r"[a-z0-9]([a-z0-9_-]{0,38}[a-z0-9])?", fullmatch=True)


def dealt(plan: AppealPlan, number: int) -> str:
    """What the store deals a subscriber of that number."""
    deck = (number * plan.factor + plan.shift) % DECKS
    return next((name for below, name in plan.deals if deck < below), "")


def plan(appeal: Appeal, *counts: VariantCounts) -> AppealPlan:
    """The plan of an edition with the appeal."""
    return appeals.appeal_plan(builders.edition(appeal=appeal.id), appeal, builders.NOW, counts)


def weighted(*weights: float, **changes: object) -> Appeal:
    """The sample appeal with as many wordings as weights."""
    one = builders.appeal().variants[0]
    variants = tuple(replace(one, id="abcdef"[n], weight=w) for n, w in enumerate(weights))
    return builders.appeal(variants=variants, **changes)


def counts(variant: str, submitted: int, *gifts: int) -> VariantCounts:
    """A wording that brought these gifts."""
    return VariantCounts(
        variant=variant,
        submitted=submitted,
        clicks=0,
        machine_clicks=0,
        gifts=len(gifts),
        total=sum(gifts),
        squares=float(sum(g * g for g in gifts)),
    )


def test_a_plan_follows_the_rules() -> None:
    """The wordings, the limits, and a sentence that says so."""
    rules = AppealRules(hide_from_supporters=True, at_most=3)
    found = plan(builders.appeal(rules=rules))
    assert found.deals == ((5000, "a"), (10000, "b"))
    assert (found.hide_from_supporters, found.at_most) == (True, 3)
    assert (found.since, found.now) == (builders.NOW - timedelta(days=7), builders.NOW)
    assert found.because == (
        "appeal 'help': dealt a 50%, b 50%; hidden from supporters;"
        " at most 3 in 7 days for each subscriber"
    )


def test_an_edition_without_an_appeal_asks_nobody() -> None:
    """For the edition's own reason, or because the appeal is gone."""
    made = builders.edition(appeal="", no_appeal_because="story 1 is about death")
    found = appeals.appeal_plan(made, builders.appeal(), builders.NOW)
    assert (found.deals, found.because) == ((), "story 1 is about death")
    gone = appeals.appeal_plan(builders.edition(), None, builders.NOW)
    assert gone.deals == () and "no longer configured" in gone.because


@settings(max_examples=20)
@given(st.lists(st.floats(0.01, 100), min_size=1, max_size=6))
def test_shares_are_those_of_the_weights(weights: list[float]) -> None:
    """Every subscriber is dealt one wording, each to its share to within a deck."""
    found = plan(weighted(*weights))
    share = [0.0] * len(weights)
    for number in range(DECKS):
        share["abcdef".index(dealt(found, number))] += 1
    for weight, count in zip(weights, share, strict=True):
        assert abs(count - DECKS * weight / sum(weights)) <= 1


@settings(max_examples=15)
@given(IDS, IDS)
def test_the_groups_of_two_appeals_are_not_the_same(one: str, other: str) -> None:
    """Each appeal shuffles its subscribers anew, and the same each time."""
    first, second = (plan(weighted(1, 1, id=name)) for name in (one, other))
    assert first == plan(weighted(1, 1, id=one))
    assert len({(n * first.factor + first.shift) % DECKS for n in range(DECKS)}) == DECKS
    if (first.factor, first.shift) != (second.factor, second.shift):
        alike = sum(dealt(first, n) == dealt(second, n) for n in range(DECKS))
        assert alike < DECKS


def test_two_plain_appeals_are_independent() -> None:
    """About half of those who saw A of the one see A of the other."""
    first, second = plan(weighted(1, 1, id="help")), plan(weighted(1, 1, id="winter"))
    both = sum(dealt(first, n) == dealt(second, n) for n in range(DECKS))
    assert 0.45 * DECKS < both < 0.55 * DECKS


def test_a_changed_weight_moves_only_whom_it_must() -> None:
    """From 50:50 to 60:40 a tenth of the readers change over, nobody else."""
    before, after = plan(weighted(1, 1)), plan(weighted(3, 2))
    moved = [n for n in range(DECKS) if dealt(before, n) != dealt(after, n)]
    assert len(moved) == DECKS // 10
    assert {dealt(after, n) for n in moved} == {"a"}


def test_the_best_wording_is_shown_most_and_the_others_go_on_being_tried() -> None:
    """The same readers try all of them, whichever is best."""
    appeal = weighted(1, 1, choose=Choose.BEST, explore=0.2)
    ten = [500] * 10
    if_a = plan(appeal, counts("a", 2000, *ten, *ten), counts("b", 2000, *ten))
    if_b = plan(appeal, counts("a", 4000, *ten), counts("b", 2000, *ten))
    shares = [sum(dealt(p, n) == "a" for n in range(DECKS)) for p in (if_a, if_b)]
    assert shares == [9000, 1000]
    trying = [n for n in range(DECKS) if dealt(if_a, n) == "b"]
    assert all(dealt(if_b, n) == "b" for n in trying)
    assert "a is best so far (50.00 per 1,000 submitted); 20% go on trying all" in if_a.because


@pytest.mark.parametrize(
    ("found", "why"),
    [
        ((), "a was submitted 0 times and 1000 are needed"),
        ((counts("a", 5000, *[100] * 30), counts("b", 900)), "b was submitted 900 times"),
        ((counts("a", 5000, *[100] * 9), counts("b", 5000, *[100] * 9)), "there are 18 gifts"),
    ],
)
def test_too_little_is_known_to_call_one_best(found: tuple[VariantCounts, ...], why: str) -> None:
    """Until then they are dealt evenly, and the plan says why."""
    made = plan(weighted(3, 1, choose=Choose.BEST), *found)
    assert made.deals == ((5000, "a"), (10000, "b"))
    assert f"dealt evenly, for {why}" in made.because


def link(url: str = "https://give.example/", **changes: object) -> str:
    """Where the button of an appeal with that address leads."""
    variant = replace(builders.appeal().variants[0], url=url)
    appeal = builders.appeal(variants=(variant,), **changes)
    return appeals.links(SECRET, builders.edition(), appeal, builders.site())["a"].target


def test_a_button_says_where_a_gift_comes_from() -> None:
    """Source, edition and wording, and a reference that is genuine; no reader in it."""
    target = urlsplit(link("https://give.example/now?plan=1&utm_source=mine#form"))
    told = parse_qs(target.query)
    assert (target.path, target.fragment) == ("/now", "form")
    assert told["plan"] == ["1"] and told["utm_source"] == ["mine"]
    assert told["utm_medium"] == ["email"]
    assert told["utm_campaign"] == ["morning-2026-03-16-0700"]
    assert told["utm_content"] == ["help.a"]
    found = appeals.read_reference(SECRET, told["ref"][0])
    assert found == appeals.Reference(slug="morning-2026-03-16-0700", appeal="help", variant="a")


def test_the_reference_stands_where_the_platform_wants_it() -> None:
    """Under the parameter that the editors name."""
    assert "client_reference_id=" in link(reference="client_reference_id")


@given(IDS, IDS, IDS, st.text(max_size=60))
def test_only_a_genuine_reference_is_read(
    newsletter: str, appeal: str, variant: str, other: str
) -> None:
    """It comes back whole, within what Stripe takes; nothing else names anything."""
    slug = f"{newsletter}-2026-03-16-070000"
    made = appeals.reference(SECRET, slug, appeal, variant)
    assert len(made) <= 200 and set(made) <= set("abcdefghijklmnopqrstuvwxyz0123456789_-")
    found = appeals.Reference(slug=slug, appeal=appeal, variant=variant)
    assert appeals.read_reference(SECRET, f" {made}\n") == found
    assert appeals.read_reference("another", made) is None
    assert appeals.read_reference(SECRET, made[:-1] + ("0" if made[-1] != "0" else "1")) is None
    assert appeals.read_reference(SECRET, other) is None


def test_results_have_intervals() -> None:
    """Wide for few gifts, narrower for many; none without any."""
    few, many, none = results.results(
        [counts("a", 10_000, *[1000] * 5), counts("b", 100_000, *[1000] * 50), counts("c", 9000)]
    )
    assert few.per_thousand == many.per_thousand == 500
    assert few.high is not None and many.high is not None
    assert few.low < many.low < 500 < many.high < few.high
    assert (none.per_thousand, none.low) == (0, 0)
    assert none.high == pytest.approx(3 * 1000 * 1000 / 9000)
    assert results.results([counts("a", 0)])[0].high is None


def test_one_wording_is_called_better_with_its_chance() -> None:
    """Sure where the gifts are many and apart, not at all while they are few."""
    clear = results.verdict(
        [counts("a", 100_000, *[1000] * 50), counts("b", 100_000, *[1000] * 100)]
    )
    assert clear.better == "b" and clear.chance > 0.999
    close = results.verdict(
        [counts("a", 100_000, *[1000] * 50), counts("b", 100_000, *[1000] * 52)]
    )
    assert 0.5 < close.chance < 0.7
    few = results.verdict([counts("a", 1000, 500), counts("b", 1000, *[1000] * 9)])
    assert few.better == "" and "needs 5 gifts" in few.because
    assert "one wording" in results.verdict([counts("a", 1000, 500)]).because


@given(
    st.lists(
        st.builds(
            counts,
            st.sampled_from("abc"),
            st.integers(0, 10**7),
        )
        | st.integers(-(10**6), 10**6).map(lambda g: counts("a", 10, g)),
        max_size=4,
    )
)
def test_no_counts_break_the_results(found: list[VariantCounts]) -> None:
    """Nothing submitted, paid back, one wording or none."""
    for one in results.results(found):
        assert one.low <= max(0.0, one.per_thousand)
    assert 0 <= results.verdict(found).chance <= 1
