"""The news line filter, line by line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.collect import labels, lines, names
from digest.collect.lines import Line

PROSE = (
    "The harbour trust will lay a second cable before October, its chairman told the council.",
    "Four divers worked in visibility of less than a metre, harbour master Effie Galbraith said.",
    "The repair cost £64,000, and the owner of the coaster has agreed to pay most of it.",
)


def kept(*texts: str, boxed: bool = False) -> tuple[str, ...]:
    """What the filter keeps of the lines."""
    return tuple(line.text for line in lines.sort([Line(text=t) for t in texts], boxed=boxed).kept)


@pytest.mark.parametrize(
    "line",
    [
        "Advertisement",
        "Story continues below this advertisement",
        "LAST UPDATE | 35 mins ago",
        "12.3k views",
        "Share on Facebook",
        "Follow us on Instagram",
        "Read more: Who owns the river?",
        "Subscribe now",
        "Close",
        "© 2026 Firth Courier",
        "16 March 2026, 7:25AM",
        "By Ailsa Drummore",
        "The east light on Sunday. Alamy Stock Photo Alamy Stock Photo",
        "Residents queue for tankered water PA PA",
        "The crew at Roonmore. Picture: Kilvarra Eye",
        "The crew in May. Anna Example",
        "Lea también: Whale seen off Gola",
        "Lesen Sie auch: Robbe zurück am Steg",
        "Don’t miss",
        "Harbour trust furious at cable delay [VIDEO]",
        "Reporting by Will Dunham; Editing by Tom Brown",
        "Ann Byrne contributed to this report.",
        "Have a tip? Ailsa Drummore may be reached at ailsa@courier.example.",
        "For more stories like this, check our news page.",
        "Get the latest updates right in your inbox.",
        "___",
        "Jetzt anmelden",
    ],
)
def test_labels_are_told_by_their_words_or_shape(line: str) -> None:
    """Each kind of label, caption and byline has a reason."""
    assert labels.reason(line)
    assert kept(PROSE[0], line, *PROSE[1:]) == PROSE


@pytest.mark.parametrize(
    "line",
    [
        "Share prices fell on Monday.",
        "Close to 300 homes were flooded.",
        "Advertisement spending fell by a third last year.",
        "Read the room, he said.",
        "Published in 2016, the book sold 40,000 copies.",
        "“Close,” a voice told one visitor.",
        "“Advertisement”",
        "By Sunday the river had risen to three metres.",
        "Nobody was hurt.",
        "For more information on sailings, passengers should ring the pier.",
        "Mary Contributor contributed €50 to the fund.",
        "The article was amended in 1972 to allow divorce.",
        "Get the harbour open first, the trust told the minister.",
        "Der Hafen rechnet mit einer weiteren Steigerung des Umschlags. (cm)",
    ],
)
def test_sentences_are_no_labels(line: str) -> None:
    """A sentence that begins like a label stays."""
    assert labels.reason(line) == ""
    assert kept(*PROSE, line) == (*PROSE, line)


@pytest.mark.parametrize(
    "block",
    [
        ("Give us a hand", "We lost our printer and would sooner ask you than a bank.", "Help us"),
        ("Seas linn", "Is sibhse a íocann as an nuacht seo.", "Tabhair lámh chúnta dúinn"),
        ("Still free", "If this page helped you, send us the bus fare.", "Send a bus fare"),
        ("If you value our reporting, please support us with what you can.", "Donate"),
        ("If you value our journalism, please support our newsroom today.",),
    ],
)
def test_an_appeal_goes_whole(block: tuple[str, ...]) -> None:
    """Heading, plea and button in several wordings, and a plea alone."""
    assert kept(*PROSE[:2], *block, PROSE[2]) == PROSE


@pytest.mark.parametrize(
    "text",
    [
        "We ask for so many things in this town: a bypass, a pool, a better class of gull.",
        "Sit down while you fill it in, it says. I would like to.",
        "“Become a member, the lads wanted to write,” Ms Moyne said.",
        "The average gift was €11.46, treasurer Concepta Moyne said. One envelope held a ring.",
        "The party asked its members to donate and to subscribe to its newsletter.",
    ],
)
def test_a_writer_may_say_we_and_report_on_money(text: str) -> None:
    """Opinion and stories about giving are no appeals."""
    assert kept(PROSE[0], text, *PROSE[1:]) == (PROSE[0], text, *PROSE[1:])


def test_a_marked_sub_head_stays_and_a_stray_line_goes() -> None:
    """In boxed pages a bare line is a sub-head; among bare labels it is one more of them."""
    assert kept(PROSE[0], "What happens next", *PROSE[1:], boxed=True)[1] == "What happens next"
    assert kept(PROSE[0], "What happens next", *PROSE[1:]) == PROSE
    mixed = (PROSE[0], "Advertisement", PROSE[1], "Gull shuts airport", PROSE[2])
    assert kept(*mixed, boxed=True) == PROSE


def test_the_tail_goes_and_a_short_last_sentence_stays() -> None:
    """Player, comments and small print after the end; "Nobody was hurt." is no tail."""
    tail = ("Close", "OrielTV", "News in a minute", "27 comments", "Play nicely.")
    assert kept(*PROSE, "Nobody was hurt.", *tail) == (*PROSE, "Nobody was hurt.")


@given(st.lists(st.text(max_size=60), max_size=12), st.booleans())
def test_every_line_is_kept_or_has_a_reason(texts: list[str], boxed: bool) -> None:
    """Nothing vanishes, nothing is doubled."""
    found = lines.sort([Line(text=text) for text in texts], boxed=boxed)
    out = [line.text for line in found.kept] + [line.text for line in found.dropped]
    assert sorted(out) == sorted(texts)
    assert all(line.because for line in found.dropped)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("By Ailsa Drummore", ("Ailsa Drummore",)),
        ("By Ailsa Drummore and Murdo Kinnell", ("Ailsa Drummore", "Murdo Kinnell")),
        ("desk@courier.example (Ailsa Drummore)", ("Ailsa Drummore",)),
        ("Ailsa Drummore, political editor", ("Ailsa Drummore",)),
        ("Le Sorcha Nic Giolla Bhríde", ("Sorcha Nic Giolla Bhríde",)),
        ("https://courier.example/ailsa", ()),
        ("", ()),
    ],
)
def test_names_in_author_fields(text: str, wanted: tuple[str, ...]) -> None:
    """Names alone, in order, once each."""
    assert names.read(text) == wanted


def test_a_held_back_video_is_no_text() -> None:
    """What the page says in place of a foreign video goes; a report on consent stays."""
    held = "Um diesen Inhalt zu sehen, ist Ihre Zustimmung zu Cookies nötig."
    report = "The regulator said that showing the content without consent broke the law."
    assert kept(PROSE[0], held, report, *PROSE[1:]) == (PROSE[0], report, *PROSE[1:])


def test_an_article_of_quotations_is_whole() -> None:
    """An interview where every paragraph is speech loses none of it."""
    told = tuple(
        f"“Please help us, number {n} said to me. Close the door. Share it.”" for n in "abcd"
    )
    assert kept(*told) == told


def test_a_long_text_takes_no_longer_than_its_length() -> None:
    """Thousands of lines are compared with each other by their words, not one by one."""
    told = [f"The harbour trust will lay cable number {n} before October." for n in range(5_000)]
    assert kept(*told, told[0]) == tuple(told)
