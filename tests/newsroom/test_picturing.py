"""Pictures: only where they may be shown, made by ourselves, and never in an edition's way."""

import asyncio
import io
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from digest.model.edition import Brief
from digest.model.fetch import Fetched, FetchRequest
from digest.model.picture import Pictures
from digest.newsroom import picturing
from digest.newsroom.house import House
from digest.render import picture
from digest.render.picture import Made
from digest.render.rights import refused
from tests import builders
from tests import house as houses

URL = "https://sample.example/lights.jpg"


def file(size: tuple[int, int] = (1600, 1200), kind: str = "JPEG", mode: str = "RGB") -> bytes:
    """A picture's bytes."""
    out = io.BytesIO()
    Image.effect_noise(size, 12).convert(mode).save(out, kind)
    return out.getvalue()


class Server:
    """Answers with bytes, an error, or never."""

    def __init__(self, body: bytes = b"", status: int = 200, *, hang: bool = False) -> None:
        self.body, self.status, self.hang = body, status, hang
        self.asked = 0

    async def fetch(self, request: FetchRequest) -> Fetched:
        """Each time."""
        self.asked += 1
        if self.hang:
            await asyncio.Event().wait()
        problem = "" if self.status == 200 else f"the server answered {self.status}"
        return Fetched(url=request.url, status=self.status, body=self.body, problem=problem)


def house(server: Server, pictures: Pictures = Pictures.OWN) -> House:
    """With one article that has a picture."""
    source = builders.source(pictures=pictures, credit="The Sample Post")
    made = houses.house(sources=(source,))
    made.store.articles.save([replace(builders.article(1), source_id=source.id)])
    return replace(made, fetcher=server)


async def shown(house: House, **changes: Any) -> Brief:
    """The brief after it was looked for a picture."""
    brief = builders.brief(1, **{"image": URL, "url": builders.article(1).url, **changes})
    bulletin = replace(builders.bulletin(1), briefs=(brief,))
    return (await picturing.illustrated(house, bulletin)).briefs[0]


async def test_a_picture_of_our_own_is_made_and_kept() -> None:
    """With alt text and credit; a second time it is not fetched again."""
    server = Server(file())
    there = house(server)
    brief = await shown(there, image_alt="The harbour", image_credit="Photo: A. Byrne")
    assert brief.picture is not None and brief.no_picture_because == ""
    assert (brief.picture.width, brief.picture.height) == (1200, 675)
    assert (brief.picture.alt, brief.picture.credit) == ("The harbour", "Photo: A. Byrne")
    kept = there.store.pictures.get(brief.picture.name)
    assert kept is not None and len(kept.content) <= picture.MOST_BYTES
    again = await shown(there)
    assert again.picture is not None and server.asked == 1
    assert (again.picture.alt, again.picture.credit) == (brief.headline, "The Sample Post")


@pytest.mark.parametrize(
    ("server", "changes", "pictures", "why"),
    [
        (Server(file()), {}, Pictures.NONE, ""),
        (Server(file()), {"image": ""}, Pictures.OWN, "has no picture"),
        (Server(file()), {"image_credit": "Alamy Stock Photo"}, Pictures.OWN, "is Alamy's"),
        (Server(status=404), {}, Pictures.OWN, "answered 404"),
        (Server(b"<html>"), {}, Pictures.OWN, "it is no picture of a kind we know"),
        (Server(file()[:900]), {}, Pictures.OWN, "it cannot be read"),
        (Server(file((300, 200))), {}, Pictures.OWN, "300 pixels wide, and 400 are needed"),
    ],
)
async def test_without_a_picture_there_is_a_reason(
    server: Server, changes: dict[str, str], pictures: Pictures, why: str
) -> None:
    """The edition goes on without it."""
    brief = await shown(house(server, pictures), **changes)
    assert brief.picture is None and why in brief.no_picture_because


async def test_a_server_that_hangs_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """The edition goes on."""
    monkeypatch.setattr(picturing, "SECONDS", 0.05)
    brief = await shown(house(Server(hang=True)))
    assert "was not there within 0.05 seconds" in brief.no_picture_because


async def test_an_agencys_picture_may_be_shown_by_those_who_say_so() -> None:
    """`pictures: all`."""
    brief = await shown(house(Server(file()), Pictures.ALL), image_credit="Getty Images")
    assert brief.picture is not None and brief.picture.credit == "Getty Images"


@pytest.mark.parametrize(
    ("credit", "whose"),
    [
        ("Alamy Stock Photo", "Alamy"),
        ("Photo by Dan Kitwood/Getty Images", "Getty Images"),
        ("PA", "PA"),
        ("Niall Carson/PA Wire", "PA Wire"),
        ("REUTERS/Clodagh Kilcoyne", ""),
        ("Reuters", "Reuters"),
        ("EPA-EFE/X", "EPA-EFE"),
        ("Foto: dpa", "dpa"),
        ("RollingNews.ie", "RollingNews.ie"),
        ("Paul Byrne", ""),
        ("Appa Road", ""),
        ("SAP", ""),
        ("Sam Boal", ""),
    ],
)
def test_agencies_are_known_by_their_whole_names(credit: str, whose: str) -> None:
    """Paul is not PA."""
    why = refused(Pictures.OWN, URL, credit)
    assert why == (f"the picture is {whose}'s, and only our own may be shown" if whose else "")
    assert refused(Pictures.ALL, URL, credit) == ""


@pytest.mark.parametrize(
    ("kind", "mode"),
    [("JPEG", "CMYK"), ("JPEG", "L"), ("PNG", "RGBA"), ("PNG", "P"), ("PNG", "1"), ("WEBP", "RGB"),
     ("PNG", "I;16"), ("GIF", "P")],
)  # fmt: skip
def test_every_kind_becomes_one_that_mail_programs_show(kind: str, mode: str) -> None:
    """JPEG in RGB, 16:9, light."""
    made = picture.made(file((1600, 900), kind, mode))
    assert isinstance(made, Made)
    with Image.open(io.BytesIO(made.content)) as shown:
        assert (shown.format, shown.mode, shown.size) == ("JPEG", "RGB", (1200, 675))
    assert len(made.content) <= 100_000


@settings(deadline=None, max_examples=40)
@given(st.integers(400, 2000), st.integers(230, 2000))
def test_every_shape_is_cropped_never_stretched(width: int, height: int) -> None:
    """To 16:9, at most 1200 wide, never made larger."""
    out = io.BytesIO()
    Image.new("RGB", (width, height), "#336699").save(out, "PNG")
    made = picture.made(out.getvalue())
    if isinstance(made, Made):
        assert made.width <= min(1200, width) and made.height <= height
        assert abs(made.width / made.height - 16 / 9) < 0.02
    else:
        assert "pixels wide" in made


def test_a_grainy_picture_is_made_smaller_until_it_is_light() -> None:
    """Rather than left out."""
    out = io.BytesIO()
    Image.effect_noise((1600, 900), 45).convert("RGB").save(out, "PNG")
    made = picture.made(out.getvalue())
    assert isinstance(made, Made) and made.width in picture.NARROWER
    assert len(made.content) <= picture.MOST_BYTES


def test_where_it_was_taken_stays_at_home() -> None:
    """EXIF is left out, after the picture was turned as it says."""
    image = Image.new("RGB", (900, 1600), "#336699")
    exif = image.getexif()
    exif[0x0112], exif[0x010E] = 6, "at home"
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif)
    made = picture.made(out.getvalue())
    assert isinstance(made, Made) and made.width == 1200
    with Image.open(io.BytesIO(made.content)) as shown:
        assert not shown.getexif()
    assert b"at home" not in made.content


@settings(deadline=None)
@given(st.binary(max_size=600) | st.integers(0, 4000).map(lambda n: file((60, 60))[:n]))
def test_no_bytes_break_it(content: bytes) -> None:
    """They are a picture, or there is a sentence why not."""
    made = picture.made(content)
    assert isinstance(made, Made) or made.startswith("it ")


def test_a_bomb_is_not_unpacked() -> None:
    """Few bytes that claim to be many pixels."""
    out = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")
    assert picture.made(out.getvalue()) == "it has more pixels than any newspaper prints"
