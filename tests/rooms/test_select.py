"""Choosing stories: grouped, ranked, capped, and every choice with its reason."""

import json
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest import select
from digest.model.news import Article, ArticleKind, Selection
from digest.select import stories
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
    return select.pick(
        articles,
        newsletter=newsletter(**more),
        sources={**sources, "heavy": source(id="heavy", weight=2.0)},
        used=used,
        now=NOW,
        spare=spare,
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
    assert chosen.picks[0].because == "2 sources, 1 h old, place 1 of its feed, weight 1"


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
        ({"published": NOW + timedelta(hours=1)}, "it is dated in the future"),
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
    """Neither the used article nor another report of the same hours; a later development may."""
    used = told(1, topic=0, published=NOW - timedelta(hours=12))
    same = told(2, topic=0, source_id="wire", published=NOW - timedelta(hours=11))
    chosen = pick(used, same, told(3, topic=1), used=frozenset({used.url}))
    assert urls(chosen) == [told(3).url]
    assert any("the same story as" in reason for reason in reasons(chosen))
    later = told(2, topic=0, source_id="wire", published=NOW - timedelta(hours=1))
    assert later.url in urls(pick(used, later, used=frozenset({used.url})))


def test_a_section_has_no_more_places_than_allowed() -> None:
    """The third story of a section is left out while another section has one."""
    sport = [told(n, section="Sport") for n in (1, 2, 3)]
    chosen = pick(*sport, told(4, section="News"), per_section=2)
    assert len(chosen.picks) == 3
    assert any("section Sport already has 2" in reason for reason in reasons(chosen))


def test_a_single_section_is_not_capped() -> None:
    """A paper with one section still fills its bulletin."""
    assert len(pick(*(told(n, section="News") for n in range(1, 6))).picks) == 5


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


def test_look_alikes_days_apart_are_two_stories() -> None:
    """Outside the window the same words report another event."""
    first = told(1, topic=0)
    assert len(stories.group([first, told(2, topic=0)])) == 1
    assert len(stories.group([first, told(2, topic=0, published=NOW - timedelta(days=3))])) == 2


@pytest.mark.shared
def test_same_story_on_ecbplus(shared: Path) -> None:
    """B-cubed F against the annotated events stays at or above 0.90."""
    documents = json.loads((shared / "data/stories/ecbplus/docs.json").read_text("utf-8"))
    event = {d["id"]: d["event"] for d in documents}
    groups = stories.group(
        [
            article(
                1, url=d["id"], headline="", standfirst="", paragraphs=(" ".join(d["sentences"]),)
            )
            for d in documents
        ]
    )
    sizes = Counter(event.values())
    precision = recall = 0.0
    for group in groups:
        shares = Counter(event[a.url] for a in group)
        precision += sum(n * n / len(group) for n in shares.values())
        recall += sum(n * n / sizes[name] for name, n in shares.items())
    precision, recall = precision / len(documents), recall / len(documents)
    assert 2 * precision * recall / (precision + recall) >= 0.90
