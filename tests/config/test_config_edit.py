"""Sources written into config.yaml: nothing else in the file changes, or nothing at all does."""

import os
import re
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.config import writing
from digest.config.edit import add_sources, duration, row, set_url
from digest.config.read import parse
from digest.config.writing import ConfigFile
from digest.errors import ConfigError, DigestError, TryAgainLater
from digest.model.newsletter import Source
from digest.schedule.read import problem
from tests.config.conftest import SMALL

NEW = Source(id="new", url="https://new.example/?a=1&b=2#c")
LINE = '{id: new, url: "https://new.example/?a=1&b=2#c"}'
REST = "newsletters: [{id: m, title: N, schedule: daily 07:00}]\n"


def opened(path: Path, text: str) -> ConfigFile:
    """The text as the editors' file."""
    path.write_bytes(text.encode())
    return writing.open_file(str(path), schedule_problem=problem, environ={})


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("sources:\n  - {id: a, url: x}\n", f"sources:\n  - {{id: a, url: x}}\n  - {LINE}\n"),
        ("sources:\n- {id: a, url: x}", f"sources:\n- {{id: a, url: x}}\n- {LINE}"),
        (
            "sources:\r\n  - {id: a, url: x}  # why\r\n         # and so\r\n  # - b\r\n",
            "sources:\r\n  - {id: a, url: x}  # why\r\n         # and so\r\n"
            f"  - {LINE}\r\n  # - b\r\n",
        ),
        (
            "sources:\n  -  id: a  # c\n     url: 'x'\n     # every: 5m\n\nstore: s\n",
            "sources:\n  -  id: a  # c\n     url: 'x'\n     # every: 5m\n  -  id: new\n"
            "     url: 'https://new.example/?a=1&b=2#c'\n\nstore: s\n",
        ),
        (
            "sources:\n - id: a\n   url: >-\n    x\n\n# end",
            "sources:\n - id: a\n   url: >-\n    x\n - id: new\n"
            '   url: "https://new.example/?a=1&b=2#c"\n\n# end',
        ),
        (
            "sources:\n- id: a\n  url: x\n  section:\n# end\n",
            "sources:\n- id: a\n  url: x\n  section:\n- id: new\n"
            '  url: "https://new.example/?a=1&b=2#c"\n# end\n',
        ),
        (
            "sources: [{id: a, url: x}] # all\n",
            f"sources: [{{id: a, url: x}}, {LINE}] # all\n",
        ),
        (
            "sources: [\n  {id: a, url: x},  # one\n  {id: b, url: x}   # two\n]\n",
            f"sources: [\n  {{id: a, url: x}},  # one\n  {{id: b, url: x}},   # two\n  {LINE}\n]\n",
        ),
        ("sources: [\n  {id: a, url: x},\n]", f"sources: [\n  {{id: a, url: x}},\n  {LINE},\n]"),
        ("sources: []   # none yet\nstore: s\n", f"sources:   # none yet\n  - {LINE}\nstore: s\n"),
        ("sources: ~\nstore: s", f"sources:\n  - {LINE}\nstore: s"),
        (
            "sources:  # none\n  # - {id: old}\nstore: s\n",
            f"sources:  # none\n  - {LINE}\n  # - {{id: old}}\nstore: s\n",
        ),
        ("store: s\n# sources:\n#  - x\n", f"store: s\n# sources:\n#  - x\nsources:\n  - {LINE}\n"),
        (
            "sources: &all\n  - &a {id: a, url: x}\n  - *a\n",
            f"sources: &all\n  - &a {{id: a, url: x}}\n  - *a\n  - {LINE}\n",
        ),
        (
            '{"sources": [\n  {\n    "id": "a", "url": "x"\n  }\n], "store": "s"}',
            '{"sources": [\n  {\n    "id": "a", "url": "x"\n  },\n'
            '  {"id": "new", "url": "https://new.example/?a=1&b=2#c"}\n], "store": "s"}',
        ),
        ("\ufeffsources: [{id: a}]", f"\ufeffsources: [{{id: a}}, {LINE}]"),
        ("---\nsources:\n  - {id: a}\n...\n", f"---\nsources:\n  - {{id: a}}\n  - {LINE}\n...\n"),
    ],
)
def test_a_source_is_written_as_its_neighbours_are(before: str, after: str) -> None:
    """In [ ] or in lines, with their indentation, quotation marks and line ends."""
    assert add_sources(before, [NEW]) == after


@pytest.mark.parametrize(
    "text",
    [
        "all: &all\n  - {id: a, url: x}\nsources: *all\n",
        "{store: s}\n",
        "sources: nonsense\n",
        "sources: {id: a}\n",
        "sources:\n  - {id: a, url: x, section: |+\n",
        "sources:\n\t- {id: a}\n",
        "sources: [\n",
        "sources: []\nsources: []\n",
        "- a\n",
        "",
    ],
)
def test_what_only_an_editor_can_change_is_left_alone(text: str) -> None:
    """An alias, keys in { } without the list, or no YAML at all: a sentence, and no text."""
    with pytest.raises(DigestError, match="nothing was written"):
        add_sources(text, [NEW])


def test_the_refusal_shows_the_lines_to_write() -> None:
    """So that the editor can do it at once."""
    with pytest.raises(DigestError) as told:
        add_sources("all: &all\n  - {id: a}\nsources: *all\n", [NEW])
    assert str(told.value).endswith(f"\n  - {LINE}")


def test_every_key_is_written_unless_it_is_the_default() -> None:
    """In the words config.yaml takes."""
    full = Source(
        id="f",
        url="https://f.example/",
        every=timedelta(minutes=90),
        section="No",
        weight=0.5,
        name='A "B": c',
        timezone="Europe/Dublin",
        links=r"/news/\d+",
        pages=False,
        drop=("^Close$", "it's"),
        keep=("x",),
    )
    (line,) = add_sources("sources:\n", [full]).splitlines()[1:]
    assert line == (
        '  - {id: f, url: "https://f.example/", every: 90m, section: "No", name: "A \\"B\\": c",'
        ' timezone: Europe/Dublin, links: "/news/\\\\d+", weight: 0.5, pages: false,'
        ' drop: ["^Close$", "it\'s"], keep: ["x"]}'
    )
    assert row(NEW) == {"id": "new", "url": NEW.url}
    assert [duration(timedelta(seconds=n)) for n in (86400, 7200, 600, 90)] == [
        "1d",
        "2h",
        "10m",
        "90s",
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("{id: a, url: x}  # c", '{id: a, url: "https://b.example/#é"}  # c'),
        ("{id: a, url: 'x'}", "{id: a, url: 'https://b.example/#é'}"),
        ("id: a\n    url: >-\n      x\n    section: q", None),
        ("{id: a, url: &u x}", '{id: a, url: &u "https://b.example/#é"}'),
    ],
)
def test_another_address_takes_the_place_of_the_old_one(before: str, after: str | None) -> None:
    """Between the same quotation marks; nothing else on the line changes."""
    text = f"# top\nsources:\n  - {before}\n  - {{id: z, url: y}}\n"
    found = set_url(text, "a", "https://b.example/#é")
    if after is not None:
        assert found == text.replace(before, after)
    else:
        assert found == text.replace(">-\n      x", '"https://b.example/#é"')


def test_an_address_that_others_share_is_left_alone() -> None:
    """Changing an anchor would change its aliases too; so would an unknown id be a mistake."""
    text = "sources:\n  - {id: a, url: &u x}\n  - {id: b, url: *u}\n"
    for source_id in ("a", "b", "c"):
        with pytest.raises(DigestError, match="nothing was written"):
            set_url(text, source_id, "https://b.example/")


COMMENT = st.text(alphabet="abé #:-[]{}'\"&*|>\t,", max_size=12).map(lambda t: f"# {t}")
TRAILING = st.one_of(st.just(""), COMMENT.map(lambda t: f"  {t}"))
BETWEEN = st.lists(st.one_of(st.just(""), COMMENT, COMMENT.map(lambda t: f"    {t}")), max_size=2)
ADDRESS = st.text(alphabet="abc/?&=#%:.,~'", max_size=10).map(lambda t: f"https://a.example/{t}")
WORDS = st.text(
    alphabet=st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029"),
    min_size=1,
    max_size=12,
).filter(lambda t: t.strip() == t and t != "")


@st.composite
def new_sources(draw: st.DrawFn) -> list[Source]:
    """One to three sources with odd names and addresses."""
    return [
        Source(
            id=f"n{number}",
            url=draw(ADDRESS),
            name=draw(st.one_of(st.just(""), WORDS)),
            section=draw(st.one_of(st.just(""), WORDS)),
            every=draw(st.one_of(st.none(), st.just(timedelta(minutes=10)))),
            drop=draw(st.one_of(st.just(()), st.just(("^a: #b$", "'")))),
        )
        for number in range(draw(st.integers(1, 3)))
    ]


def listed(draw: st.DrawFn, style: str, count: int) -> list[str]:
    """The `sources:` lines in one of the ways editors write them."""
    said = [(f"s{n}", draw(ADDRESS).replace("'", "")) for n in range(count)]
    indent = draw(st.sampled_from(["", " ", "  ", "    "]))
    if style == "one line":
        return ["sources: [" + ", ".join(f"{{id: {i}, url: '{u}'}}" for i, u in said) + "]"]
    lines = ["sources:" + draw(TRAILING)]
    if style == "brackets":
        lines = ["sources: [" + draw(TRAILING)]
        for number, (name, url) in enumerate(said):
            comma = "," if number < count - 1 or draw(st.booleans()) else ""
            lines.append(f'  {{id: {name}, url: "{url}"}}{comma}{draw(TRAILING)}')
        return [*lines, "  ]" + draw(TRAILING)]
    for name, url in said:
        if style == "braces":
            lines.append(f"{indent}- {{id: {name}, url: '{url}'}}{draw(TRAILING)}")
        else:
            gap = draw(st.sampled_from([" ", "   "]))
            inner = indent + " " + gap
            lines += [f"{indent}-{gap}id: {name}{draw(TRAILING)}", f'{inner}url: "{url}"']
            lines[-1] += draw(TRAILING)
            lines += draw(st.sampled_from([[], [f"{inner}section:"], [f"{inner}# every: 5m"]]))
        lines += draw(BETWEEN)
    return lines


@st.composite
def files(draw: st.DrawFn) -> tuple[str, str]:
    """A whole config.yaml full of comments, and the style of its list."""
    style = draw(st.sampled_from(["braces", "lines", "brackets", "one line"]))
    blocks = [
        ['site: {name: P, url: "https://p.example", timezone: UTC}' + draw(TRAILING)],
        ["newsletters:", "  - id: m", "    title: N", "    schedule: daily 07:00"],
        ["mail: {from: n@p.example}" + draw(TRAILING)],
        listed(draw, style, draw(st.integers(1, 3))),
    ]
    lines = draw(BETWEEN)
    for block in draw(st.permutations(blocks)):
        lines = [*lines, *block, *draw(BETWEEN)]
    line_break = draw(st.sampled_from(["\n", "\r\n"]))
    end = line_break if draw(st.booleans()) else ""
    return draw(st.sampled_from(["", "\ufeff"])) + line_break.join(lines) + end, style


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the random files lie."""
    return tmp_path_factory.mktemp("files") / "config.yaml"


@given(made=files(), new=new_sources())
@settings(max_examples=150, deadline=None)
def test_only_lines_come_and_all_others_stay(
    made: tuple[str, str], new: list[Source], place: Path
) -> None:
    """Byte by byte; the whole file then means what it meant, and the new sources (this is checked
    by `with_sources`). In [ ] the last line gets its comma."""
    text, style = made
    file = opened(place, text)
    after = writing.with_sources(file, new)
    old, lines = (re.split(r"(?<=\n)", each) for each in (text, after))
    same = 0
    while same < len(old) and old[same].rstrip("\r\n") == lines[same].rstrip("\r\n"):
        same += 1
    tail = 0
    while tail < len(old) - same and old[-1 - tail] == lines[-1 - tail]:
        tail += 1
    touched = len(old) - same - tail
    assert touched == 0 if style in ("braces", "lines") else touched <= 1
    writing.save(file, after)
    again = writing.open_file(str(place), schedule_problem=problem, environ={})
    assert [s.id for s in again.settings.sources[-len(new) :]] == [s.id for s in new]
    assert [s.url for s in again.settings.sources[-len(new) :]] == [s.url for s in new]
    read = parse("", after.removeprefix("\ufeff")).values
    assert isinstance(read, dict) and read["sources"][-1] == row(new[-1])


@given(made=files(), url=ADDRESS)
@settings(max_examples=100, deadline=None)
def test_a_new_address_touches_one_line(made: tuple[str, str], url: str, place: Path) -> None:
    """Whatever stands around it."""
    file = opened(place, made[0])
    after = writing.with_url(file, "s0", url)
    pairs = zip(made[0].split("\n"), after.split("\n"), strict=True)
    assert sum(before != now for before, now in pairs) <= 1


def test_a_file_without_a_source_can_be_opened(tmp_path: Path) -> None:
    """With every other mistake it cannot."""
    path = tmp_path / "config.yaml"
    bare = SMALL.replace('  - {id: post, url: "https://sample.example/feed"}\n', "")
    file = opened(path, bare)
    assert file.settings.sources == ()
    assert "- {id: new" in writing.with_sources(file, [NEW])
    with pytest.raises(ConfigError, match="unknown key 'storys'"):
        opened(path, bare + "storys: 7\n")
    with pytest.raises(ConfigError, match="digest init"):
        writing.open_file(str(tmp_path / "none"), schedule_problem=problem, environ={})
    path.write_bytes(b"site: \xff")
    with pytest.raises(ConfigError, match="UTF-8"):
        writing.open_file(str(path), schedule_problem=problem, environ={})


def test_a_change_that_would_be_a_mistake_is_refused(tmp_path: Path) -> None:
    """A doubled id, and what the shape of a source does not take."""
    file = opened(tmp_path / "config.yaml", SMALL)
    with pytest.raises(DigestError, match="used twice"):
        writing.with_sources(file, [Source(id="post", url="https://x.example/")])
    with pytest.raises(DigestError, match="no id"):
        writing.with_sources(file, [Source(id="A B", url="https://x.example/")])
    assert "no id" in writing.fault(Source(id="A B", url="https://x.example/"))
    assert "no web address" in writing.fault(Source(id="a", url="ftp://x.example/"))
    assert "no regular expression" in writing.fault(Source(id="a", url="https://x/", drop=("(",)))
    assert writing.fault(NEW) == ""


def test_saving_keeps_mode_and_owner_and_a_link_stays_one(tmp_path: Path) -> None:
    """Nothing but the new text; no file is left beside it."""
    real = tmp_path / "real.yaml"
    real.write_text(SMALL)
    real.chmod(0o640)
    if os.geteuid() == 0:
        os.chown(real, 12345, 54321)
    owner = (real.stat().st_uid, real.stat().st_gid)
    link = tmp_path / "config.yaml"
    link.symlink_to(real.name)
    file = writing.open_file(str(link), schedule_problem=problem, environ={})
    text = writing.with_sources(file, [NEW])
    writing.save(file, text)
    assert link.is_symlink() and real.read_text() == text
    assert (real.stat().st_mode & 0o7777, (real.stat().st_uid, real.stat().st_gid)) == (
        0o640,
        owner,
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == ["config.yaml", "real.yaml"]


def test_a_file_that_changed_meanwhile_is_left_alone(tmp_path: Path) -> None:
    """Another editor's words are never written over."""
    path = tmp_path / "config.yaml"
    file = opened(path, SMALL)
    text = writing.with_sources(file, [NEW])
    path.write_text(SMALL + "# mine\n")
    with pytest.raises(TryAgainLater, match="changed by somebody else"):
        writing.save(file, text)
    assert path.read_text() == SMALL + "# mine\n"
    assert [each.name for each in tmp_path.iterdir()] == ["config.yaml"]


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """The file is as it was."""
    path = tmp_path / "config.yaml"
    file = opened(path, SMALL)
    path.unlink()
    tmp_path.rename(tmp_path.with_name("elsewhere"))
    with pytest.raises(DigestError, match="cannot be written"):
        writing.save(file, SMALL)
    tmp_path.with_name("elsewhere").rename(tmp_path)


def test_the_difference_is_told_as_diff_does(tmp_path: Path) -> None:
    """One line comes, none goes."""
    file = opened(tmp_path / "config.yaml", SMALL)
    lines = writing.difference(file, writing.with_sources(file, [NEW]))
    assert [line for line in lines[2:] if line.startswith(("+", "-"))] == [f"+  - {LINE}"]
