"""House openings: shouted first words and datelines."""

import pytest

from digest.model.news import Article
from digest.summarise import compress, label
from digest.summarise.opening import without_capitals, without_dateline
from digest.summarise.wording import ENGLISH
from tests.builders import article


@pytest.mark.parametrize(
    ("shouted", "elsewhere", "quiet"),
    [
        ("TAOISEACH MICHEÁL Martin will resign.", [], "Taoiseach Micheál Martin will resign."),
        ("A MAN IN his 30s was arrested.", [], "A man in his 30s was arrested."),
        ("THE US AND the EU have agreed.", [], "The US and the EU have agreed."),
        (
            "THE HIGH COURT has ruled.",
            ["It came from the High Court."],
            "The High Court has ruled.",
        ),
        ("THE HIGH COURT has ruled.", ["Too High A Court"], "The high court has ruled."),
        ("PRIME MINISTER KEIR Starmer spoke.", [], "Prime Minister Keir Starmer spoke."),
        ("SINN FÉIN LEADER Mary Lou.", [], "Sinn Féin leader Mary Lou."),
        ("A VOLUNTEER lifeboat came.", ["The volunteers left."], "A volunteer lifeboat came."),
        ("MEMBERS OF ECPAT met.", ["Then ECPAT left."], "Members of ECPAT met."),
        ("NASA has launched it.", [], "NASA has launched it."),
        ("A NATO plane landed.", [], "A NATO plane landed."),
        ("The UN and NATO met.", [], "The UN and NATO met."),
        ("", [], ""),
    ],
)
def test_capitals(shouted: str, elsewhere: list[str], quiet: str) -> None:
    """The words are written as elsewhere in the article, else small unless they look like names."""
    assert without_capitals(shouted, elsewhere, ENGLISH) == quiet


@pytest.mark.parametrize(
    ("paragraph", "place", "text"),
    [
        ("(CNN)A ship sank.", "", "A ship sank."),
        ("London (CNN)A ship sank.", "London", "A ship sank."),
        ("Mogadishu, Somalia (CNN) -- A ship sank.", "Mogadishu", "A ship sank."),
        ("KYIV, Ukraine — A ship sank.", "Kyiv", "A ship sank."),
        ("Thursday, May 7, 2015 A ship sank.", "", "A ship sank."),
        (
            "Preston, Victoria, Australia On Monday a ship sank.",
            "Preston",
            "On Monday a ship sank.",
        ),
        ("The World Health Organization (WHO) said so.", "", None),
        ("A ship — the Anna — sank.", "", None),
        ("(CNN)", "", None),
    ],
)
def test_datelines(paragraph: str, place: str, text: str | None) -> None:
    """What precedes the first sentence goes; a sentence that only looks alike stays."""
    opened = without_dateline(paragraph)
    assert opened.text == (paragraph if text is None else text)
    assert opened.place == place
    assert opened.dateline + opened.text == paragraph


@pytest.mark.parametrize(
    ("sentence", "limit", "shorter"),
    [
        ("However, the ship sank.", 35, "The ship sank."),
        ("The ship (a coaster) sank.", 35, "The ship sank."),
        ("The ship (built 1907) sank.", 35, "The ship (built 1907) sank."),
        ("The ship (not the tug) sank.", 35, "The ship (not the tug) sank."),
        ("The ship (reportedly old) sank.", 35, "The ship (reportedly old) sank."),
        ("He said “the ship (his own) sank”.", 35, "He said “the ship (his own) sank”."),
        ("Ada Roe, who lives by the sea, said so.", 5, "Ada Roe said so."),
        ("Ada Roe, who lives by the sea, said so.", 35, "Ada Roe, who lives by the sea, said so."),
        ("Ada Roe, who may leave, said so.", 3, "Ada Roe, who may leave, said so."),
        (
            "Ada Roe, who lives in Holme, Kent, said so.",
            3,
            "Ada Roe, who lives in Holme, Kent, said so.",
        ),
        ("But now the ship sank.", 3, "But now the ship sank."),
    ],
)
def test_compression(sentence: str, limit: int, shorter: str) -> None:
    """Whole asides go when nothing of weight is in them; the rest stays, however long."""
    assert compress.compress(sentence, limit, ENGLISH) == shorter


def told(headline: str, body: str = "", section: str = "World") -> Article:
    """An article with this headline and body."""
    return article(1, headline=headline, paragraphs=(body or headline,), section=section)


@pytest.mark.parametrize(
    ("about", "expected"),
    [
        (told("Ukraine urges allies to act"), "Ukraine"),
        (told("Storm hits Northern Ireland and floods roads"), "Northern Ireland"),
        (told("Bank of Ireland raises rates"), "World"),
        (told("Cork University Hospital is full"), "World"),
        (told("Actors leave the US for good"), "US"),
        (told("Let us praise them"), "World"),
        (told("Ukraine urges allies to act", "Allies were urged."), "World"),
        (told("Lights are on", section="science and technology"), "Science"),
        (told("Lights are on", section="Science, Technology and More News"), "Science"),
        (told("Lights are on", section=""), ""),
    ],
)
def test_labels(about: Article, expected: str) -> None:
    """A place only when headline and body agree on it by itself, else the section."""
    assert label.of(about, ENGLISH) == expected
