"""The shape of `accounts` in config.yaml."""

from pydantic import Field

from digest.config.fields import (
    Budget,
    Duration,
    Hashtag,
    Id,
    Language,
    Line,
    QuietHours,
    ScheduleText,
    WebAddress,
    Zone,
)
from digest.config.shaping import SecretPlace, Shape
from digest.model.account import Links, Network, PostPicture, PostShape, Unread


class AccountShape(Shape):
    """A social profile and how it posts."""

    id: Id = Field(description="Short name of the account, unique.")
    network: Network = Field(description="Where it is.")
    url: WebAddress | None = Field(
        default=None,
        description="Address of the instance (mastodon, required) or of another server.",
    )
    handle: Line | None = Field(
        default=None,
        description="Name of the profile without @; required for bluesky. linkedin: who posts, as"
        " urn:li:organization:NUMBER; telegram: the chat, as @NAME or its number; threads: the"
        " number of the user.",
    )
    keys: SecretPlace | None = Field(
        default=None,
        description="x only: the four keys with spaces between: consumer key, consumer secret,"
        " access token, access token secret.",
    )
    client: SecretPlace | None = Field(
        default=None,
        description="x with OAuth 2 only: client id and client secret with a space between; its"
        " refresh token is the `token`.",
    )
    password: SecretPlace | None = Field(default=None, description="bluesky only: an app password.")
    token: SecretPlace | None = Field(
        default=None,
        description="mastodon, threads, linkedin: an access token; telegram: the bot's; x: a"
        " refresh token, beside `client`.",
    )
    webhook: SecretPlace | None = Field(
        default=None, description="slack and discord only: the whole address of the webhook."
    )
    shape: PostShape = Field(
        default=PostShape.PER_STORY,
        description="A post per_story, or one thread an edition (one post where all of it fits).",
    )
    links: Links = Field(
        default=Links.ALL,
        description="Which posts carry a link: all, last_in_thread, none, or as many as the budget"
        " pays for.",
    )
    picture: PostPicture = Field(
        default=PostPicture.CARD,
        description="The card of the link, an image with alt text (x, bluesky, mastodon), or none.",
    )
    hashtags: tuple[Hashtag, ...] = Field(
        default=(),
        description="The only hashtags ever used; one is set where the story says its words, two at"
        " most.",
    )
    hold_words: tuple[Line, ...] = Field(
        default=(), description="A post that says one of these waits for an editor."
    )
    stories: int = Field(
        default=3, ge=1, le=20, description="Stories posted of an edition at most."
    )
    slots: tuple[ScheduleText, ...] = Field(
        default=(),
        description='When it posts, one post or thread a slot: "weekdays 08:15, 12:30"; as editions'
        " go out if left out.",
    )
    gap: Duration = Field(
        default="2m",
        validate_default=True,
        description="At least so long between two posts; the parts of a thread follow at once.",
    )
    quiet: QuietHours | None = Field(
        default=None, description="Hours in which nothing is posted, by the account's clock."
    )
    timezone: Zone | None = Field(
        default=None,
        description="IANA zone of slots, quiet hours and budget; the site's if left out.",
    )
    budget: Budget | None = Field(
        default=None,
        description='What it may cost: "20 USD per month" (day, week); what would exceed it waits.',
    )
    max_age: Duration = Field(
        default="6h", validate_default=True, description="Older news is not posted any more."
    )
    unread: Unread = Field(
        default=Unread.ASK,
        description="A post whose answer was lost where nobody can look (telegram, slack, discord):"
        " ask an editor, or resend it and risk to have it twice.",
    )
    language: Language | None = Field(
        default=None, description="Language of its posts; the site's if left out."
    )
