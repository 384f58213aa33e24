"""Choosing stories: grouped, ranked, capped, and every choice with its reason."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest import select
from digest.model.news import Article, ArticleKind, Ruling, RulingKind, Selection
from tests.builders import NOW, article, newsletter, source

TOPICS = (
    "Divers reconnected the harbour cable and the lighthouse lamp shone again over Sorrisdale.",
    "The finance minister presented a budget with lower income tax and dearer tobacco.",
    "A goalkeeper saved three penalties as Kesterby Rovers won the county football cup.",
    "Scientists mapped the genome of a moss that survives boiling volcanic springs.",
    "Bakers struck for a third morning over night wages at the bread factory in Holme.",
    "The orchestra cancelled its tour after thieves stole every cello from the lorry.",
    "Farmers counted eleven lynx cubs in the pine forest, the most since records began.",
    "A court jailed two brothers for selling forged train tickets to commuters.",
    "Voters rejected a tunnel under the river and kept the chain ferry instead.",
)


def told(number: int, topic: int = -1, **changes: Any) -> Article:
    """An article of its own topic and section unless told otherwise."""
    text = TOPICS[number % len(TOPICS) if topic < 0 else topic]
    fields = {
        "headline": text[:40],
        "standfirst": "",
        "paragraphs": (text,),
        "section": f"S{number}",
    }
    return article(number, **{**fields, "published": NOW - timedelta(hours=1), **changes})


def pick(*articles: Article, used: frozenset[str] = frozenset(), **more: Any) -> Selection:
    """The choice of the morning newsletter."""
    sources = {name: source(id=name) for name in ("post", "wire", "times")}
    spare = more.pop("spare", 5)
    earlier: Sequence[Article] = more.pop("earlier", ())
    pins: Sequence[select.Pin] = more.pop("pins", ())
    bars: Sequence[Ruling] = more.pop("bars", ())
    return select.pick(
        articles,
        newsletter=newsletter(**more),
        sources={**sources, "heavy": source(id="heavy", weight=2.0)},
        used=used,
        now=NOW,
        earlier=earlier,
        pins=pins,
        bars=bars,
        spare=spare,
    )


def pinned(only: Article, *since: str) -> select.Pin:
    """An editor's pin; what editions told since it was made."""
    ruling = Ruling(newsletter_id="morning", url=only.url, kind=RulingKind.PIN, who="Effie", at=NOW)
    return select.Pin(ruling=ruling, told=frozenset(since))


def barred(only: Article, because: str = "") -> Ruling:
    """An editor's bar."""
    return Ruling(
        newsletter_id="morning",
        url=only.url,
        kind=RulingKind.BAR,
        who="Effie",
        at=NOW,
        because=because,
    )


def urls(selection: Selection) -> list[str]:
    """The best articles of the picks, in order."""
    return [p.story.best.url for p in selection.picks]


def reasons(selection: Selection) -> list[str]:
    """Why each of the others was left out."""
    return [p.because for p in selection.left_out]


def test_a_fresher_story_comes_first() -> None:
    """A story of one hour stands before one of eleven, which counts half."""
    old, new = told(1, published=NOW - timedelta(hours=11)), told(2)
    assert urls(pick(old, new)) == [new.url, old.url]


def test_three_sources_beat_one() -> None:
    """Breadth counts, and the reason names it."""
    same = [told(n, topic=0, source_id=s, section="A") for n, s in ((1, "post"), (2, "wire"))]
    chosen = pick(told(3, topic=1), *same)
    assert len(chosen.picks) == 2
    assert {a.source_id for a in chosen.picks[0].story.articles} == {"post", "wire"}
    assert chosen.picks[0].because == "2 sources, 1 h old, place 1 of its feed"


def test_the_top_of_a_front_page_counts() -> None:
    """Of two stories alike in all else the one higher on its page comes first."""
    low, high = told(1, place=9), told(2, place=0)
    assert urls(pick(low, high)) == [high.url, low.url]


def test_the_weightiest_sources_article_is_written_from() -> None:
    """The editors' weight comes before length, length before the hour."""
    long = told(1, topic=0, source_id="post", paragraphs=(TOPICS[0], TOPICS[0]))
    heavy = told(2, topic=0, source_id="heavy")
    assert pick(long, heavy).picks[0].story.best == heavy
    short = told(3, topic=0, source_id="wire", published=NOW)
    assert pick(long, short).picks[0].story.best == long


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"kind": ArticleKind.OPINION}, "it is opinion, not news"),
        ({"kind": ArticleKind.SPONSORED}, "it is sponsored"),
        ({"kind": ArticleKind.GALLERY}, "it is a gallery, not a report"),
        ({"published": NOW - timedelta(hours=25)}, "it is 25 h old, more than 24 h"),
        ({"kind": ArticleKind.CORRECTION}, "it is a correction notice"),
        ({"withdrawn": "its page is gone (404)"}, "it was withdrawn: its page is gone (404)"),
        (
            {"published": NOW + timedelta(hours=1)},
            "it is embargoed until 08:00 (dated 16 March 2026)",
        ),
        (
            {"published": None, "collected": NOW + timedelta(minutes=1)},
            "it came in after the slot",
        ),
        ({"paragraphs": ()}, "it has no text to write from"),
        ({"paragraphs": (" ",)}, "it has no text to write from"),
        ({"language": "fr-FR"}, "its language is “fr-FR”"),
        ({"source_id": "else"}, "its source is none of the newsletter's"),
    ],
)
def test_what_is_no_news_is_left_out_with_the_reason(changes: dict[str, Any], reason: str) -> None:
    """Each of these never becomes a pick."""
    chosen = pick(told(1), told(2, **changes), sources=("post",))
    assert urls(chosen) == [told(1).url]
    assert reasons(chosen) == [f"“{told(2).headline}” was left out: {reason}."]


def test_a_used_story_does_not_come_back_in_other_words() -> None:
    """Neither the used article nor another report of the same hours."""
    used = told(1, topic=0, published=NOW - timedelta(hours=12))
    same = told(2, topic=0, source_id="wire", published=NOW - timedelta(hours=11))
    chosen = pick(used, same, told(3, topic=1), used=frozenset({used.url}))
    assert urls(chosen) == [told(3).url]
    assert any("the same story as" in reason for reason in reasons(chosen))


REPAIRED = "Harbour lamp shines again after cable is repaired"
TORN = "Captain held after harbour cable is torn"
CABLE = (
    "Divers reconnected the harbour cable at Sorrisdale on Sunday and the lighthouse lamp shone"
    " again, 17 days after a storm cut it, harbour master Effie Galbraith said.",
    "Four divers joined the last strand at low water in visibility of less than a metre.",
)
BREAK = (
    "A coaster's anchor tore the harbour cable at Sorrisdale hours after divers reconnected it, the"
    " lighthouse lamp went dark and police arrested the captain, who ignored two warnings.",
    "Harbour master Effie Galbraith said the trust will claim £90,000 from the owners of the ship.",
)


def test_a_later_report_of_what_happened_since_may_come_back() -> None:
    """Twelve hours later the same is old news, and what is new is a story again."""
    used = told(1, headline=REPAIRED, paragraphs=CABLE, published=NOW - timedelta(hours=13))
    again = told(2, headline=REPAIRED, paragraphs=CABLE, source_id="wire")
    since = [
        told(n, headline=TORN, paragraphs=BREAK, source_id=s)
        for n, s in ((3, "post"), (4, "times"))
    ]
    others = [told(n, topic=n) for n in range(5, 9)]
    known = frozenset({used.url})
    assert again.url not in urls(pick(used, again, *others, used=known))
    chosen = pick(used, again, *since, *others, used=known)
    best = chosen.picks[0].story
    assert [a.url for a in best.articles] == [a.url for a in since]
    assert [r for r in reasons(chosen) if "the same story as" in r] == [
        f"“{again.headline}” was left out: it reports the same story as “{used.headline}” in an"
        " earlier edition."
    ]


def test_a_development_is_marked_as_one() -> None:
    """The pick knows the articles that told the story before, and its reason says so."""
    cut = "The harbour cable at Sorrisdale was cut by a storm and the lighthouse lamp is dark."
    used = told(1, headline=REPAIRED, paragraphs=(cut,), published=NOW - timedelta(hours=13))
    since = told(2, headline=f"{REPAIRED} again", paragraphs=(BREAK[0],), source_id="wire")
    chosen = pick(used, since, told(5), used=frozenset({used.url}))
    (found,) = (p for p in chosen.picks if p.story.best == since)
    assert found.before == (used,)
    assert found.because.endswith(
        f"; back with what is new since “{REPAIRED}” in an earlier edition"
    )


def test_what_is_told_around_an_old_story_is_no_development() -> None:
    """One new report among several that tell the old story once more stays out with them."""
    used = told(1, headline=REPAIRED, paragraphs=CABLE, published=NOW - timedelta(hours=13))
    again = [
        told(n, headline=REPAIRED, paragraphs=CABLE, source_id=s)
        for n, s in ((2, "wire"), (3, "times"))
    ]
    around = told(4, headline=TORN, paragraphs=BREAK)
    others = [told(n, topic=n) for n in range(5, 9)]
    known = frozenset({used.url})
    assert around.url in urls(pick(used, around, *others, used=known))
    assert around.url not in urls(pick(used, *again, around, *others, used=known))


def test_a_copy_of_a_used_story_that_is_too_old_does_not_come_back() -> None:
    """Of 25 hours it is no candidate any more; its copy of an hour later is known by it."""
    used = told(1, topic=0, published=NOW - timedelta(hours=25))
    copy = told(2, topic=0, source_id="wire", published=NOW - timedelta(hours=23))
    alone = pick(copy, told(3, topic=1), used=frozenset({used.url}))
    assert copy.url in urls(alone)
    chosen = pick(copy, told(3, topic=1), used=frozenset({used.url}), earlier=[used])
    assert urls(chosen) == [told(3).url]
    assert reasons(chosen) == [
        f"“{copy.headline}” was left out: it reports the same story as “{used.headline}” in an"
        " earlier edition."
    ]


def test_earlier_articles_are_no_candidates() -> None:
    """They are looked at for comparison only: neither picked nor listed as left out."""
    old = told(1, published=NOW - timedelta(days=5))
    unused = told(2)
    assert pick(earlier=[old, unused], used=frozenset({old.url})) == Selection()


def test_a_withdrawn_article_does_not_stand_for_its_story() -> None:
    """The story goes on with the other report, and the reason says why."""
    gone = told(1, topic=0, source_id="heavy", withdrawn="its page is gone (404)")
    there = told(2, topic=0, source_id="wire")
    chosen = pick(gone, there)
    assert urls(chosen) == [there.url]
    assert chosen.picks[0].because.startswith("1 source,")


def test_an_open_article_stands_before_one_behind_a_wall() -> None:
    """Even before a longer one of a weightier source; alone the walled one may be told."""
    walled = told(
        1, topic=0, source_id="heavy", kind=ArticleKind.PAYWALL, paragraphs=(TOPICS[0],) * 2
    )
    free = told(2, topic=0, source_id="post")
    assert pick(walled, free).picks[0].story.articles == (free, walled)
    assert urls(pick(walled)) == [walled.url]


def test_a_section_has_no_more_places_than_allowed() -> None:
    """The third story of a section is left out while another section has one."""
    sport = [told(n, section="Sport") for n in (1, 2, 3)]
    chosen = pick(*sport, told(4, section="News"), per_section=2)
    assert len(chosen.picks) == 3
    assert any("section Sport already has 2" in reason for reason in reasons(chosen))


def test_a_single_section_is_not_capped() -> None:
    """A paper with one section still fills its bulletin."""
    assert len(pick(*(told(n, section="News") for n in range(1, 6))).picks) == 5


def test_pins_come_first_in_the_editors_order() -> None:
    """However old, whatever their section, their source and their score."""
    others = [told(n, place=0) for n in (1, 2, 3)]
    old = told(4, published=NOW - timedelta(days=6), section="S1", source_id="else")
    last = told(5, place=9)
    chosen = pick(
        *others, old, last, pins=(pinned(last), pinned(old)), per_section=1, sources=("post",)
    )
    assert urls(chosen)[:2] == [last.url, old.url]
    assert [p.pinned for p in chosen.picks[:3]] == [True, True, False]
    assert chosen.picks[1].because == ("pinned by Effie; 1 source, 6 days old, place 1 of its feed")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"kind": ArticleKind.OPINION}, "it is opinion, not news"),
        ({"kind": ArticleKind.SPONSORED}, "it is sponsored"),
        ({"withdrawn": "its page is gone (404)"}, "it was withdrawn: its page is gone (404)"),
        (
            {"published": NOW + timedelta(hours=1)},
            "it is embargoed until 08:00 (dated 16 March 2026)",
        ),
    ],
)
def test_what_no_pin_outranks(changes: dict[str, Any], reason: str) -> None:
    """The reason names who pinned it."""
    only = told(1, **changes)
    chosen = pick(only, told(2), pins=(pinned(only),))
    assert urls(chosen) == [told(2).url]
    assert reasons(chosen) == [f"“{only.headline}” was pinned by Effie, but left out: {reason}."]


def test_a_pinned_article_tells_its_story() -> None:
    """Before a longer one of a weightier source; a second pin on the story adds no place."""
    heavy = told(1, topic=0, source_id="heavy", paragraphs=(TOPICS[0], TOPICS[0]))
    ours, wire = told(2, topic=0, source_id="post"), told(3, topic=0, source_id="wire")
    chosen = pick(heavy, ours, wire, told(4), pins=(pinned(ours), pinned(wire)))
    assert [a.url for a in chosen.picks[0].story.articles] == [ours.url, wire.url, heavy.url]
    assert urls(chosen) == [ours.url, told(4).url]


def test_an_article_that_was_sent_is_not_sent_again_for_a_pin() -> None:
    """Nor the same text from another paper; another report of the story is, and is marked."""
    text = " ".join([*TOPICS[:5], *CABLE])
    used = told(1, headline=REPAIRED, paragraphs=(text,), published=NOW - timedelta(hours=3))
    copy = told(2, headline=REPAIRED, paragraphs=(text,), source_id="wire")
    mine = told(3, headline=REPAIRED, paragraphs=CABLE, source_id="times")
    known = frozenset({used.url})
    chosen = pick(used, copy, mine, pins=(pinned(used), pinned(copy), pinned(mine)), used=known)
    assert urls(chosen) == [mine.url]
    assert chosen.picks[0].before == (used,)
    assert reasons(chosen) == [
        f"“{REPAIRED}” was pinned by Effie, but left out: it stood in an earlier edition.",
        f"“{REPAIRED}” was pinned by Effie, but left out: it is the same text as “{REPAIRED}” in"
        " an earlier edition.",
    ]


def test_a_pin_is_over_once_its_story_was_told() -> None:
    """From another report, since the pin was made."""
    used = told(1, topic=0, published=NOW - timedelta(hours=3))
    mine = told(2, topic=0, source_id="wire")
    chosen = pick(used, mine, pins=(pinned(mine, used.url),), used=frozenset({used.url}))
    assert urls(chosen) == []
    assert "since it was pinned" in reasons(chosen)[-1]


def test_a_bar_keeps_the_whole_story_out() -> None:
    """Also from other papers, also when the barred article is too old itself; but not what an
    editor pinned."""
    ours = told(1, topic=0, published=NOW - timedelta(hours=25))
    wire, times = told(2, topic=0, source_id="wire"), told(3, topic=0, source_id="times")
    bars = (barred(ours, "sub judice"),)
    chosen = pick(wire, times, told(4), bars=bars, earlier=[ours])
    assert urls(chosen) == [told(4).url]
    assert reasons(chosen) == 2 * [
        f"“{wire.headline}” was left out: it reports the same story as “{ours.headline}”, which"
        " was barred by Effie: sub judice."
    ]
    allowed = pick(wire, times, told(4), bars=bars, earlier=[ours], pins=(pinned(wire),))
    assert urls(allowed) == [wire.url, told(4).url]


def test_a_barred_article_says_so() -> None:
    """No pin outranks a bar."""
    only = told(1)
    chosen = pick(only, bars=(barred(only, "sub judice"),), pins=(pinned(only),))
    assert reasons(chosen) == [
        f"“{only.headline}” was pinned by Effie, but left out: it was barred by Effie: sub judice."
    ]


def test_sections_count_as_the_editors_said() -> None:
    """More, less or never; names are compared without their capitals."""
    weights = {"politics": 1.5, "sport": 0.5, "horoscopes": 0.0}
    sections = ("News", "Sport", "POLITICS", "Horoscopes")
    articles = [told(n, section=section) for n, section in enumerate(sections, 1)]
    chosen = pick(*articles, sections=weights)
    assert urls(chosen) == [articles[n].url for n in (2, 0, 1)]
    assert chosen.picks[0].because.endswith("place 1 of its feed, section POLITICS counts 1.5")
    assert chosen.picks[1].because.endswith("place 1 of its feed")
    assert "section Horoscopes counts 0, so it never comes in" in reasons(chosen)[0]


def test_a_source_that_counts_more_is_named() -> None:
    """By its name, with its weight."""
    chosen = pick(told(1, source_id="heavy"))
    assert chosen.picks[0].because.endswith(", source The Sample Post counts 2")


def test_picks_know_what_they_touch_and_whether_they_are_light() -> None:
    """A sensitive story is never light, whatever its section."""
    court, match = told(7, section="Sport"), told(3, section="Sport")
    marked = {p.story.best.url: p for p in pick(court, match, told(2)).picks}
    assert [m.kind for m in marked[court.url].sensitive] == ["court"]
    assert not marked[court.url].light and marked[match.url].light
    assert not pick(match, light=("Odd news",)).picks[0].light


def test_spares_stand_behind_the_stories() -> None:
    """Picks are stories plus spares; the rest says which place it came."""
    chosen = pick(*(told(n) for n in range(1, 9)), stories=3, spare=2)
    assert len(chosen.picks) == 5
    assert sum("there were 5 places" in reason for reason in reasons(chosen)) == 3


def test_nothing_gives_nothing() -> None:
    """No candidates, no picks, no error."""
    assert pick() == Selection()


@given(st.permutations([told(n, place=n) for n in range(1, 9)]))
def test_the_order_of_candidates_changes_nothing(shuffled: list[Article]) -> None:
    """The choice depends on the articles alone."""
    assert pick(*shuffled, stories=4, spare=1) == pick(
        *(told(n, place=n) for n in range(1, 9)), stories=4, spare=1
    )


@given(st.lists(st.integers(0, 30), max_size=12), st.integers(1, 4), st.integers(0, 3))
def test_every_candidate_is_picked_or_explained(ages: list[int], places: int, spare: int) -> None:
    """Each article stands in exactly one pick, chosen or left out with a sentence."""
    articles = [told(n, published=NOW - timedelta(hours=age)) for n, age in enumerate(ages, 1)]
    chosen = pick(*articles, stories=places, spare=spare)
    found = Counter(a.url for p in (*chosen.picks, *chosen.left_out) for a in p.story.articles)
    assert found == Counter(a.url for a in articles)
    assert len(chosen.picks) <= places + spare
    assert all(p.because.endswith(".") for p in chosen.left_out)
