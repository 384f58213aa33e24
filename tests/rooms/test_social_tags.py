"""Hashtags from the list only, tags by which posts are held, and hold words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.model.news import Sensitive, SensitiveKind
from digest.social import tags
from tests.builders import account, brief


@pytest.mark.parametrize(
    ("allowed", "found"),
    [
        (("Harbour",), ("Harbour",)),
        (("SorrisdaleHarbour",), ()),
        (("HarbourNight",), ()),
        (("Storm", "Harbour", "Divers"), ("Storm", "Harbour")),
        (("harbour",), ("harbour",)),
        (("Harb",), ()),
        ((), ()),
    ],
)
def test_a_hashtag_needs_its_words(allowed: tuple[str, ...], found: tuple[str, ...]) -> None:
    """Whole words of the story, in the tag's order; two at most, in the list's order."""
    assert tags.hashtags(brief(), account(hashtags=allowed)) == found


def test_words_of_a_tag_stand_together() -> None:
    """#DublinBus is for "Dublin Bus", not for a bus somewhere in Dublin."""
    where = account(hashtags=("DublinBus", "RTÉNews", "G20"))
    assert tags.hashtags(brief(line="Dublin Bus adds routes."), where) == ("DublinBus",)
    assert tags.hashtags(brief(line="A bus in Dublin."), where) == ()
    assert tags.hashtags(brief(line="RTÉ News is moving."), where) == ("RTÉNews",)


def test_tags_name_section_hashtags_and_what_is_sensitive() -> None:
    """Each once, as a hold writes them."""
    story = brief(
        section="Local News", sensitive=(Sensitive(kind=SensitiveKind.COURT, word="trial"),)
    )
    found = tags.tags([story, story], account(hashtags=("Harbour",)), "morning")
    assert found == ("morning", "local-news", "harbour", "court")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("A man died by suicide.", "suicide"),
        ("SUICIDE prevention", "suicide"),
        ("Suicides rose", ""),
        ("The court-martial began", "court martial"),
        ("Nothing here", ""),
    ],
)
def test_a_hold_word_is_a_word(text: str, word: str) -> None:
    """Case and hyphens apart, whole words only."""
    assert tags.held_by(text, ("suicide", "court martial")) == word


@given(st.text(max_size=60))
def test_any_name_is_a_tag_or_nothing(name: str) -> None:
    """No blank, no colon, no sign that a search would take for a pattern; and stable."""
    slug = tags.slug(name)
    assert tags.slug(slug) == slug
    assert not set(slug) & set(" :%_\t\n")
