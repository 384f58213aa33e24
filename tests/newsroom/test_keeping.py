"""What was read a moment after somebody else read it."""

from dataclasses import replace

from digest.collect.changes import Roll
from digest.model.news import Change, Item, Sighting
from digest.newsroom import keeping, reading
from tests import builders
from tests.house import house


def test_a_page_that_another_process_was_first_with_is_no_correction() -> None:
    """Both found it unknown; that one of them had learned more of the source's lines changes no
    word of the article."""
    there = house()
    (source,) = there.settings.sources
    first = builders.distinct_article(1)
    listed = Sighting(source_id=source.id, url=first.url)
    there.store.articles.save([first], [listed])
    read = replace(first, id=0, paragraphs=(*first.paragraphs, "Read next"), hash="other")
    (outcome,) = keeping.keep(reading.trip(there), source, [(Item(url=first.url), read)], Roll(()))
    assert (outcome.change, outcome.url) == (Change.SAME, first.url)
    assert there.store.articles.get([first.url])[first.url].version == 1
