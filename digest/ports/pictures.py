"""What the use cases need remembered of pictures."""

from typing import Protocol

from digest.model.picture import Picture


class PictureStore(Protocol):
    """Pictures that stand in our mail."""

    def save(self, picture: Picture) -> None:
        """Keep it; one of its name is the same picture and stays."""

    def get(self, name: str) -> Picture | None:
        """By name."""

    def made_from(self, url: str) -> Picture | None:
        """The latest that was made from the picture at the address."""
