"""The shape of `appeals` and `contributions` in config.yaml."""

from pydantic import Field

from digest.config.fields import (
    AtMost,
    Currency,
    Day,
    Duration,
    HideFrom,
    Id,
    Line,
    Money,
    Paragraph,
    Parameter,
    PlatformKind,
    WebAddress,
)
from digest.config.shaping import NOT_EMPTY, SecretPlace, Shape
from digest.model.appeal import Choose


class VariantShape(Shape):
    """One wording of an appeal."""

    id: Id = Field(description="Short name of the wording, unique in its appeal.")
    heading: Line = Field(description="The line above.")
    subheading: Line | None = Field(default=None, description="One sentence under it.")
    text: Paragraph = Field(description="The request itself, in the newsroom's own words.")
    ask: Line | None = Field(
        default=None, description="The last sentence before the button, set off from the text."
    )
    button: Line = Field(description="The words on the button.")
    url: WebAddress = Field(description="Where the button leads.")
    weight: float = Field(
        default=1.0, gt=0, le=1000, description="Its share of the subscribers beside the others."
    )


class RulesShape(Shape):
    """Who sees an appeal, how often, and beside what it never stands."""

    hide_from: HideFrom = Field(
        default="nobody", description="`supporters` see no appeal, or it is hidden from `nobody`."
    )
    at_most: AtMost | None = Field(
        default=None,
        description='How often one subscriber sees it: "3 per week"; no limit if left out.',
    )
    not_beside: tuple[Line, ...] = Field(
        default=(),
        description="Themes it never stands beside: death, court, minor, disaster, war, violence,"
        " illness, or any word.",
    )


class GoalShape(Shape):
    """What an appeal is to bring in."""

    amount: Money = Field(description='The sum: "50000 EUR".')
    already: Money | None = Field(
        default=None, description="Given elsewhere or before; counts on top of what came in."
    )
    ends: Day | None = Field(default=None, description="The last day of the appeal.")


class AppealShape(Shape):
    """A contribution request in the footer."""

    id: Id = Field(description="Short name of the appeal, unique.")
    variants: tuple[VariantShape, ...] = Field(
        json_schema_extra=NOT_EMPTY, description="Wordings, dealt to the subscribers."
    )
    rules: RulesShape = Field(
        default_factory=RulesShape,
        description="Who sees it, how often, and beside what it never stands.",
    )
    choose: Choose = Field(
        default=Choose.WEIGHTS,
        description="How wordings are dealt: by their weights, or best: most see what earned most.",
    )
    explore: float = Field(
        default=0.1,
        gt=0,
        le=1,
        description="With `choose: best`: the share of subscribers that goes on trying all.",
    )
    goal: GoalShape | None = Field(default=None, description="What it is to bring in.")
    currency: Currency = Field(
        default="EUR", description="The currency wordings are compared in; a goal names its own."
    )
    reference: Parameter = Field(
        default="ref",
        description="Parameter of the url that carries the signed reference; a Stripe payment link"
        " wants client_reference_id.",
    )


class PlatformShape(Shape):
    """A donation platform that tells us of payments."""

    id: Id = Field(description="Its name in the address of its webhook: /hooks/gifts/ID.")
    kind: PlatformKind = Field(
        default="plain", description="stripe, or plain for everything that signs our own format."
    )
    secret: SecretPlace = Field(description="What its calls are signed with.")
    supporter_for: Duration = Field(
        default="365d",
        validate_default=True,
        description="So long a payment makes its giver a supporter.",
    )
