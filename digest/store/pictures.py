"""Pictures in the database, beside the editions that show them."""

from sqlalchemy import Row, Select, select

from digest.model.picture import Picture
from digest.store.engine import Database
from digest.store.tables_appeal import pictures


class Pictures:
    """The PictureStore port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, picture: Picture) -> None:
        """Keep it; one of its name is the same picture and stays."""
        values = {
            "name": picture.name,
            "url": picture.url,
            "width": picture.width,
            "height": picture.height,
            "content": picture.content,
            "made_at": picture.made_at,
        }
        with self._database.write() as connection:
            new = self._database.insert(pictures).values(values)
            connection.execute(new.on_conflict_do_nothing())

    def get(self, name: str) -> Picture | None:
        """By name."""
        return self._first(select(pictures).where(pictures.c.name == name))

    def made_from(self, url: str) -> Picture | None:
        """The latest that was made from the picture at the address."""
        wanted = select(pictures).where(pictures.c.url == url)
        return self._first(wanted.order_by(pictures.c.made_at.desc(), pictures.c.name).limit(1))

    def _first(self, wanted: Select[tuple[object, ...]]) -> Picture | None:
        with self._database.read() as connection:
            row = connection.execute(wanted).one_or_none()
            return None if row is None else _noun(row)


def _noun(row: Row[tuple[object, ...]]) -> Picture:
    return Picture(
        name=row.name,
        url=row.url,
        width=row.width,
        height=row.height,
        content=row.content,
        made_at=row.made_at,
    )
