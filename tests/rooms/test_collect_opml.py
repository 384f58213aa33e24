"""OPML read from other programs, and written so that nothing a source says is lost."""

import socket
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from digest.collect import opml
from digest.collect.opml import Outline
from digest.model.newsletter import Source

WHEN = datetime(2026, 3, 16, 7, 0, tzinfo=UTC)
HEAD = '<?xml version="1.0" encoding="utf-8"?><opml version="2.0"><head><title>T</title></head>'


def read(body: str) -> tuple[Outline, ...]:
    """The outlines of a body."""
    return opml.read(f"{HEAD}<body>{body}</body></opml>".encode()).outlines


def test_an_outline_of_another_program() -> None:
    """Address, title, site and kind; the innermost folder is the section."""
    (found,) = read(
        '<outline text="News"><outline title="Ireland"><outline type="atom" text="t"'
        ' title="The &amp; Post" xmlUrl=" https://a.example/?a=1&amp;b=2 "'
        ' htmlUrl="https://a.example/"/></outline></outline>'
    )
    assert found == Outline(
        url="https://a.example/?a=1&b=2",
        title="The & Post",
        page="https://a.example/",
        section="Ireland",
        kind="atom",
    )


def test_older_and_odder_spellings() -> None:
    """OPML 1.0, attribute names in other letters, a category instead of a folder, only a text."""
    old = b"<opml version='1.0'><body><outline text='A' XMLURL='http://a.example/'/></body></opml>"
    assert opml.read(old).outlines[0].title == "A"
    (named,) = read('<outline text="B" category="/News/Sport" xmlurl="https://b.example/"/>')
    assert (named.section, named.kind) == ("Sport", "rss")
    (bare,) = read('<outline type="rss" url="https://c.example/rss"/><outline text="a note"/>')
    assert (bare.url, bare.title) == ("https://c.example/rss", "")


def test_a_damaged_file_is_read_as_far_as_it_goes() -> None:
    """Bare ampersands, unclosed elements, a cut-off end, a byte order mark."""
    found = opml.read(
        b"\xef\xbb\xbf" + HEAD.encode() + b'<body><outline text="A & B" xmlUrl='
        b'"https://a.example/"/><outline text="C"><outline text="D" xmlUrl="https://d.example/"/>'
        b'<outline text="E" xml'
    )
    assert [each.url for each in found.outlines] == ["https://a.example/", "https://d.example/"]
    assert found.problem == ""


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "no OPML"),
        (b"\x00\xff\xfe", "no OPML"),
        (b"<rss/>", "no OPML"),
        (b"{}", "no OPML"),
        (b"<opml><body><outline text='x'/></body></opml>", "names no feed"),
        (b"<opml>" + b" " * opml.MAX_BYTES, "larger"),
    ],
)
def test_what_is_no_list_of_feeds_says_so(body: bytes, said: str) -> None:
    """One sentence."""
    found = opml.read(body)
    assert said in found.problem and found.outlines == ()


def test_an_address_that_leads_nowhere_is_left_out_with_the_reason() -> None:
    """Scripts and files are no feeds."""
    found = opml.read(
        HEAD.encode() + b"<body><outline text='J' xmlUrl='javascript:alert(1)'/>"
        b"<outline xmlUrl='file:///etc/passwd'/></body></opml>"
    )
    assert [each.what for each in found.left_out] == ["J", "file:///etc/passwd"]
    assert "is no web address" in found.left_out[0].because


def test_hostile_files_open_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """No entity is expanded, no file or address is opened; a bomb is nothing much."""

    def forbidden(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", forbidden)
    body = "<body><outline text='&e;' xmlUrl='https://a.example/'/></body></opml>"
    for entity in ('SYSTEM "file:///etc/passwd"', 'SYSTEM "http://a.example/e"', '"boom"'):
        found = opml.read(f"<!DOCTYPE opml [<!ENTITY e {entity}>]><opml>{body}".encode())
        assert all("root:" not in each.title for each in found.outlines)
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    opml.read(f'<!DOCTYPE opml [<!ENTITY a0 "ha">{laughs}]><opml>&a11;{body}'.encode())
    deep = "<outline text='x'>" * 5000
    opml.read(f"<opml><body>{deep}".encode())
    many = opml.read(
        b"<opml>" + b"<outline xmlUrl='https://a.example/'/>" * (opml.MOST + 1) + b"</opml>"
    )
    assert len(many.outlines) == opml.MOST and many.left_out


def test_a_written_file_is_opml_2_with_folders() -> None:
    """Valid XML; sections in the order they come; a file of this machine is left out."""
    sources = [
        Source(id="a", url="https://a.example/?a=1&b=2", section="World", name='A "&" <B>'),
        Source(id="b", url="https://b.example/"),
        Source(id="c", url="https://c.example/", section="World", links=r"/news/\d+"),
        Source(id="own", url="file:///desk/pasted.txt"),
    ]
    written = opml.write(sources, title="Ours & more", when=WHEN)
    root = etree.fromstring(written.body)
    assert (root.tag, root.get("version")) == ("opml", "2.0")
    assert root.findtext("head/title") == "Ours & more"
    assert root.findtext("head/dateCreated") == "Mon, 16 Mar 2026 07:00:00 GMT"
    assert [each.get("text") for each in root.find("body")] == ["World", "b"]
    assert [each.get("xmlUrl") for each in root.iter("outline") if each.get("xmlUrl")] == [
        "https://a.example/?a=1&b=2",
        "https://c.example/",
        "https://b.example/",
    ]
    assert [(each.what, "machine" in each.because) for each in written.left_out] == [("own", True)]


WORDS = st.text(
    alphabet=st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp", "Cf", "Zs", "Cn", "Co"]),
    min_size=1,
    max_size=12,
)
SOURCES = st.builds(
    Source,
    id=st.from_regex(r"[a-z][a-z0-9]{0,8}", fullmatch=True),
    url=st.text(alphabet="abc/?&=#%<>\"'", max_size=12).map(lambda t: f"https://a.example/{t}"),
    every=st.one_of(st.none(), st.integers(60, 604800).map(lambda n: timedelta(seconds=n))),
    section=st.one_of(st.just(""), WORDS),
    weight=st.floats(0.01, 100, allow_nan=False),
    name=st.one_of(st.just(""), WORDS),
    timezone=st.sampled_from(["", "Europe/Dublin"]),
    links=st.one_of(st.just(""), WORDS),
    pages=st.booleans(),
    drop=st.lists(WORDS, max_size=2).map(tuple),
    keep=st.lists(WORDS, max_size=2).map(tuple),
)


@given(sources=st.lists(SOURCES, max_size=6), title=st.text(max_size=20))
@settings(max_examples=200, deadline=None)
def test_what_is_written_is_read_back(sources: list[Source], title: str) -> None:
    """Every key of every source, whatever letters it holds."""
    found = opml.read(opml.write(sources, title=title, when=WHEN).body)
    back = [each.source for each in found.outlines]
    assert sorted(back, key=repr) == sorted(sources, key=repr)
    assert [each.section for each in found.outlines] == [s.section for s in back if s is not None]


@given(body=st.one_of(st.binary(max_size=300), st.text(max_size=300).map(str.encode)))
@settings(max_examples=200, deadline=None)
def test_whatever_the_bytes_the_answer_is_a_value(body: bytes) -> None:
    """Also inside an OPML file."""
    opml.read(body)
    opml.read(b"<opml><body><outline text='" + body + b"' xmlUrl='https://a.example/'/>")
