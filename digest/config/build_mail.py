"""`mail` as a value."""

from digest.config.mail_shape import DkimShape, MailShape
from digest.config.shaping import SecretShape
from digest.config.surroundings import Surroundings
from digest.model.mail import Dkim, DkimKey, MailSettings
from digest.model.newsletter import Site


def mail(shape: MailShape, site: Site, around: Surroundings) -> MailSettings:
    """Where messages go and how they are signed."""
    return MailSettings(
        from_name=shape.sender.name or site.name,
        from_address=shape.sender.address,
        relay=around.relay(shape.relay),
        starttls=shape.starttls,
        user=shape.user or "",
        password=around.secret(shape.password, ("mail", "password")),
        rate=shape.rate or 0.0,
        connections=shape.connections,
        timeout=shape.timeout,
        ca_file=around.file(shape.ca_file, ("mail", "ca_file")),
        reply_to=shape.reply_to or "",
        unsubscribe=shape.unsubscribe or "",
        bounces=shape.bounces or "",
        bulk=shape.precedence == "bulk",
        dkim=_dkim(shape.dkim, shape.sender.address, around),
    )


def _dkim(shape: DkimShape | None, sender: str, around: Surroundings) -> Dkim | None:
    """None with a warning when its key is not there: messages then go unsigned."""
    if shape is None:
        return None
    rsa = _key(shape.selector, shape.key, around, "key")
    if rsa is None:
        return None
    second = shape.ed25519
    return Dkim(
        domain=shape.domain or sender.rpartition("@")[2],
        rsa=rsa,
        ed25519=_key(second.selector, second.key, around, "ed25519", "key") if second else None,
    )


def _key(selector: str, place: SecretShape, around: Surroundings, *trail: str) -> DkimKey | None:
    secret = around.secret(place, ("mail", "dkim", *trail))
    return DkimKey(selector=selector, key=secret) if secret else None
