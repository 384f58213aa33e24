"""What an article is, and what on its page says so; pages that hold no article at all."""

import pytest

from digest.collect import kinds, page, plain
from digest.collect.metadata import Metadata
from digest.model.news import ArticleKind
from tests.rooms.test_collect_page import STORY, described, html

CAPTION = "<figure><img src=a.jpg><figcaption>The old bridge at low water, photo {}.</figcaption>"


@pytest.mark.parametrize(
    ("head", "url", "kind", "because"),
    [
        ("", "https://c.example/news/x", ArticleKind.NEWS, ""),
        (
            described(**{"@type": "LiveBlogPosting"}),
            "",
            ArticleKind.LIVE,
            "its markup says LiveBlogPosting",
        ),
        (described(articleSection="Opinion"), "", ArticleKind.OPINION, "its section is Opinion"),
        ("", "https://c.example/columnists/x", ArticleKind.OPINION, "address says /columnists/"),
        (
            described(isAccessibleForFree=False),
            "",
            ArticleKind.PAYWALL,
            "its markup says that it is not free to read, and the page shows 66 words",
        ),
        (
            described(wordCount=900),
            "",
            ArticleKind.PAYWALL,
            "its markup counts 900 words and the page shows 66",
        ),
        (described(wordCount=62, isAccessibleForFree=False), "", ArticleKind.NEWS, ""),
        ("", "https://c.example/corrections/x", ArticleKind.CORRECTION, "says /corrections/"),
    ],
)
def test_each_kind_has_a_reason(head: str, url: str, kind: ArticleKind, because: str) -> None:
    """A fragment of a sentence that an editor can check on the page."""
    found = page.read(html(head=head), url=url)
    assert (found.kind, found.kind_because or because) == (kind, found.kind_because or "")
    assert because in found.kind_because


@pytest.mark.parametrize(
    ("headline", "section", "url", "kind"),
    [
        ("Opinion | Close the bridge", "", "https://c.example/x", ArticleKind.OPINION),
        ("Close the bridge", "Opinion", "https://c.example/x", ArticleKind.OPINION),
        ("Close the bridge", "", "https://c.example/opinion/x", ArticleKind.OPINION),
        ("Bridge closes", "News", "https://c.example/news/x", ArticleKind.NEWS),
        ("", "", "", ArticleKind.NEWS),
    ],
)
def test_a_page_that_was_not_read_has_the_kind_its_list_shows(
    headline: str, section: str, url: str, kind: ArticleKind
) -> None:
    """A feed's own text is opinion as well when feed or address say so."""
    assert kinds.of_listed(headline, section, url)[0] is kind


@pytest.mark.parametrize(
    ("headline", "kind"),
    [
        ("Correction", ArticleKind.CORRECTION),
        ("Corrections and clarifications", ArticleKind.CORRECTION),
        ("Clarification: Harbour lights", ArticleKind.CORRECTION),
        ("Correction, 12 May", ArticleKind.CORRECTION),
        ("Berichtigung", ArticleKind.CORRECTION),
        ("Corrections officers walk out", ArticleKind.NEWS),
        ("Correction in house prices continues", ArticleKind.NEWS),
        ("Live: Swing bridge stuck open", ArticleKind.LIVE),
        ("Swing bridge stuck open – live updates", ArticleKind.LIVE),
        ("Live music returns to the pier", ArticleKind.NEWS),
        ("Where the eels live", ArticleKind.NEWS),
        ("Opinion: We need a bypass", ArticleKind.OPINION),
        ("Kommentar: Die Brücke fehlt", ArticleKind.OPINION),
        ("Column inches are not enough", ArticleKind.NEWS),
    ],
)
def test_headlines_that_say_what_they_are(headline: str, kind: ArticleKind) -> None:
    """Only where the word stands apart from the rest of the headline."""
    assert kinds.read(Metadata(headline=headline), kinds.Shown(paragraphs=STORY))[0] is kind


def test_a_correction_note_does_not_make_a_correction() -> None:
    """The note at the end goes, with its reason; a notice as an article keeps its text."""
    note = "Correction: an earlier version said that three divers had worked on the cable."
    carried = page.read(html(f"<p>{note}</p>"))
    assert carried.kind is ArticleKind.NEWS and carried.paragraphs == STORY
    assert note in {d.text for d in carried.dropped if "corrected" in d.because}
    told = (
        "This article was amended on Monday: the lifeboat has a crew of six, not of five.",
        "An earlier version of this story gave the wrong year for the council's first meeting.",
    )
    body = "".join(f"<p>{text}</p>" for text in told)
    notice = page.read(f"<html><body><article><h1>Corrections</h1>{body}</article></body></html>")
    assert (notice.kind, notice.paragraphs) == (ArticleKind.CORRECTION, told)
    assert notice.kind_because == "its headline says “Corrections”"


@pytest.mark.parametrize(
    "note",
    [
        "This article was amended on 3 May 2026 to correct the name of the ferry.",
        "• This story has been updated to add a comment from the council.",
        "An earlier version of this article said that the bridge was built in 1911.",
        "Editor’s note: A picture of another bridge was removed from this page.",
        "Dieser Artikel wurde am 3. Mai aktualisiert.",
    ],
)
def test_notes_on_changes_are_no_paragraphs(note: str) -> None:
    """They speak of the page; they are kept among the dropped lines with the reason."""
    found = page.read(html(story=(*STORY, note)))
    assert found.paragraphs == STORY
    assert [d.because for d in found.dropped if d.text == note] == [
        "a note on what was corrected or changed in the article"
    ]


@pytest.mark.parametrize(
    "line",
    [
        "The article was amended in 1972 to allow divorce, Mr Byrne told the court.",
        "An earlier version of the report named two officers of the regiment.",
        "Reporting by Reuters found that twelve people had died in the camp.",
        "The disease was first reported from Wuhan in December of that year.",
        "Sources close to the minister said the AP report was wrong.",
        "Corrections officers walked out on Monday, the union said.",
        "Sign up to the scheme before 1 May, the council said.",
    ],
)
def test_sentences_about_articles_and_reports_stay(line: str) -> None:
    """The constitution has articles, the police write reports, and papers report."""
    assert line in page.read(html(f"<p>{line}</p>")).paragraphs


@pytest.mark.parametrize(
    "label", ["Sponsored content", "Paid for by Jardins Vauban", "Advertorial"]
)
def test_a_sponsors_label_counts_beside_the_headline(label: str) -> None:
    """In a box of other links further down it says nothing about this article."""
    above = html().replace("<h1>", f"<p>{label}</p><h1>")
    found = page.read(above)
    assert found.kind is ArticleKind.SPONSORED
    assert found.kind_because == f"a label on the page says “{label}”"
    below = html().replace("</article>", f"</article><div><p>{label}</p></div>")
    assert page.read(below).kind is ArticleKind.NEWS


def test_a_stub_says_where_it_breaks_off() -> None:
    """Words of a wall behind the first paragraphs; the wall itself is no text."""
    wall = "<div><p>To read on, take out a subscription.</p><a href=/s>Subscribe</a></div>"
    found = page.read(html().replace("</article>", f"{wall}</article>"))
    assert found.kind is ArticleKind.PAYWALL and found.paragraphs == STORY
    assert "the page breaks off with “To read on”" == found.kind_because


def test_a_story_about_subscriptions_is_no_stub() -> None:
    """Reported, quoted, long or short."""
    told = (
        "The paper will let subscribers only comment from Monday, its editor said.",
        "“Subscribe to read on, it said on my screen every single morning,” said one reader.",
    )
    found = page.read(html(story=(*told, *STORY)))
    assert (found.kind, found.paragraphs) == (ArticleKind.NEWS, (*told, *STORY))


def test_a_gallery_has_captions_and_next_to_no_text() -> None:
    """Seven pictures and two sentences; a long story with as many pictures stays news."""
    pictures = "".join(CAPTION.format(n) + "</figure>" for n in "abcdefg")
    few = page.read(html(pictures, story=STORY[:1]))
    assert few.kind is ArticleKind.GALLERY and few.kind_because.startswith("it shows 7 pictures")
    assert page.read(html(pictures, story=STORY * 4)).kind is ArticleKind.NEWS


def test_times_between_the_paragraphs_make_a_live_page() -> None:
    """Five stamps; the paragraphs come without them."""
    stamps = ("07:15", "09:20", "11:05", "12:40")
    body = "".join(f"<p>{at}</p><p>{text}</p>" for at, text in zip(stamps, STORY, strict=True))
    found = page.read(f"<html><body><div><h1>Bridge stuck</h1>{body}</div></body></html>")
    assert (found.kind, found.paragraphs) == (ArticleKind.LIVE, STORY)
    assert found.kind_because == "its text is parted by 4 times of the day"


def test_pasted_text_has_a_kind() -> None:
    """By its headline and the label above it."""
    text = "\n\n".join(["Sponsored content", "Harbour trust lays second cable", *STORY])
    assert plain.read(text).kind is ArticleKind.SPONSORED


CONSENT = (
    "<h1>Your privacy, your choice</h1><div>"
    "<p>We and our 412 partners use cookies to store information on your device and personalise"
    " what you see.</p><p>You can change your consent at any time in our privacy settings.</p>"
    "<button>Accept all</button></div>"
)
GERMAN = (
    "<h1>Willkommen</h1><div><p>Mit Ihrer Zustimmung verwenden wir und unsere 230 Partner Cookies,"
    " um personenbezogene Daten zu verarbeiten.</p><p>Ihre Einwilligung können Sie jederzeit in der"
    " Datenschutzerklärung widerrufen.</p></div>"
)
ROBOT = (
    "<title>Just a moment...</title><h1>courier.example</h1><p>Verify you are human by completing"
    " the action below.</p><p>courier.example needs to review the security of your connection.</p>"
    "<p>Ray ID: 8c2f1a</p>"
)
CHALLENGE = (
    "<title>courier.example</title><p>Please wait.</p>"
    '<script src="https://geo.captcha-delivery.com/c.js"></script>'
)
VIDEO = (
    '<meta property="og:type" content="video.other"><h1>Lights on</h1><video src=a.mp4></video>'
    f"<p>{STORY[0]}</p>"
)
PLAYER = (
    "<h1>Lights on</h1><iframe src='https://www.youtube.com/embed/x'></iframe>"
    "<p>The lights came on again.</p>"
)
SCRIPTS = "<div id=root></div><noscript>You need to enable JavaScript to run this app.</noscript>"


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (CONSENT, "consent wall"),
        (GERMAN, "consent wall"),
        (ROBOT, "check against robots"),
        (CHALLENGE, "check against robots"),
        (VIDEO, "a video and its caption"),
        (PLAYER, "a video and its caption"),
        (SCRIPTS, "browsers that run scripts"),
        ("<p>Home</p><p>Menu</p>", "No article was found"),
    ],
)
def test_what_stands_where_an_article_should_be(body: str, says: str) -> None:
    """One sentence, no paragraphs, and the lines that were there with a reason."""
    found = page.read(f"<html><body>{body}</body></html>")
    assert says in found.problem and found.problem.endswith(".")
    assert found.paragraphs == () and all(d.because for d in found.dropped)


@pytest.mark.parametrize(
    "story",
    [
        (
            "Two papers must ask before they store cookies, the privacy commissioner ruled.",
            "“You can withdraw your consent at any time, they told us,” said Ms Moyne.",
            "The commissioner said that 412 partners had read personal data without consent.",
        ),
        (
            "A machine asked pensioners to verify that they were human, the council admitted.",
            "“Access denied, it said,” Mr Breslin told the meeting. “I am not a robot.”",
            "The captcha was switched off on Monday after 300 complaints, a spokesman said.",
        ),
    ],
)
def test_a_story_about_walls_is_no_wall(story: tuple[str, ...]) -> None:
    """What others say about cookies and robots is news."""
    found = page.read(html(story=story))
    assert (found.problem, found.paragraphs) == ("", story)


def test_an_article_with_a_video_is_an_article() -> None:
    """The player above the text changes nothing."""
    found = page.read(html("<iframe src='https://www.youtube.com/embed/x'></iframe>"))
    assert (found.problem, found.paragraphs) == ("", STORY)


@pytest.mark.parametrize(
    ("head", "says"),
    [
        ('<meta name="robots" content="noindex, follow">', "its robots tag says “noindex”"),
        ('<meta name="Googlebot" content="NONE">', "its googlebot tag says “none”"),
        ('<meta name="robots" content="max-image-preview:large">', ""),
        (
            '<meta name="robots" content="index,follow"><meta name=robots content=noindex>',
            "noindex",
        ),
        ('<link rel="canonical" href="https://c.example/410">', "canonical address"),
        ('<link rel="canonical" href="https://c.example/2026/404-new-jobs">', ""),
        ('<meta name="prerender-status-code" content="404">', "prerender-status-code"),
        ("", ""),
    ],
)
def test_a_page_may_say_that_it_is_gone(head: str, says: str) -> None:
    """By its robots tags, its canonical address or a status; the text is read all the same."""
    found = page.read(html(head=head), url="https://c.example/news/x")
    assert says in found.gone and (found.gone == "") == (says == "")
    assert found.paragraphs == STORY


def test_a_headline_that_says_not_found() -> None:
    """An error page at 200 is gone; a story about a missing page is not."""
    gone = "<html><body><h1>Page not found</h1><p>We looked everywhere for it.</p></body></html>"
    assert "“Page not found”" in page.read(gone).gone
    assert page.read(html().replace("Lights on", "Page not found in 1641 bible")).gone == ""
