"""One invented story in many page markups, wrapped in several papers' boilerplate.

The story, people and papers are made up for these tests.
"""

from collections.abc import Callable, Mapping, Sequence
from html import escape

HEADLINE = "Ferry operator told to repay fares after summer of cancellations"
STANDFIRST = "Islanders lost 212 sailings between June and August."
BYLINE = "By Roisin Quill"
PARAGRAPHS = (
    "THE OPERATOR OF the Inishkeel ferry must pay back €310,000 in fares, the transport regulator"
    " ruled on Tuesday.",
    "Passengers lost 212 sailings between June and August, the regulator found, most of them for"
    " want of a second crew.",
    "“We stood on the pier in the rain and nobody came to tell us anything,” said Donal Breslin,"
    " who runs a guesthouse on the island.",
    "The company said that it accepted the finding.",
    "It has until 1 November to send the money, and will have to publish its crew list every"
    " Friday.",
    "Islanders have asked for a second boat since 2011. A feasibility study in 2019 put the cost"
    " at €4.2 million.",
    "“Please help us, we wrote to every minister,” Ms Breslin said. “We got one postcard.”",
    "A hearing on the winter timetable opens in Dungloe on 9 October.",
)

Words = Mapping[str, Sequence[str]]
PAPERS: tuple[Words, ...] = (
    {
        "ad": ["Advertisement"],
        "appeal": [
            "We are still here because of you",
            "The Inishkeel Star has no owner but its readers, and every one of you keeps a reporter"
            " on the road.",
            "If our work matters to you, give what you can afford.",
            "Give today",
        ],
        "rail": ["You might have missed", "Seal returns to slipway", "Council paints bollards"],
        "caption": ["Passengers wait at Inishkeel last July. RollingNews.ie RollingNews.ie"],
        "time": ["UPDATED 3 hours ago"],
        "counts": ["1,204 views", "18 comments"],
        "share": ["Share this story", "Copy link"],
        "newsletter": ["Get the Star in your inbox each morning", "Sign me up"],
        "player": ["Close", "StarTV", "Two-minute news"],
        "comments": ["Join the conversation", "Be kind to one another"],
        "legal": ["Published by Star Media Holdings Ltd"],
        "consent": ["We and our 412 partners store information on your device.", "Accept all"],
    },
    {
        "ad": ["Paid message", "Report continues after this"],
        "appeal": [
            "Nobody tells us what to print",
            "Our three reporters live on what readers send. Last month it was less than the rent.",
            "Could you spare the price of a coffee?",
            "Buy us a coffee",
        ],
        "rail": ["From the archive", "Island shop sold for one euro", "The lighthouse is pink"],
        "caption": ["The ferry at Burtonport. Photograph: Niamh Gill"],
        "time": ["Last edited 14:20"],
        "counts": ["88 people are reading this"],
        "share": ["Send to a friend"],
        "newsletter": [
            "A letter from the islands",
            "Every Saturday, free. We never share your address.",
            "Put me on the list",
        ],
        "player": ["×", "Watch", "The week in pictures"],
        "comments": ["2 replies", "Say something"],
        "legal": ["Registered in Ireland 402211"],
        "consent": ["Your privacy is important to us", "Settings", "Fine by me"],
    },
    {
        "ad": ["— Advert —"],
        "appeal": [
            "A small favour",
            "You have read four stories this week. We are glad.",
            "Reporting on the islands costs money, and adverts no longer cover it. A monthly gift"
            " from you would.",
            "Become a friend of the Star",
            "Not now",
        ],
        "rail": ["More from the islands", "Gulls blamed for broken aerials"],
        "caption": ["File photo: Burtonport harbour"],
        "time": ["5 mins ago"],
        "counts": ["Be the first to comment"],
        "share": ["Tweet", "WhatsApp"],
        "newsletter": [
            "Never miss a sailing",
            "Sign up for our alerts and we will text you before the boat leaves.",
            "Sign up",
        ],
        "player": ["Skip", "Star Radio", "Listen live"],
        "comments": ["Readers say", "No comments yet"],
        "legal": ["All rights reserved"],
        "consent": ["This site uses cookies.", "OK"],
    },
    {
        "ad": ["From our partners", "Scroll for the rest of the story"],
        "appeal": [
            "One printer, two bicycles",
            "The Star is put together above a chip shop. The rent went up in May.",
            "Fancy keeping the lights on for another week? You know where we are.",
            "Drop a coin in the jar",
        ],
        "rail": ["Elsewhere on the Star", "Whale seen off Gola", "New school bell is too loud"],
        "caption": ["Islanders on the pier, Monday Getty Images Getty Images"],
        "time": ["LAST UPDATE | 28 mins ago"],
        "counts": ["6.1k reads"],
        "share": ["Facebook", "Email", "Print"],
        "newsletter": [
            "The Friday boat",
            "One letter a week, written on the ferry. We stop when you say stop.",
            "Climb aboard",
        ],
        "player": ["Close", "Star Video", "News in 60 seconds"],
        "comments": ["41 comments", "Log in to comment"],
        "legal": ["© Inishkeel Star 2026"],
        "consent": ["We value your privacy", "Manage choices", "Agree"],
    },
    {
        "ad": ["Anzeige"],
        "appeal": [
            "Journalismus kostet Geld",
            "Wir sind eine kleine Redaktion und leben allein von Ihnen.",
            "Mit fünf Euro im Monat halten Sie uns über Wasser.",
            "Jetzt unterstützen",
        ],
        "rail": ["Mehr zum Thema", "Robbe zurück am Steg", "Leuchtturm in Rosa"],
        "caption": ["Die Fähre im Hafen. Foto: dpa"],
        "time": ["Aktualisiert am 3. Mai, 14:20 Uhr"],
        "counts": ["12 Kommentare"],
        "share": ["Teilen"],
        "newsletter": [
            "Post von der Insel",
            "Jeden Samstag schicken wir Ihnen das Beste der Woche.",
            "Anmelden",
        ],
        "player": ["Schließen", "StarTV", "Nachrichten in einer Minute"],
        "comments": ["Kommentare", "Bitte bleiben Sie höflich."],
        "legal": ["Alle Rechte vorbehalten"],
        "consent": ["Wir verwenden Cookies.", "Einverstanden"],
    },
)

Box = Callable[[str, Sequence[str]], str]


def boilerplate(words: Words) -> set[str]:
    """Every line that must not come out."""
    return {line for lines in words.values() for line in lines} | {BYLINE}


def page(name: str, words: Words) -> str:
    """The story in one of the markups."""
    box, paragraph, headline, standfirst, byline, opening, closing = _MARKUPS[name]
    story = "".join(
        paragraph.format(escape(lines[0])) if kind == "story" else box(kind, lines)
        for kind, lines in _inside(words)
    )
    after = "".join(box(kind, words[kind]) for kind in _AFTER)
    return (
        f'<!doctype html><html lang="en-IE"><head><title>{escape(HEADLINE)} | Inishkeel Star'
        f'</title><meta property="og:title" content="{escape(HEADLINE)}">'
        f'<meta name="description" content="{escape(STANDFIRST)}">'
        f'<meta property="og:site_name" content="Inishkeel Star"></head><body>'
        f"{box('consent', words['consent'])}{opening}{headline.format(escape(HEADLINE))}"
        f"{standfirst.format(escape(STANDFIRST))}{byline.format(BYLINE)}"
        f"{closing.format(story)}{after}</body></html>"
    )


def pasted(words: Words) -> str:
    """The story as somebody copies it from the page."""
    found = [*words["ad"], *words["caption"], HEADLINE, STANDFIRST, *words["time"]]
    found += [line for kind, lines in _inside(words)[4:] for line in lines]
    tail = [line for kind in _AFTER[2:] for line in words[kind]]
    return "\n\n".join(found) + "\n\n" + "\n".join(tail)


_AFTER = ("newsletter", "rail", "player", "comments", "legal")


def _inside(words: Words) -> list[tuple[str, Sequence[str]]]:
    told = [("story", [text]) for text in PARAGRAPHS]

    def box(kind: str) -> tuple[str, Sequence[str]]:
        return kind, words[kind]

    return [
        *(box(kind) for kind in ("ad", "time", "counts", "caption")),
        *told[:3],
        box("ad"),
        *told[3:5],
        box("appeal"),
        told[5],
        box("rail"),
        *told[6:],
        box("share"),
    ]


def _in(tag: str, lines: Sequence[str]) -> str:
    return "".join(f"<{tag}>{escape(line)}</{tag}>" for line in lines)


def _semantic(kind: str, lines: Sequence[str]) -> str:
    if kind == "caption":
        return f"<figure><img src=a.jpg><figcaption>{escape(lines[0])}</figcaption></figure>"
    if kind == "appeal":
        return f'<section>{_in("p", lines[:-1])}<a href="/g">{escape(lines[-1])}</a></section>'
    return f"<aside>{_in('p', lines)}</aside>"


def _linked(kind: str, lines: Sequence[str]) -> str:
    if kind in {"share", "rail", "newsletter", "comments"}:
        items = "".join(f'<li><a href="/x">{escape(line)}</a></li>' for line in lines)
        return f"<ul>{items}</ul>"
    return f"<div>{_in('p', lines)}</div>"


def _within(before: str, after: str) -> Box:
    return lambda kind, lines: f"{before.format(kind)}{_in('p', lines)}{after.format(kind)}"


_P = "<p>{}</p>"
_MARKUPS: dict[str, tuple[Box, str, str, str, str, str, str]] = {
    "semantic": (_semantic, _P, "<h1>{}</h1>", _P, _P, "<main><article>", "{}</article></main>"),
    "flat": (_within("", ""), _P, _P, _P, _P, "<div>", "{}"),
    "flat under a heading": (_within("", ""), _P, "<h1>{}</h1>", _P, _P, "<div>", "{}"),
    "nested": (
        _within('<div class="g4"><div class="g5">', "</div></div>"),
        _P,
        '<div class="d1">{}</div>',
        '<div class="d2">{}</div>',
        '<div class="d3">{}</div>',
        '<div class="a">',
        '<div class="d4">{}</div></div>',
    ),
    "no paragraphs": (
        lambda kind, lines: f'<div class="b">{_in("div", lines)}</div>',
        '<div class="c">{}</div>',
        "<h1>{}</h1>",
        '<div class="lead">{}</div>',
        '<div class="who">{}</div>',
        "<div>",
        '<div class="r">{}</div></div>',
    ),
    "a box a paragraph": (
        _within('<div class="cmp-x"><div>', "</div></div>"),
        '<div class="cmp-text"><p>{}</p></div>',
        "<h1>{}</h1>",
        '<div class="cmp-sub"><p>{}</p></div>',
        '<div class="cmp-who">{}</div>',
        "<article>",
        "{}</article>",
    ),
    "line breaks": (
        lambda kind, lines: f"<div>{'<br>'.join(map(escape, lines))}</div>",
        "{}<br><br>",
        "<h2>{}</h2>",
        "<b>{}</b><br><br>",
        "<i>{}</i><br><br>",
        "<div>",
        "<div>{}</div></div>",
    ),
    "tables": (
        _within("<table><tr><td>", "</td></tr></table>"),
        _P,
        "<h1>{}</h1>",
        "<p><b>{}</b></p>",
        "<p><i>{}</i></p>",
        "<table><tr><td>",
        "{}</td></tr></table>",
    ),
    "custom elements": (
        _within("<star-{}>", "</star-{}>"),
        _P,
        "<h1>{}</h1>",
        "<p class=sub>{}</p>",
        "<star-who>{}</star-who>",
        "<star-story>",
        "<star-body>{}</star-body></star-story>",
    ),
    "scrambled classes": (
        _within('<div class="sc-q1">', "</div>"),
        '<p class="sc-p">{}</p>',
        '<h1 class="sc-h">{}</h1>',
        '<p class="sc-s">{}</p>',
        '<span class="sc-w">{}</span>',
        "<div id=root><main>",
        '<div class="sc-b">{}</div></main></div>',
    ),
    "roles": (
        _within('<div role="complementary">', "</div>"),
        _P,
        "<h1 itemprop=headline>{}</h1>",
        "<p itemprop=description>{}</p>",
        "<span itemprop=author>{}</span>",
        "<div itemscope>",
        '<div itemprop="articleBody">{}</div></div>',
    ),
    "lists of links": (
        _linked,
        _P,
        "<h1>{}</h1>",
        "<h2>{}</h2>",
        _P,
        "<article>",
        "<div>{}</div></article>",
    ),
    "accelerated": (
        _within("<amp-accordion><section>", "</section></amp-accordion>"),
        _P,
        "<h1>{}</h1>",
        '<div class="amp-wp-sub"><p>{}</p></div>',
        '<div class="amp-wp-who">{}</div>',
        '<amp-sidebar></amp-sidebar><article class="amp-wp-article">',
        '<div class="amp-wp-content">{}</div></article>',
    ),
    "boxes with headings": (
        lambda kind, lines: f"<div><h3>{escape(lines[0])}</h3>{_in('p', lines[1:])}</div>",
        _P,
        "<h1>{}</h1>",
        _P,
        _P,
        "<article>",
        "<div>{}</div></article>",
    ),
}
MARKUPS = tuple(_MARKUPS)
