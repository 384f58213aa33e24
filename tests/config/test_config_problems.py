"""Every mistake is told at once, at its own line and column, with what was probably meant."""

from pathlib import Path

import pytest

from digest.config.read import MAX_BYTES
from tests.config.conftest import SMALL, Look, examined


def test_all_mistakes_are_told_at_once_in_the_order_of_the_file(look: Look) -> None:
    """Wherever they are, and of whatever kind."""
    text = (
        SMALL.replace("Europe/Dublin", "Europe/Dubln")
        .replace("id: post, url", "id: post, evry: 10, url")
        .replace("weekdays", "wekdays")
        .replace("title: News in 60 seconds", "title: News\n    stories: many\n    sources: [pst]")
        .replace("from: news@sample.example", "from: news, relay: smpt://localhost")
    )
    assert [(p.line, p.path) for p in look(text).problems] == [
        (1, "site.timezone"),
        (3, "sources.0.evry"),
        (7, "newsletters.0.stories"),
        (8, "newsletters.0.sources.0"),
        (9, "newsletters.0.schedule"),
        (10, "mail.from"),
        (10, "mail.relay"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("title:", "§titel:", "unknown key 'titel', did you mean 'title'?"),
        ("title:", "§Title:", "unknown key 'Title', did you mean 'title'?"),
        ("title: News in 60 seconds", "§title:", "'title' has no value"),
        ("id: morning\n    title: News in 60 seconds", "§id: morning", "'title' is missing: what"),
        ("title:", "§budget: 3\n    title:", "it belongs under `accounts`"),
        ("title:", "stories: §99\n    title:", "should be at most 20"),
        ("title:", "stories: 2\n    at_least: §3\n    title:", "it would never go out"),
        ("title:", "accounts: [§x]\n    title:", "no account has the id 'x'; `accounts` is empty"),
        ("title:", "appeal: §help\n    title:", "no appeal has the id 'help'"),
        ("title:", "sources: [§pst]\n    title:", "did you mean 'post'?"),
        ("title:", "sources: [post, §post]\n    title:", "'post' is named twice"),
        ("title:", "sources: §post\n    title:", "should be a list"),
        ("title:", "title: a\n    §title:", "'title' stands twice; the first is on line 6"),
        ("title:", "in_doubt: §resned\n    title:", "did you mean 'resend'?"),
        ("title:", "in_doubt: §[hold]\n    title:", "should be one of: hold, resend, ask"),
        ("title:", "cutoff: §10\n    title:", "write for example 10m"),
        ("News in 60 seconds", "§[a]", "should be text, not a list"),
        ("News in 60 seconds", '§" "', "is empty"),
        ("News in 60 seconds", '§"a\\nb"', "must stand on one line"),
        ("weekdays 07:00", "§[a]", "should be text"),
        ("weekdays 07:00", "{at: daily 07:00, §skp: []}", "did you mean 'skip'?"),
        ("weekdays 07:00", "{at: daily 07:00, skip: [§25.12.]}", "2026-12-25"),
        ("weekdays 07:00", "{at: daily 07:00, paused: §maybe}", "neither true nor false"),
        ("weekdays 07:00", "{at: daily 07:00, holidays: {country: §UK}}", "did you mean 'GB'?"),
        ("id: post", "id: post, weight: §much", "'much' is no number"),
        ("id: post", "id: post, weight: §.nan", "is no number"),
        ("id: post", "id: post, every: §1s", "out of bounds"),
        ("mail:", "store: §postgres://db/x\nmail:", "did you mean postgresql"),
        ("mail:", "summary: {words: §300}\nmail:", "should be at most 210"),
        ("mail:", "summary: {writer: §openai}\nmail:", "`writer: openai` needs `openai:`"),
        ("mail:", "summary: {writer: §gpt}\nmail:", "one of: rules, openai, anthropic"),
        ("mail:", "summary: {anthropic: {§modell: m}}\nmail:", "did you mean 'model'?"),
        ("mail:", "summary: §short\nmail:", "should be keys: words, line_words, writer"),
        ("mail:", "templates: §nowhere\nmail:", "there is no folder 'nowhere'"),
        ("mail: {", "mail: {§password: {env: P}, ", "needs its `user:` beside it"),
        ("mail: {", "mail: {rate: §200, ", "write for example 200/s"),
        ("mail: {", "mail: {ca_file: §nowhere.pem, ", "there is no file 'nowhere.pem'"),
        ("mail: {", "mail: {user: u, password: §{}, ", "needs exactly one"),
        ("mail: {", "mail: {starttls: §allways, ", "did you mean 'always'?"),
    ],
)
def test_a_mistake_is_told_at_its_place(look: Look, old: str, new: str, said: str) -> None:
    """An unknown key at the key, a bad value at the value, a missing key where it belongs (§)."""
    assert old in SMALL
    _told(look, SMALL.replace(old, new, 1), said)


@pytest.mark.parametrize(
    ("account", "said"),
    [
        ("{id: a, network: §masto}", "did you mean 'mastodon'?"),
        ("§{id: a, network: mastodon}", "a mastodon account needs `url`"),
        ("§{id: a, network: bluesky}", "a bluesky account needs `handle`"),
        ("{id: a, network: bluesky, handle: §'@b.example'}", "without @: b.example"),
        ("{id: a, network: x, §password: {env: T}}", "x takes no `password`, did you mean `keys`?"),
        ("§{id: a, network: x, token: {env: T}}", "`client` and `token` of an x account stand"),
        ("{id: a, network: slack, §token: {env: T}}", "did you mean `webhook`?"),
        ("§{id: a, network: linkedin, token: {env: T}}", "a linkedin account needs `handle`"),
        ("§{id: a, network: telegram, token: {env: T}}", "a telegram account needs `handle`"),
        ("{id: a, network: x, hashtags: [§'#1']}", "write for example Housing"),
        ("{id: a, network: x, slots: [§noonish]}", ""),
        ("{id: a, network: x, budget: §20 EUR per month}", "networks bill in US dollars"),
        ("{id: a, network: x, keys: {§envv: T}}", "did you mean 'env'?"),
        ("{id: a, network: x, keys: {env: §a b}}", "no name of an environment variable"),
        ("{id: a, network: x, budget: §20}", "write for example 20 USD per month"),
        ("{id: a, network: x, links: §last}", "last_in_thread"),
    ],
)
def test_an_account_s_mistake_is_told(look: Look, account: str, said: str) -> None:
    """Each network has its own needs."""
    _told(look, f"{SMALL}accounts:\n  - {account}\n", said)


def _told(look: Look, marked: str, said: str) -> None:
    """The one mistake of the text stands where § does and says so."""
    before = marked[: marked.index("§")]
    place = (before.count("\n") + 1, len(before) - before.rfind("\n"))
    found = look(marked.replace("§", ""))
    assert found.settings is None
    assert [(p.line, p.col) for p in found.problems] == [place], found.problems
    assert said in found.problems[0].text


def test_ids_are_unique_in_their_list(look: Look) -> None:
    """The second is named, with the line of the first."""
    text = SMALL.replace("newsletters:", '  - {id: post, url: "https://b.example"}\nnewsletters:')
    (found,) = look(text).problems
    assert (found.line, found.col, found.path) == (4, 10, "sources.1.id")
    assert found.text == "the id 'post' is used twice; the first is on line 3"


def test_wordings_of_an_appeal_are_unique_and_there_is_one(look: Look) -> None:
    """An appeal without a wording would be an empty box."""
    one = "{id: a, heading: h, text: t, button: b, url: 'https://a.example'}"
    appeals = f"appeals:\n  - {{id: help, variants: [{one}, {one}]}}\n"
    (twice,) = look(SMALL + appeals).problems
    assert twice.path == "appeals.0.variants.1.id"
    (none,) = look(SMALL + "appeals:\n  - {id: help, variants: []}\n").problems
    assert (none.path, none.line, none.col) == ("appeals.0.variants", 10, 26)


def test_a_mistyped_section_is_one_mistake_not_many(look: Look) -> None:
    """What follows from the typo is not told again."""
    text = SMALL.replace("sources:", "sorces:").replace("title:", "sources: [post]\n    title:")
    (found,) = look(text).problems
    assert found.text == "unknown key 'sorces', did you mean 'sources'?"


@pytest.mark.parametrize(
    "secret", ["keys: hunter2", "keys: [hunter2]", "keys: {env: hunter2 x}", "keys: {hunter2: x}"]
)
def test_a_secret_in_plain_text_is_refused_and_never_repeated(look: Look, secret: str) -> None:
    """Its mistake says where secrets belong."""
    found = look(f"{SMALL}accounts:\n  - {{id: x, network: x, {secret}}}\n")
    assert found.settings is None
    if "hunter2: x" not in secret:
        assert "hunter2" not in "".join(map(str, found.problems))


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("site:\n\tname: x\n", "2:1", "a tab in the indentation"),
        ("site: {name: x\n", "1:7", "never closed|not closed"),
        ('site: {name: "x}\n', "1:14", "a quote is opened here and never closed"),
        ("title: News: in brief\n", "1:12", "put a text that holds"),
        ("a: *nowhere\n", "1:4", "text that begins with"),
        ("a: @home\n", "1:4", "must stand in quotes"),
        ("a: 1\n---\nb: 2\n", "2:1", "a second document"),
        ("a: !python/x 1\n", "1:4", "the tag !python/x means nothing here"),
        ("- a\n- b\n", "1:1", "should be keys"),
        ("just words\n", "1:1", "should be keys"),
        ("? [a]\n: b\n", "1:3", "a key must be plain text"),
        ("", "1:1", "is empty"),
        ("# only a comment\n", "1:1", "is empty"),
        ("---\n...\n", "1:1", "is empty"),
        ("a: \x07\n", "1:4", "a character YAML does not allow"),
        ("[" * 2000, "1:1", "nested too deeply"),
        ("a: &a [*a, *a]\n", "", "refers to itself"),
    ],
)
def test_what_is_no_yaml_is_told_in_an_editor_s_words(
    look: Look, text: str, place: str, said: str
) -> None:
    """With the place where it begins to be wrong."""
    found = look(text)
    assert found.settings is None
    first = found.problems[0]
    told = [p for p in found.problems if any(part in p.text for part in said.split("|"))]
    assert told, found.problems
    if place:
        assert f"{told[0].line}:{told[0].col}" == place, first


def test_aliases_cannot_blow_the_file_up(look: Look) -> None:
    """A few lines that mean a million values are refused."""
    bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
    for name, before in zip("bcdefgh", "abcdefg", strict=True):
        bomb += f"{name}: &{name} [{', '.join([f'*{before}'] * 10)}]\n"
    assert any("too many values" in p.text for p in look(bomb).problems)


def test_a_file_that_cannot_be_read_is_one_problem(look: Look, tmp_path: Path) -> None:
    """Absent, a folder, no file name, not UTF-8, far too large."""
    (absent,) = examined(tmp_path / "nowhere.yaml").problems
    assert "digest init" in absent.text
    assert str(absent).endswith("nowhere.yaml:1:1: " + absent.text)
    (folder,) = examined(tmp_path).problems
    assert folder.text.startswith("cannot be read")
    (nameless,) = examined(Path("a\0b")).problems
    assert nameless.text == "cannot be read: not a file name"
    (bytes_,) = look(b"site: x\nname: caf\xe9\n").problems
    assert (bytes_.line, bytes_.col) == (2, 10)
    assert "UTF-8" in bytes_.text
    (large,) = look(b"#" * (MAX_BYTES + 1)).problems
    assert "larger than 1 MB" in large.text
