"""An edition's compiled letters, and the message each subscriber gets from them."""

from collections.abc import Mapping
from dataclasses import dataclass

from digest import deliver
from digest.errors import DigestError
from digest.model.audience import Subscriber
from digest.model.delivery import Message
from digest.model.edition import Edition, Email
from digest.model.newsletter import Appeal, Newsletter
from digest.newsroom.house import House
from digest.newsroom.subscribing import secret
from digest.render import email as render_email
from digest.render.message import Letter, compile_email


@dataclass(frozen=True, slots=True, kw_only=True)
class Letters:
    """Everything needed to write the messages of one edition without rendering again."""

    house: House
    edition: Edition
    newsletter: Newsletter
    by_variant: Mapping[str, Letter]
    secret: str

    def values(self, subscriber: Subscriber) -> dict[str, str]:
        """What differs between subscribers."""
        token = deliver.unsubscribe_token(self.secret, self.newsletter.id, subscriber.id)
        return {
            "unsubscribe_url": deliver.unsubscribe_url(self.house.settings.site, token),
            "address": subscriber.address,
        }

    def message(self, subscriber: Subscriber, variant: str) -> Message:
        """The message of one subscriber; a variant that is gone falls back to no appeal."""
        settings = self.house.settings
        values = self.values(subscriber)
        headers = deliver.own_headers(
            self.edition,
            subscriber,
            site=settings.site,
            newsletter=self.newsletter,
            mail=settings.mail,
            unsubscribe_url=values["unsubscribe_url"],
        )
        letter = self.by_variant.get(variant) or self.by_variant[""]
        return Message(
            edition_id=self.edition.id,
            subscriber_id=subscriber.id,
            sender=settings.mail.from_address,
            address=subscriber.address,
            content=letter.fill(headers, values),
        )


def rendered(
    house: House, newsletter: Newsletter, edition: Edition, appeal: Appeal | None
) -> tuple[Email, ...]:
    """The emails of an edition, under a nonce that its content cannot know."""
    return render_email.emails(
        edition,
        site=house.settings.site,
        newsletter=newsletter,
        appeal=appeal,
        templates=house.templates,
        nonce="DG" + house.ids.token(10),
    )


def letters(house: House, edition: Edition) -> Letters:
    """The letters of a stored edition, from the bytes compiled when it was written."""
    return compiled(house, edition, house.store.editions.emails(edition.id, edition.revision))


def compiled(house: House, edition: Edition, emails: list[Email]) -> Letters:
    """Compile the emails of an edition, one letter for each appeal variant."""
    newsletter = house.settings.newsletter(edition.newsletter_id)
    if newsletter is None:
        raise DigestError(
            f"{edition.slug}: the newsletter {edition.newsletter_id!r} is no longer configured;"
            " nothing more of it was sent. Put it back or kill the edition"
        )
    shared = deliver.shared_headers(
        edition, newsletter=newsletter, site=house.settings.site, mail=house.settings.mail
    )
    return Letters(
        house=house,
        edition=edition,
        newsletter=newsletter,
        by_variant={email.variant: compile_email(email, shared) for email in emails},
        secret=secret(house),
    )
