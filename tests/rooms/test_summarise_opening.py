"""House openings: shouted first words and datelines."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.summarise import compress
from digest.summarise.opening import without_capitals, without_dateline
from digest.summarise.wording import ENGLISH, of


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
        ("GARDAÍ ARE investigating.", [], "Gardaí are investigating."),
        ("A MAN IN HIS 20s HAS died.", [], "A man in his 20s has died."),
        ("A 35-YEAR-OLD MAN HAS died.", [], "A 35-year-old man has died."),
        ("HSE CHIEF BERNARD Gloster spoke.", [], "HSE chief Bernard Gloster spoke."),
        ("RTÉ HAS APOLOGISED for it.", [], "RTÉ has apologised for it."),
        ("McDONALD’S WILL CLOSE two shops.", [], "McDonald’s will close two shops."),
        ("MARY LOU McDONALD has spoken.", [], "Mary Lou McDonald has spoken."),
        ("CONOR O'BRIEN IS to leave.", [], "Conor O'Brien is to leave."),
        ("ANNE-MARIE O’BRIEN WAS elected.", [], "Anne-Marie O’Brien was elected."),
        ("MICHEÁL MARTIN HAS said so.", [], "Micheál Martin has said so."),
        ("TÁNAISTE SIMON HARRIS said so.", [], "Tánaiste Simon Harris said so."),
        ("MORE THAN 5,000 PEOPLE marched.", [], "More than 5,000 people marched."),
        ("€1.5 MILLION IN cash was found.", [], "€1.5 million in cash was found."),
        ("TWENTY-ONE PEOPLE WERE hurt.", [], "Twenty-one people were hurt."),
        ("THE DÁIL HAS voted.", ["The Dáil cheered."], "The Dáil has voted."),
        ("THE TAOISEACH HAS left.", ["So the Taoiseach said."], "The Taoiseach has left."),
        ("IRELAND’S LARGEST BANK paid.", ["It is Ireland."], "Ireland’s largest bank paid."),
        ("US PRESIDENT JOE Biden spoke.", [], "US President Joe Biden spoke."),
        (
            "THE FAMILY OF a woman spoke.",
            ["Family Of Woman Speaks"],
            "The family of a woman spoke.",
        ),
        (
            "AER LINGUS PILOTS will strike.",
            ["So Aer Lingus said."],
            "Aer Lingus pilots will strike.",
        ),
        ("SINN FÉIN’S MARY LOU McDonald.", [], "Sinn Féin’s Mary Lou McDonald."),
        ("AN IRISH MAN has died.", [], "An Irish man has died."),
        ("ON MONDAY MORNING gardaí came.", [], "On Monday morning gardaí came."),
        ("IT’S BEEN A week of storms.", [], "It’s been a week of storms."),
        ("ISIL FIGHTERS HAVE fled.", ["Then Isil fled."], "Isil fighters have fled."),
        ("THE GOVERNMENT IS split.", ["So the Government fell."], "The Government is split."),
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
        ("LONDON, Nov 26 (Reuters) - A ship sank.", "London", "A ship sank."),
        ("KYIV/MOSCOW, Nov 3 (Reuters) - A ship sank.", "Kyiv", "A ship sank."),
        ("Nov. 26 (UPI) -- A ship sank.", "", "A ship sank."),
        ("ST. LOUIS (AP) — A ship sank.", "St. Louis", "A ship sank."),
        ("BELFAST, Northern Ireland (AP) — A ship sank.", "Belfast", "A ship sank."),
        ("Brussels, Belgium – A ship sank.", "Brussels", "A ship sank."),
        ("Dublin, 26 November 2026 – A ship sank.", "Dublin", "A ship sank."),
        ("DUBLIN: A ship sank.", "Dublin", "A ship sank."),
        ("Seyne-les-Alpes, France (CNN)A ship sank.", "Seyne-les-Alpes", "A ship sank."),
        ("Warning: A ship sank.", "", None),
        ("BREAKING: A ship sank.", "", None),
        ("Ada Roe, Kesterby – A ship sank.", "", None),
        ("The World Health Organization (WHO) said so.", "", None),
        ("A ship — the Anna — sank.", "", None),
        ("(CNN)", "", None),
    ],
)
def test_datelines(paragraph: str, place: str, text: str | None) -> None:
    """What precedes the first sentence goes; a sentence that only looks alike stays."""
    opened = without_dateline(paragraph, ENGLISH)
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
        ("But Ada sank it.", 35, "But Ada sank it."),
        ("Ada Roe, the owner of it, has sunk it.", 5, "Ada Roe has sunk it."),
        ("Ada Roe, the owner of it, said so.", 5, "Ada Roe, the owner of it, said so."),
        ("Ada sank it, which angered Bo.", 4, "Ada sank it."),
        ("Ada sank it, opening a long valve.", 4, "Ada sank it."),
        ("Ada sank it, adding that Bo did so.", 4, "Ada sank it, adding that Bo did so."),
        ("Ada sank it, killing her old crew.", 4, "Ada sank it, killing her old crew."),
        ("Ada sank it, drowning five of us.", 4, "Ada sank it, drowning five of us."),
        ("Ada met Bo, who left, opening a bar.", 4, "Ada met Bo, who left, opening a bar."),
        ("Ada won by running, opening a bar.", 4, "Ada won by running, opening a bar."),
        ("On Monday, the board voted, said Ada.", 4, "On Monday, the board voted, said Ada."),
    ],
)
def test_compression(sentence: str, limit: int, shorter: str) -> None:
    """Whole asides go when nothing of weight is in them; the rest stays, however long."""
    assert compress.compress(sentence, limit, ENGLISH) == shorter


_PIECES = (
    "But",
    "Meanwhile,",
    "Ada Roe",
    ", who lives here,",
    ", the owner of it,",
    ", which is old",
    ", opening a door",
    "(a coaster)",
    "has sunk",
    "said so",
    "the ship",
    "in Cork",
    "and",
)


@given(st.lists(st.sampled_from(_PIECES), min_size=1, max_size=12), st.integers(1, 20))
def test_nothing_is_added_by_compression(pieces: list[str], limit: int) -> None:
    """The words that are left stand in the sentence in the same order."""
    sentence = " ".join(pieces).replace(" ,", ",") + "."
    left = re.findall(r"\w+", compress.compress(sentence, limit, ENGLISH).lower())
    words = iter(re.findall(r"\w+", sentence.lower()))
    assert all(any(word == other for other in words) for word in left)


@pytest.mark.shared
def test_the_seed_opens_quietly(shared: Path) -> None:
    """The lead of the model page, with the rest of it as evidence."""
    expected = json.loads((shared / "data/seed/expected.json").read_text("utf-8"))
    lead, *rest = expected["body"]
    assert without_capitals(lead, rest, ENGLISH) == expected["lead_without_capitals"]


@pytest.mark.parametrize(
    ("tag", "dateline", "text"),
    [
        ("de", "Gundremmingen - ", "Das Kraftwerk ist gesprengt worden."),
        ("de", "London/Teheran - ", "Iranische Kräfte haben ein Schiff aufgebracht."),
        ("de", "Berlin (dpa/lnw) - ", "Die Bahn fährt wieder."),
        ("es", "Madrid (EFE).- ", "El Gobierno aprueba la ley."),
        ("de", "", "Eilmeldung: Die Bahn fährt wieder."),
        ("en", "", "Ferries - The last one sails today."),
    ],
)
def test_datelines_of_other_languages(tag: str, dateline: str, text: str) -> None:
    """Any town before a dash, and the agencies' own signs; a word before a colon is none."""
    wording = of(tag)
    assert wording is not None
    opened = without_dateline(dateline + text, wording)
    assert (opened.dateline, opened.text) == (dateline, text)
