"""All pages of a house, as the program serves them."""

from starlette.applications import Starlette

from digest.app.serve import all_routes
from digest.newsroom.house import House
from digest.web.answers import nothing_there


def pages(house: House) -> Starlette:
    """Readers' pages and machines' addresses together."""
    missing = nothing_there(lambda: house)
    return Starlette(routes=all_routes(lambda: house), exception_handlers={404: missing})
