"""Articles on one event stand together, those on look-alike events apart."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.bench.stories import documents, one_step, score
from digest.model.news import Article
from digest.select import stories
from digest.select.linking import average_link
from tests.builders import NOW, article

QUAKE_WEST = (
    "An earthquake of magnitude 6.1 shook Corravale on Sunday, killing four people in the market"
    " hall of Tullow, rescuers said.",
    "The quake struck at noon, 12 kilometres under Tullow; mayor Ina Brophy asked people to sleep"
    " in the open because aftershocks may bring down cracked walls.",
    "Corravale lies on a fault that last moved in 1911.",
)
QUAKE_EAST = (
    "An earthquake of magnitude 5.3 shook the Marren islands on Saturday, injuring thirty people in"
    " a ferry terminal at Port Anselm, rescuers said.",
    "The quake struck before dawn, 40 kilometres off Port Anselm; governor Teo Lindqvist asked"
    " people to keep away from the shore because aftershocks may raise waves.",
    "The Marren islands count two hundred tremors a year.",
)
WEST_AGAIN = (
    ("Four dead as quake of 6.1 hits Corravale", 0, 1),
    ("Market hall in Tullow falls, mayor Brophy says four were killed", 1, 0),
    ("Tullow sleeps in the open after deadly earthquake", 1, 2),
    ("Corravale: magnitude 6.1 earthquake kills four in Tullow", 0, 2),
)
EAST_AGAIN = (
    ("Thirty hurt as quake of 5.3 hits Marren islands", 0, 1),
    ("Ferry terminal at Port Anselm damaged, governor Lindqvist warns of waves", 1, 0),
    ("Port Anselm keeps away from the shore after earthquake", 1, 2),
    ("Marren islands: magnitude 5.3 earthquake injures thirty in Port Anselm", 0, 2),
)
DAY = (
    "The finance minister presented a budget with lower income tax and dearer tobacco.",
    "A goalkeeper saved three penalties as Kesterby Rovers won the county football cup.",
    "Bakers struck for a third morning over night wages at the bread factory in Holme.",
    "Farmers counted eleven lynx cubs in the pine forest, the most since records began.",
)


TRANSFER = (
    (
        "Kesterby Rovers sign {who}",
        "Kesterby Rovers signed {role} {who} from {old} on Sunday for {fee}, the county football"
        " club said; manager Bran Okafor called the transfer a gift.",
    ),
    (
        "{who} joins Kesterby Rovers",
        "{who}, a {role} of {age}, leaves {old} and joins Kesterby Rovers in a transfer worth"
        " {fee}, the football club confirmed.",
    ),
    (
        "Transfer: {fee} for {who}",
        "The county football club Kesterby Rovers paid {fee} to {old} for {role} {who}, who is"
        " {age}; Bran Okafor had asked for the transfer since May.",
    ),
    (
        "Rovers manager Okafor welcomes {who}",
        "Manager Bran Okafor said {who} of {old} was the {role} that Kesterby Rovers had looked"
        " for; the transfer cost {fee}.",
    ),
)
KEEPER = {
    "who": "Ilse Varga",
    "role": "goalkeeper",
    "old": "Tullow Town",
    "fee": "£410,000",
    "age": "27",
}
STRIKER = {
    "who": "Dario Menke",
    "role": "striker",
    "old": "Port Anselm",
    "fee": "£1.2m",
    "age": "19",
}


def told(number: int, headline: str, *paragraphs: str, **changes: Any) -> Article:
    """A report of an hour ago."""
    fields = {"headline": headline, "standfirst": "", "paragraphs": paragraphs}
    return article(number, **{**fields, "published": NOW - timedelta(hours=1), **changes})


def quakes() -> tuple[list[Article], list[Article]]:
    """Four reports on each of two earthquakes of one weekend."""
    west = [told(n, h, QUAKE_WEST[a], QUAKE_WEST[b]) for n, (h, a, b) in enumerate(WEST_AGAIN, 1)]
    east = [told(n, h, QUAKE_EAST[a], QUAKE_EAST[b]) for n, (h, a, b) in enumerate(EAST_AGAIN, 5)]
    return west, east


def numbers(groups: list[list[Article]]) -> list[list[int]]:
    """The groups by the numbers of their articles."""
    return sorted(sorted(a.id for a in group) for group in groups)


def test_two_earthquakes_of_one_weekend_are_two_stories() -> None:
    """Their words are the same; their places, people and figures are not."""
    west, east = quakes()
    assert numbers(stories.group([*west, *east])) == [[1, 2, 3, 4], [5, 6, 7, 8]]


def test_two_transfers_of_one_club_are_two_stories() -> None:
    """Club, manager and all the words of the trade are the same; player, club left and fee not."""
    both = [
        told(n, headline.format(**player), text.format(**player))
        for first, player in ((1, KEEPER), (5, STRIKER))
        for n, (headline, text) in enumerate(TRANSFER, first)
    ]
    assert numbers(stories.group(both)) == [[1, 2, 3, 4], [5, 6, 7, 8]]
    day = [told(n, text[:40], text) for n, text in enumerate(DAY, 9)]
    assert numbers(stories.group([*both, *day]))[:2] == [[1, 2, 3, 4], [5, 6, 7, 8]]


def test_two_reports_need_more_than_a_common_subject() -> None:
    """One storm floods a town and keeps a ferry in port: two stories while nobody tells both."""
    flood = told(
        1,
        "Storm floods harbour town of Kesterby",
        "A storm flooded Kesterby on Sunday and forty families left their homes by boat.",
    )
    ferry = told(
        2,
        "Ferry stays in port as storm reaches Sorrisdale",
        "The ferry stayed in port at Sorrisdale on Sunday as the storm came, and forty lorries"
        " queued.",
    )
    day = [told(n, text[:40], text) for n, text in enumerate(DAY, 9)]
    assert [1, 2] not in numbers(stories.group([flood, ferry, *day]))


@given(st.permutations([*quakes()[0], *quakes()[1]]))
def test_the_order_of_articles_changes_no_story(shuffled: list[Article]) -> None:
    """The groups depend on the articles alone."""
    west, east = quakes()
    assert stories.group(shuffled) == stories.group([*west, *east])


def test_other_news_of_the_day_joins_no_story() -> None:
    """Each stays alone beside the two earthquakes."""
    west, east = quakes()
    day = [told(n, text[:40], text) for n, text in enumerate(DAY, 9)]
    assert numbers(stories.group([*west, *east, *day])) == [
        [1, 2, 3, 4],
        [5, 6, 7, 8],
        *([n] for n in range(9, 13)),
    ]


def test_look_alikes_days_apart_are_two_stories() -> None:
    """Outside the window the same words report another event."""
    first = told(1, DAY[0], DAY[0])
    near = told(2, DAY[0], DAY[0])
    later = told(2, DAY[0], DAY[0], published=NOW - timedelta(days=3))
    assert numbers(stories.group([first, near])) == [[1, 2]]
    assert numbers(stories.group([first, later])) == [[1], [2]]


def test_articles_without_words_are_stories_of_their_own() -> None:
    """Nothing is like nothing."""
    assert numbers(stories.group([told(1, ""), told(2, "", "")])) == [[1], [2]]
    assert stories.group([]) == []


def test_average_link_counts_every_member() -> None:
    """Three that are alike take in a fourth by its average, not by its best friend."""
    close, far = 0.9, 0.1
    table = [
        [1, close, close, close],
        [close, 1, close, far],
        [close, close, 1, far],
        [close, far, far, 1],
    ]
    units = [[0], [1], [2], [3]]
    groups = average_link(units, table, least=0.5)
    assert sorted(sorted(sum(group, [])) for group in groups) == [[0, 1, 2], [3]]
    assert len(average_link(units, table, least=0.3)) == 1


def test_average_link_keeps_units_whole_and_stops_in_time() -> None:
    """What was put together before is never parted, and no fewer groups are left than asked."""
    table = [[1.0 if a == b else 0.2 for b in range(5)] for a in range(5)]
    groups = average_link([[0, 3], [1], [2], [4]], table, least=0.1, leave=2)
    assert len(groups) == 2
    assert sum(unit == [0, 3] for group in groups for unit in group) == 1


@given(st.lists(st.lists(st.sampled_from(DAY), min_size=1, max_size=3), max_size=9))
def test_every_article_stands_in_one_story(texts: list[list[str]]) -> None:
    """None is lost, none doubled."""
    articles = [told(n, text[0][:30], *text) for n, text in enumerate(texts)]
    found = [a.url for group in stories.group(articles) for a in group]
    assert sorted(found) == sorted(a.url for a in articles)


@pytest.mark.shared
@pytest.mark.parametrize(("odd", "least"), [(None, 0.94), (0, 0.95), (1, 0.91)])
def test_same_story_on_ecbplus(shared: Path, odd: int | None, least: float) -> None:
    """B-cubed F against the annotated events, on all topics, those tuned on and the others."""
    found = documents(shared / "data/stories/ecbplus/docs.json")
    got = score([d for d in found if odd is None or d.topic % 2 == odd])
    assert got.f >= least
    assert got.strangers == 0


@pytest.mark.shared
def test_look_alike_events_on_ecbplus(shared: Path) -> None:
    """Of 20 pairs at most two are put together; one threshold that finds as much merges more than
    twice as many, and one that merges as few finds less."""
    found = documents(shared / "data/stories/ecbplus/docs.json")
    ours, loose, strict = score(found), score(found, one_step(0.16)), score(found, one_step(0.22))
    assert ours.pairs == 20
    assert ours.merged <= 2 and ours.touched <= 3
    assert loose.merged > 2 * ours.merged
    assert strict.recall < ours.recall - 0.05
