"""Pictures in every database."""

from dataclasses import replace
from datetime import timedelta

from digest.model.picture import Picture
from digest.ports import Store
from tests.builders import NOW

URL = "https://sample.example/lights.jpg"
ONE = Picture(name="a.jpg", url=URL, width=8, height=8, content=b"\x00\xff", made_at=NOW)


def test_a_picture_is_kept_once_by_its_name(store: Store) -> None:
    """Its bytes come back; another of the name changes nothing."""
    store.pictures.save(ONE)
    store.pictures.save(replace(ONE, content=b"other"))
    assert store.pictures.get("a.jpg") == ONE
    assert store.pictures.get("b.jpg") is None


def test_the_latest_of_an_address_is_found(store: Store) -> None:
    """Whatever else was made from it before."""
    newer = replace(ONE, name="b.jpg", made_at=NOW + timedelta(days=1))
    for one in (newer, ONE):
        store.pictures.save(one)
    assert store.pictures.made_from(URL) == newer
    assert store.pictures.made_from("https://else.example/") is None
