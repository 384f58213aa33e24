"""The edition that email is measured with, compiled as the house does it."""

from digest.deliver import appeals, headers
from digest.deliver.headers import Headers
from digest.model.appeal import Link
from digest.model.brand import Brand
from digest.model.edition import Edition, Email
from digest.model.mail import MailSettings
from digest.render import email as rendering
from digest.render.specimen import APPEAL, METER, NEWSLETTER, NONCE, NOW, SITE, edition

__all__ = ["APPEAL", "MAIL", "METER", "NEWSLETTER", "NONCE", "NOW", "SECRET", "SITE", "edition"]

SECRET = "s" * 32
MAIL = MailSettings(from_name="The Sample Post", from_address="news@sample.example")


def shared_headers(made: Edition) -> Headers:
    """The edition's."""
    return headers.shared_headers(made, newsletter=NEWSLETTER, site=SITE, mail=MAIL)


def links(made: Edition) -> dict[str, Link]:
    """Where its buttons lead."""
    return appeals.links(SECRET, made, APPEAL, SITE)


def emails(made: Edition, templates: dict[str, str]) -> tuple[Email, ...]:
    """The edition compiled: one email without an appeal and one for each wording."""
    return rendering.emails(
        made,
        site=SITE,
        newsletter=NEWSLETTER,
        brand=Brand(),
        appeal=APPEAL,
        links=links(made),
        headers=shared_headers(made),
        meter=METER,
        templates=templates,
        nonce=NONCE,
    )
