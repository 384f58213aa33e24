"""Servers that speak OpenAI's chat completions: OpenAI itself, and most that run models."""

from digest.adapters.writers.answers import Reply, part, reply, texts, tokens
from digest.adapters.writers.call import Api, Question, schema
from digest.model.newsletter import ModelSettings
from digest.model.writing import WritingRequest


def ask(request: WritingRequest, model: ModelSettings) -> Question:
    """Only what every server of the kind knows: no limit of tokens, whose name differs, and no
    temperature, which some models refuse."""
    return Question(
        path="/v1/chat/completions",
        headers={"Authorization": f"Bearer {model.key.reveal()}"} if model.key else {},
        body={
            "model": model.name,
            "messages": [
                {"role": "system", "content": request.instructions},
                {"role": "user", "content": request.stories},
            ],
        },
        form={
            "response_format": {
                "type": "json_schema",
                "json_schema": {"name": "lines", "strict": True, "schema": schema(request.ids)},
            }
        },
    )


def read(data: object) -> Reply:
    """The first choice's text."""
    message = part(data, "choices", 0, "message")
    refusal, reason = part(message, "refusal"), part(data, "choices", 0, "finish_reason")
    because = "it refused" if isinstance(refusal, str) and refusal else reason
    return reply(
        texts(part(message, "content")),
        because=because if isinstance(because, str) else "",
        tokens_in=tokens(part(data, "usage", "prompt_tokens")),
        tokens_out=tokens(part(data, "usage", "completion_tokens")),
    )


OPENAI = Api(ask=ask, read=read)
