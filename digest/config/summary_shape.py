"""The shape of `summary`: how long the bulletin may be and who writes it."""

from pydantic import Field

from digest.config.fields import Duration, Line, WebAddress
from digest.config.shaping import SecretPlace, Shape
from digest.model.newsletter import WriterKind

OPENAI_URL = "https://api.openai.com"
ANTHROPIC_URL = "https://api.anthropic.com"


class ModelShape(Shape):
    """A language model that may word the lines; each line still has to pass the gate."""

    url: WebAddress | None = Field(
        default=None,
        description="Base address of the server, without /v1; the provider's own if left out.",
    )
    model: Line = Field(description="Name of the model, as the server knows it.")
    key: SecretPlace | None = Field(
        default=None, description="The key to the server, as a secret; your own may need none."
    )
    deadline: Duration = Field(
        default="20s",
        validate_default=True,
        description="For the whole call; after that the lines are taken by rule.",
    )
    input_price: float | None = Field(
        default=None, ge=0, description="US dollars for a million tokens of input, for the record."
    )
    output_price: float | None = Field(
        default=None, ge=0, description="US dollars for a million tokens of output."
    )


class SummaryShape(Shape):
    """How long the bulletin may be and who writes it."""

    words: int = Field(
        default=210,
        ge=40,
        le=210,
        description="Words in a bulletin at most; 210 are read within a minute, 175 by slow"
        " readers.",
    )
    line_words: int = Field(default=35, ge=12, le=35, description="Words in one brief at most.")
    writer: WriterKind = Field(
        default=WriterKind.RULES,
        description="Who words the lines: rules, or the model under openai or anthropic.",
    )
    openai: ModelShape | None = Field(
        default=None, description="A server that speaks OpenAI's chat completions."
    )
    anthropic: ModelShape | None = Field(
        default=None, description="A server that speaks Anthropic's messages."
    )
    abbreviations: tuple[Line, ...] = Field(
        default=(), description="Your own abbreviations, after which no sentence ends: Cllr, Gda."
    )
