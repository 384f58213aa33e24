"""All pages of a house, as the program serves them."""

from starlette.applications import Starlette

from digest.app.serve import all_routes
from digest.newsroom.house import House


def pages(house: House) -> Starlette:
    """Readers' pages and machines' addresses together."""
    return Starlette(routes=all_routes(lambda: house))
