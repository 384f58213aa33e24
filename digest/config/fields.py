"""How each kind of value is read from its text, and described to an editor program."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Annotated, Literal, TypeVar

from pydantic import PlainValidator, ValidationInfo, WithJsonSchema

from digest.config import account_values, pace_values, small, values
from digest.config.small import Sum
from digest.config.values import Limit, Sender
from digest.model import account as budgets
from digest.model.mail import Quiet, Rate

T = TypeVar("T")


def reader(read: Callable[[str], T]) -> PlainValidator:
    """A validator that takes text only and reads it so."""

    def validate(value: object) -> T:
        return read(as_text(value))

    return PlainValidator(validate)


def as_text(value: object) -> str:
    """The value when it is text; ValueError says what it is instead."""
    if isinstance(value, str):
        return value
    raise ValueError("should be text, not " + ("a list" if isinstance(value, list) else "keys"))


def _schedule(value: object, info: ValidationInfo) -> str:
    text = values.line(as_text(value))
    problem = info.context["schedule_problem"](text) if info.context else ""
    if problem:
        raise ValueError(problem)
    return text


HideFrom = Literal["supporters", "nobody"]
StartTls = Literal["auto", "always", "never"]
Precedence = Literal["bulk", "none"]
Provider = Literal[
    "brevo", "mailgun", "mailjet", "postmark", "resend", "sendgrid", "ses", "sparkpost"
]
PlatformKind = Literal["stripe", "plain"]

DURATION = "(\\d+(\\.\\d+)?\\s*[a-zA-Z]+\\s*)+"

Line = Annotated[str, reader(values.line), WithJsonSchema({"type": "string", "minLength": 1})]
Paragraph = Annotated[
    str, reader(values.paragraph), WithJsonSchema({"type": "string", "minLength": 1})
]
Id = Annotated[
    str,
    reader(values.identifier),
    WithJsonSchema({"type": "string", "pattern": "^[a-z0-9]([a-z0-9_-]{0,38}[a-z0-9])?$"}),
]
Duration = Annotated[
    timedelta,
    reader(values.duration),
    WithJsonSchema({"type": "string", "pattern": f"^{DURATION}$", "examples": ["10m", "2h"]}),
]
Interval = Annotated[
    timedelta,
    reader(values.interval),
    WithJsonSchema({"type": "string", "pattern": f"^{DURATION}$", "examples": ["10m", "1h"]}),
]
Pattern = Annotated[
    str,
    reader(values.pattern),
    WithJsonSchema({"type": "string", "format": "regex", "examples": ["/news/\\d+"]}),
]
Inside = Annotated[
    str,
    reader(values.inside),
    WithJsonSchema({"type": "string", "examples": ["cms.newsroom.lan", "10.1.0.0/16"]}),
]
Rates = Annotated[
    tuple[Rate, ...],
    reader(pace_values.rates),
    WithJsonSchema({"type": "string", "examples": ["200/s", "20/s, 5000/h"]}),
]
QuietHours = Annotated[
    Quiet,
    reader(pace_values.quiet),
    WithJsonSchema({"type": "string", "examples": ["22:00-07:00"]}),
]
InboxAddress = Annotated[
    str,
    reader(pace_values.inbox),
    WithJsonSchema({"type": "string", "pattern": "^(imap|pop3)s?://"}),
]
Every = Annotated[
    timedelta,
    reader(pace_values.pause_between),
    WithJsonSchema({"type": "string", "pattern": f"^{DURATION}$", "examples": ["5m"]}),
]
AtMost = Annotated[
    Limit, reader(values.limit), WithJsonSchema({"type": "string", "examples": ["3 per week"]})
]
Budget = Annotated[
    budgets.Budget,
    reader(account_values.budget),
    WithJsonSchema({"type": "string", "examples": ["20 USD per month"]}),
]
Hashtag = Annotated[
    str,
    reader(account_values.hashtag),
    WithJsonSchema({"type": "string", "examples": ["Housing", "DublinBus"]}),
]
Money = Annotated[
    Sum, reader(small.money), WithJsonSchema({"type": "string", "examples": ["50000 EUR"]})
]
Currency = Annotated[
    str, reader(small.currency), WithJsonSchema({"type": "string", "examples": ["EUR"]})
]
Colour = Annotated[
    str, reader(small.colour), WithJsonSchema({"type": "string", "pattern": "^#[0-9a-fA-F]{6}$"})
]
Fonts = Annotated[
    str,
    reader(small.fonts),
    WithJsonSchema({"type": "string", "examples": ['Georgia, "Times New Roman", serif']}),
]
Pixels = Annotated[
    int, reader(small.pixels), WithJsonSchema({"type": "integer", "minimum": 16, "maximum": 536})
]
Parameter = Annotated[
    str,
    reader(small.parameter),
    WithJsonSchema({"type": "string", "pattern": "^[A-Za-z][A-Za-z0-9_-]*$"}),
]
Selector = Annotated[
    str,
    reader(small.selector),
    WithJsonSchema({"type": "string", "pattern": "^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$"}),
]
Domain = Annotated[
    str, reader(small.domain), WithJsonSchema({"type": "string", "examples": ["example.org"]})
]
Day = Annotated[date, reader(values.day), WithJsonSchema({"type": "string", "format": "date"})]
Zone = Annotated[
    str, reader(values.zone), WithJsonSchema({"type": "string", "examples": ["Europe/Dublin"]})
]
Language = Annotated[
    str, reader(values.language), WithJsonSchema({"type": "string", "examples": ["en", "en-IE"]})
]
Address = Annotated[
    str, reader(values.address), WithJsonSchema({"type": "string", "format": "email"})
]
From = Annotated[
    Sender,
    reader(values.sender),
    WithJsonSchema({"type": "string", "examples": ["The Sample Post <news@example.org>"]}),
]
WebAddress = Annotated[
    str, reader(values.web_address), WithJsonSchema({"type": "string", "pattern": "^https?://"})
]
SourceAddress = Annotated[
    str,
    reader(values.source_address),
    WithJsonSchema({"type": "string", "pattern": "^(https?://|file:)"}),
]
SiteAddress = Annotated[
    str, reader(values.site_address), WithJsonSchema({"type": "string", "pattern": "^https?://"})
]
Listen = Annotated[
    str, reader(values.listen), WithJsonSchema({"type": "string", "examples": ["127.0.0.1:8060"]})
]
Relay = Annotated[
    str,
    reader(values.relay),
    WithJsonSchema({"type": "string", "pattern": "^(smtps?://|ses://|maildir:)"}),
]
StoreAddress = Annotated[
    str,
    reader(values.store),
    WithJsonSchema({"type": "string", "pattern": "^(sqlite:///|postgresql(\\+psycopg)?://)"}),
]
Country = Annotated[
    str,
    reader(values.country),
    WithJsonSchema({"type": "string", "examples": ["IE", "GB-NIR"]}),
]
ScheduleText = Annotated[
    str,
    PlainValidator(_schedule),
    WithJsonSchema({"type": "string", "examples": ["weekdays 07:00", "every 2 hours 08:00-20:00"]}),
]
EnvironmentName = Annotated[
    str,
    reader(values.environment_name),
    WithJsonSchema({"type": "string", "pattern": "^[A-Za-z_][A-Za-z0-9_]*$"}),
]
