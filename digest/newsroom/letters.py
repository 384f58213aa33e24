"""An edition's compiled letters, and the message each subscriber gets from them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zlib import crc32

from digest.deliver import appeals, dkim, headers, tokens
from digest.deliver.dkim import Signer
from digest.deliver.headers import Envelope
from digest.errors import DigestError
from digest.model.appeal import Appeal
from digest.model.audience import Subscriber
from digest.model.delivery import Message
from digest.model.edition import Edition, Email, Letter
from digest.model.newsletter import Newsletter, Site
from digest.newsroom import giving
from digest.newsroom.house import House
from digest.newsroom.subscribing import secret
from digest.render import email as render_email
from digest.render.headers import lines
from digest.render.message import digest_of, fill, shared


@dataclass(frozen=True, slots=True, kw_only=True)
class Letters:
    """Everything needed to write the messages of one edition without rendering again."""

    edition: Edition
    newsletter: Newsletter
    by_variant: Mapping[str, Letter]
    secret: str
    site: Site
    envelope: Envelope
    same: bytes
    """Header lines that all its messages share and that are known at the release only."""
    signers: Mapping[str, Sequence[Signer]]
    """By variant; none where the relay signs."""

    def values(self, subscriber: Subscriber) -> dict[str, str]:
        """What differs between subscribers."""
        reader = tokens.reader_token(self.secret, self.newsletter.id, subscriber.id)
        return self._values(subscriber.address, reader)

    def message(self, subscriber: Subscriber, variant: str) -> Message:
        """The message of one subscriber; a variant that is gone falls back to no appeal."""
        return self.message_to(subscriber.id, subscriber.address, variant)

    def message_to(self, subscriber_id: int, address: str, variant: str) -> Message:
        """The same, of the subscriber with that id and address."""
        if variant not in self.by_variant:
            variant = ""
        reader = tokens.reader_token(self.secret, self.newsletter.id, subscriber_id)
        values = self._values(address, reader)
        delivery = tokens.delivery_token(self.secret, self.edition.id, subscriber_id)
        own = lines(self.envelope.own(address, delivery, reader, values["unsubscribe_url"]))
        content = fill(self.by_variant[variant], self.same + own, values)
        if signers := self.signers.get(variant):
            content = dkim.signed(content, own, signers)
        return Message(
            edition_id=self.edition.id,
            subscriber_id=subscriber_id,
            sender=self.envelope.sender_of(delivery),
            address=address,
            content=content,
            dotless=True,
        )

    def trial(self, address: str, variant: str) -> Message:
        """The message for somebody who looks at it: the same bytes, with links that are nobody's
        and a header that says so; it is no delivery."""
        values = {
            "unsubscribe_url": f"{self.site.url.rstrip('/')}/unsubscribe",
            "manage_url": f"{self.site.url.rstrip('/')}/manage",
            "address": address,
        }
        told = self.envelope.own(address, "test", "test", values["unsubscribe_url"])
        own = lines(told) + lines((("X-Digest-Test", "yes"),))
        content = fill(self.by_variant[variant], self.same + own, values)
        if signers := self.signers.get(variant):
            content = dkim.signed(content, own, signers)
        return Message(
            edition_id=self.edition.id,
            # No subscriber, and no two alike: a dry machine names files by it.
            subscriber_id=-1 - crc32(f"{self.edition.slug}.{address}.{variant}".encode()),
            sender=self.envelope.sender_of("test"),
            address=address,
            content=content,
        )

    def _values(self, address: str, reader: str) -> dict[str, str]:
        return {
            "unsubscribe_url": tokens.unsubscribe_url(self.site, reader),
            "manage_url": tokens.manage_url(self.site, reader),
            "address": address,
        }


def rendered(
    house: House, newsletter: Newsletter, edition: Edition, appeal: Appeal | None
) -> tuple[Email, ...]:
    """The emails of an edition, under a nonce that its content cannot know."""
    settings = house.settings
    links = appeals.links(secret(house), edition, appeal, settings.site) if appeal else {}
    return render_email.emails(
        edition,
        site=settings.site,
        newsletter=newsletter,
        brand=settings.brand,
        appeal=appeal,
        links=links,
        headers=headers.shared_headers(
            edition, newsletter=newsletter, site=settings.site, mail=settings.mail
        ),
        meter=giving.meter(house, appeal),
        templates=house.templates,
        nonce="DG" + house.ids.token(10),
    )


def letters(house: House, edition: Edition) -> Letters:
    """The letters of a stored edition, from the bytes compiled when it was written."""
    return compiled(house, edition, house.store.editions.emails(edition.id, edition.revision))


def compiled(house: House, edition: Edition, emails: Sequence[Email]) -> Letters:
    """The letters of an edition; DigestError when their bytes are not those that were stored."""
    newsletter = house.settings.newsletter(edition.newsletter_id)
    if newsletter is None:
        raise DigestError(
            f"{edition.slug}: the newsletter {edition.newsletter_id!r} is no longer configured;"
            " nothing more of it was sent. Put it back or kill the edition"
        )
    for email in emails:
        if digest_of(email.letter) != email.hash:
            raise DigestError(
                f"{edition.slug}: the stored email is damaged (its hash differs); nothing more of"
                " it was sent. Restore the database from a backup, or kill the edition"
            )
    settings = house.settings
    same = lines(headers.release_headers(edition))
    return Letters(
        edition=edition,
        newsletter=newsletter,
        by_variant={email.variant: email.letter for email in emails},
        secret=secret(house),
        site=settings.site,
        envelope=headers.envelope(edition, settings.mail),
        same=same,
        signers={
            email.variant: dkim.signers(settings.mail.dkim, shared(email.letter, same))
            for email in emails
        },
    )
