"""Links, mentions and hashtags of Bluesky posts, byte for byte."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.adapters.bluesky_facets import facets


@pytest.mark.shared
def test_facets_are_the_official_librarys(shared: Path) -> None:
    """Every text of the interoperability data, to the byte."""
    rows = json.loads((shared / "data/social/bluesky/facets.json").read_text("utf-8"))
    for row in rows:
        wanted = [(f["start"], f["end"], f["type"], f["value"]) for f in row["facets"]]
        found = [(f.start, f.end, f.kind, f.value) for f in facets(row["text"])]
        assert found == wanted, row["text"]
    assert len(rows) == 49


@given(st.text(st.sampled_from("@#$.(:/ abA1é日👍\n\ufe0f") | st.characters(codec="utf-8")))
def test_any_text_has_facets_within_it(text: str) -> None:
    """Bytes of whole characters, in order, and none within another of its kind."""
    raw = text.encode()
    end = 0
    for facet in facets(text):
        assert 0 <= facet.start < facet.end <= len(raw)
        raw[facet.start : facet.end].decode()
        assert facet.start >= end or facet.kind != "link"
        end = max(end, facet.end if facet.kind == "link" else end)
