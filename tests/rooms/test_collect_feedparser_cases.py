"""Our reading beside feedparser's, on its own cases and on real feeds."""

from pathlib import Path

import pytest

from digest.bench import feeds
from digest.bench.feeds import Group


@pytest.fixture(scope="module")
def groups(shared: Path) -> dict[str, Group]:
    """Group of documents -> what agrees."""
    return feeds.agreement(shared / "data")


@pytest.mark.shared
def test_nothing_raises(groups: dict[str, Group]) -> None:
    """1,472 cases and 194 real feeds give a value."""
    assert sum(group.documents for group in groups.values()) == 1_666
    assert [group.raised for group in groups.values()] == [0] * len(groups)


@pytest.mark.shared
def test_every_case_keeps_its_items(groups: dict[str, Group]) -> None:
    """Of each of the 817 cases and 182 real feeds that have items, we read as many.

    But for one: it is cut off inside its last item, which we leave out.
    """
    assert sum(group.wanted["items"] for group in groups.values()) == 817 + 182
    lost = [name for group in groups.values() for name in group.lost]
    assert lost == ["kagisearch+fastfeedparser/osm-pl.xml.gz"]


@pytest.mark.shared
@pytest.mark.parametrize(("field", "most"), [("title", 2), ("link", 31), ("date", 21)])
def test_fields_agree(groups: dict[str, Group], field: str, most: int) -> None:
    """Nearly all; what is left are other readings of broken or unclear elements."""
    other = [told for group in groups.values() for told in group.others if f": {field} " in told]
    assert len(other) <= most, other
    assert sum(group.wanted[field] for group in groups.values()) > 4_500


@pytest.mark.shared
def test_no_real_feed_fails_that_feedparser_reads(groups: dict[str, Group]) -> None:
    """Headlines of all items of all real feeds are those feedparser finds."""
    group = groups["real feeds"]
    assert group.agreed["title"] == group.wanted["title"] > 5_400
