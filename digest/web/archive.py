"""The archive: every edition on the web, its feed and its card."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from digest.model.edition import Edition
from digest.newsroom import archive
from digest.newsroom.house import House
from digest.render import atom, page
from digest.render.values import base
from digest.text.plain import one_line
from digest.web.answers import html, not_found, plain_page, unchanged

PAGE = 30
"""Editions on a page of the archive, and in the feed."""
FEED = "application/atom+xml; charset=utf-8"

NO_EDITION = "The address may be mistyped, or the edition is not out or was withdrawn."


class Archive:
    """GET and HEAD change nothing here."""

    def __init__(self, house_of: Callable[[], House]) -> None:
        self._house_of = house_of
        self._cards: dict[tuple[str, int], bytes] = {}

    def listing(self, request: Request) -> Response:
        """Editions, the newest first, of one newsletter or of all; older ones a page further."""
        house = self._house_of()
        wanted = request.query_params.get("newsletter") or None
        found, older = self._listed(house, wanted, request.query_params.get("before", ""))
        language = house.settings.site.language
        values = {
            "newsletters": [
                {"id": n.id, "title": one_line(n.title)} for n in house.settings.newsletters
            ],
            "chosen": wanted or "",
            "editions": page.listed_editions(found, language),
            "older": older,
        }
        return plain_page(house, "editions", values)

    def feed(self, request: Request) -> Response:
        """The same as an Atom feed."""
        house = self._house_of()
        wanted = request.query_params.get("newsletter") or None
        newsletters = {n.id: n for n in house.settings.newsletters}
        if wanted is not None and wanted not in newsletters:
            return not_found(house, "There is no such newsletter", NO_EDITION)
        site = house.settings.site
        address = f"{base(site)}/editions.atom" + (f"?newsletter={wanted}" if wanted else "")
        name = newsletters[wanted].title if wanted else site.name
        content = atom.feed(
            archive.latest(house, wanted, PAGE),
            site=site,
            newsletters=newsletters,
            title=one_line(name),
            address=address,
        )
        return unchanged(request, Response(content, media_type=FEED), "public, max-age=300")

    def edition(self, request: Request) -> Response:
        """A released edition as its readers got it, without anybody's own links."""
        house = self._house_of()
        edition = archive.public(house, request.path_params["slug"])
        newsletter = house.settings.newsletter(edition.newsletter_id) if edition else None
        emails = house.store.editions.emails(edition.id, edition.revision) if edition else []
        if edition is None or newsletter is None or not emails:
            return not_found(house, "There is no such edition", NO_EDITION)
        site = house.settings.site
        content = page.edition_page(
            page.shown(emails),
            site=site,
            newsletter=newsletter,
            edition=edition,
            note=page.corrections_note(edition, site=site, templates=house.templates),
        )
        answer = html(content, csp=page.policy(site, house.settings.brand), cache="")
        return unchanged(request, answer, "public, max-age=60")

    def card(self, request: Request) -> Response:
        """The picture of an edition; drawn once, and anew for each revision."""
        house = self._house_of()
        edition = archive.public(house, request.path_params["slug"])
        newsletter = house.settings.newsletter(edition.newsletter_id) if edition else None
        if edition is None or newsletter is None:
            return not_found(house, "There is no such edition", NO_EDITION)
        key = (edition.slug, edition.revision)
        if key not in self._cards:
            while len(self._cards) >= PAGE:
                del self._cards[next(iter(self._cards))]
            self._cards[key] = archive.card_of(house, edition, newsletter)
        answer = Response(self._cards[key], media_type="image/jpeg")
        answer.headers["X-Content-Type-Options"] = "nosniff"
        return unchanged(request, answer, "public, max-age=3600")

    def _listed(self, house: House, wanted: str | None, before: str) -> tuple[list[Edition], str]:
        """The editions of a page, and the slug that the next page begins before."""
        start = archive.public(house, before) if before else None
        if start is not None and wanted in (None, start.newsletter_id):
            found = archive.before(house, start, wanted, PAGE + 1)
        else:
            found = archive.latest(house, wanted, PAGE + 1)
        return found[:PAGE], found[PAGE - 1].slug if len(found) > PAGE else ""


def routes(house_of: Callable[[], House]) -> list[Route]:
    """Their routes."""
    pages = Archive(house_of)
    return [
        Route("/editions", pages.listing),
        Route("/editions.atom", pages.feed),
        Route("/editions/{slug}", pages.edition),
        Route("/cards/{slug}.jpg", pages.card),
    ]
