"""Pictures that stand in our mail."""

from collections.abc import Callable

from starlette.routing import Route

from digest.newsroom.house import House


def routes(house_of: Callable[[], House]) -> list[Route]:
    """Their routes."""
    return []
