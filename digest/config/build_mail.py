"""`mail` as a value."""

from dataclasses import replace

from digest.config.mail_shape import DkimShape, MailShape, RelayKeys, WarmUpShape
from digest.config.read import Trail
from digest.config.shaping import SecretShape
from digest.config.surroundings import Surroundings
from digest.model.mail import Dkim, DkimKey, Hook, Inbox, MailSettings, Relay, WarmUp
from digest.model.newsletter import Site


def mail(shape: MailShape, site: Site, around: Surroundings) -> MailSettings:
    """Where messages go and how they are signed."""
    return MailSettings(
        from_name=shape.sender.name or site.name,
        from_address=shape.sender.address,
        relays=_relays(shape, around),
        rates=shape.rate or (),
        domains={one.domain: one.rate for one in shape.domains},
        warm_up=_warm_up(shape.warm_up),
        quiet=shape.quiet,
        reply_to=shape.reply_to or "",
        unsubscribe=shape.unsubscribe or "",
        bounces=shape.bounces or "",
        inboxes=tuple(
            Inbox(
                address=one.address,
                user=one.user,
                password=around.secret(one.password, ("mail", "inboxes", n, "password")),
                every=one.every,
            )
            for n, one in enumerate(shape.inboxes)
        ),
        hooks=tuple(
            Hook(
                provider=one.provider,
                secret=around.secret(one.secret, ("mail", "hooks", n, "secret")),
            )
            for n, one in enumerate(shape.hooks)
        ),
        bulk=shape.precedence == "bulk",
        dkim=_dkim(shape.dkim, shape.sender.address, around),
    )


def _relays(shape: MailShape, around: Surroundings) -> tuple[Relay, ...]:
    """Those that are listed, or the one that `relay` names."""
    if not shape.relays:
        return (_relay(shape, "relay", shape.relay, around, ("mail",)),)
    return tuple(
        replace(
            _relay(one, one.id, one.address, around, ("mail", "relays", n)),
            weight=one.weight,
            rates=one.rate or (),
        )
        for n, one in enumerate(shape.relays)
    )


def _relay(keys: RelayKeys, name: str, address: str, around: Surroundings, trail: Trail) -> Relay:
    return Relay(
        id=name,
        address=around.relay(address),
        connections=keys.connections,
        per_connection=keys.per_connection,
        pipelining=keys.pipelining,
        starttls=keys.starttls,
        log_in=keys.log_in,
        user=keys.user or "",
        password=around.secret(keys.password, (*trail, "password")),
        timeout=keys.timeout,
        ca_file=around.file(keys.ca_file, (*trail, "ca_file")),
        url=keys.api_url or "",
    )


def _warm_up(shape: WarmUpShape | None) -> WarmUp | None:
    if shape is None:
        return None
    return WarmUp(start=shape.start, first=shape.first, last=shape.last, days=shape.days)


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
