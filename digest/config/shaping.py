"""What every part of config.yaml's shape stands on: known keys only, and secrets never in it."""

from typing import Annotated

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    JsonValue,
    Tag,
    model_validator,
)

from digest.config.fields import EnvironmentName, Line, StoreAddress

NOT_EMPTY: dict[str, JsonValue] = {"minItems": 1}
"""For editor programs; `whole` checks it, as pydantic counts only the faultless items."""


class Shape(BaseModel):
    """Keys with known names; a key without a value counts as left out."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False, defer_build=True)

    @model_validator(mode="before")
    @classmethod
    def _without_empty(cls, data: object) -> object:
        if not isinstance(data, dict):
            return data
        known = {field.alias or name for name, field in cls.model_fields.items()}
        return {key: v for key, v in data.items() if v is not None or key not in known}


class SecretShape(Shape):
    """Where a secret is found: exactly one of the two."""

    env: EnvironmentName | None = Field(
        default=None, description="Name of an environment variable."
    )
    file: Line | None = Field(
        default=None, description="File that holds the secret, absolute or beside config.yaml."
    )

    @model_validator(mode="after")
    def _exactly_one(self) -> "SecretShape":
        if (self.env is None) == (self.file is None):
            raise ValueError("needs exactly one: {env: NAME} or {file: PATH}")
        return self


def _no_plain_secret(value: object) -> object:
    if isinstance(value, str):
        raise ValueError("a secret never stands in this file: write {env: NAME} or {file: PATH}")
    return value


def kind(value: object) -> str:
    """Which of two ways a value is written in: as keys or as text."""
    return "keys" if isinstance(value, dict | BaseModel) else "text"


SecretPlace = Annotated[SecretShape, BeforeValidator(_no_plain_secret)]
Store = Annotated[
    Annotated[StoreAddress, Tag("text")] | Annotated[SecretShape, Tag("keys")],
    Discriminator(kind),
]
