"""Servers that speak Anthropic's messages."""

from digest.adapters.writers.answers import Reply, part, reply, texts, tokens
from digest.adapters.writers.call import Api, Question, schema
from digest.model.newsletter import ModelSettings
from digest.model.writing import WritingRequest

VERSION = "2023-06-01"
MOST_TOKENS = 4096
"""It has to be said; the lines of a bulletin need some hundreds, and every model allows this."""


def ask(request: WritingRequest, model: ModelSettings) -> Question:
    """The schema goes as an output format; a tool, even a forced one, is more than we offer."""
    key = {"x-api-key": model.key.reveal()} if model.key else {}
    return Question(
        path="/v1/messages",
        headers={"anthropic-version": VERSION} | key,
        body={
            "model": model.name,
            "max_tokens": MOST_TOKENS,
            "system": request.instructions,
            "messages": [{"role": "user", "content": request.stories}],
        },
        form={"output_config": {"format": {"type": "json_schema", "schema": schema(request.ids)}}},
    )


def read(data: object) -> Reply:
    """All text blocks; tokens from a cache are input, too."""
    reason = part(data, "stop_reason")
    usage = part(data, "usage")
    inputs = ("input_tokens", "cache_creation_input_tokens", "cache_read_input_tokens")
    return reply(
        texts(part(data, "content")),
        because=reason if isinstance(reason, str) else "",
        tokens_in=sum(tokens(part(usage, name)) for name in inputs),
        tokens_out=tokens(part(usage, "output_tokens")),
    )


ANTHROPIC = Api(ask=ask, read=read)
