"""What every way to a language model must do, on both kinds of server and on the fake."""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest

from digest.adapters.clock import SystemClock
from digest.adapters.writers.anthropic import ANTHROPIC
from digest.adapters.writers.call import Api, ModelWriter
from digest.adapters.writers.openai import OPENAI
from digest.model.newsletter import ModelSettings
from digest.model.secret import Secret
from digest.model.writing import WritingRequest
from digest.ports import Writer
from tests.fakes_writer import FakeWriter
from tests.model_server import answers, envelope, fails, hangs, says, serving

LINES = {"1": "The lights are on.", "2": "Ćuprija’s bridge is “shut”."}
REQUEST = WritingRequest(
    instructions="Be brief.", stories="Two stories.", ids=("1", "2"), seconds=5.0
)
APIS = {"openai": OPENAI, "anthropic": ANTHROPIC}
Way = Callable[[str], AbstractAsyncContextManager[Writer]]


def writer(api: Api, url: str, **changes: Any) -> ModelWriter:
    """A writer whose repetitions follow at once."""
    model = ModelSettings(**{"url": url, "name": "tiny-1", **changes})
    return ModelWriter(api, model, SystemClock(), pauses=(0.0, 0.0))


@pytest.fixture(params=["fake", *APIS])
def way(request: pytest.FixtureRequest) -> Way:
    """Makes a writer that meets with this: "good", "late", "error" or "empty"."""

    @asynccontextmanager
    async def made(meets: str) -> AsyncIterator[Writer]:
        if request.param == "fake":
            script = {"good": "", "late": "L", "error": "E", "empty": "N"}[meets]
            yield FakeWriter(LINES, script=script)
            return
        plays = {
            "good": answers(LINES),
            "late": hangs,
            "error": fails(500),
            "empty": answers(""),
        }
        deadline = timedelta(seconds=0.2 if meets == "late" else 5)
        async with serving(plays[meets]) as server:
            yield writer(APIS[request.param], server.url, deadline=deadline)

    return made


async def test_the_text_comes_as_the_model_wrote_it(way: Way) -> None:
    """With the model's name, the time it took and the tokens."""
    async with way("good") as writer:
        answer = await writer.write(REQUEST)
    assert json.loads(answer.text) == LINES
    assert (answer.problem, answer.tokens_in, answer.tokens_out) == ("", 900, 120)
    assert answer.model
    assert answer.seconds > 0


@pytest.mark.parametrize("meets", ["late", "error", "empty"])
async def test_a_failure_is_a_sentence(way: Way, meets: str) -> None:
    """Never an exception, and never a text beside it."""
    async with way(meets) as writer:
        answer = await writer.write(REQUEST)
    assert answer.problem
    assert not answer.problem.endswith(".")
    assert answer.text == ""


async def test_openai_is_asked_in_its_form() -> None:
    """System and user apart, a strict schema of exactly our ids, the key as bearer."""
    async with serving(answers(LINES)) as server:
        await writer(OPENAI, server.url, key=Secret("sk-1")).write(REQUEST)
    (call,) = server.calls
    assert call.path == "/v1/chat/completions"
    assert call.headers["authorization"] == "Bearer sk-1"
    assert call.body == {
        "model": "tiny-1",
        "messages": [
            {"role": "system", "content": "Be brief."},
            {"role": "user", "content": "Two stories."},
        ],
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "lines", "strict": True, "schema": SCHEMA},
        },
    }


async def test_anthropic_is_asked_in_its_form() -> None:
    """The version named, the schema as an output format, the key in its own header, no tool."""
    async with serving(answers(LINES)) as server:
        await writer(ANTHROPIC, server.url, key=Secret("sk-2")).write(REQUEST)
    (call,) = server.calls
    assert call.path == "/v1/messages"
    assert call.headers["x-api-key"] == "sk-2"
    assert call.headers["anthropic-version"] == "2023-06-01"
    assert call.body == {
        "model": "tiny-1",
        "max_tokens": 4096,
        "system": "Be brief.",
        "messages": [{"role": "user", "content": "Two stories."}],
        "output_config": {"format": {"type": "json_schema", "schema": SCHEMA}},
    }


SCHEMA = {
    "type": "object",
    "properties": {"1": {"type": "string"}, "2": {"type": "string"}},
    "required": ["1", "2"],
    "additionalProperties": False,
}


@pytest.mark.parametrize("api", APIS.values(), ids=list(APIS))
async def test_without_a_key_none_is_sent(api: Api) -> None:
    """One's own server needs none."""
    async with serving(answers(LINES)) as server:
        answer = await writer(api, server.url).write(REQUEST)
    assert answer.problem == ""
    assert not {"authorization", "x-api-key"} & set(server.calls[0].headers)


@pytest.mark.parametrize("api", APIS.values(), ids=list(APIS))
@pytest.mark.parametrize("ending", ["", "/", "/v1", "/v1/"])
async def test_an_address_may_end_as_editors_copy_it(api: Api, ending: str) -> None:
    """With or without the version that belongs to the path."""
    async with serving(answers(LINES)) as server:
        answer = await writer(api, server.url + ending).write(REQUEST)
    assert answer.problem == ""
    assert server.calls[0].path in ("/v1/chat/completions", "/v1/messages")


@pytest.mark.parametrize("api", APIS.values(), ids=list(APIS))
async def test_the_cost_is_tokens_by_price(api: Api) -> None:
    """900 in at 3 and 120 out at 15 dollars a million; unknown without both prices."""
    async with serving(answers(LINES)) as server:
        known = await writer(api, server.url, input_price=3.0, output_price=15.0).write(REQUEST)
        half = await writer(api, server.url, input_price=3.0).write(REQUEST)
    assert known.cost == pytest.approx(0.0045)
    assert half.cost is None


@pytest.mark.parametrize("usage", [None, [], {"prompt_tokens": "many"}, {"prompt_tokens": True}])
async def test_tokens_that_are_not_counted_cost_nothing_known(usage: object) -> None:
    """A server that counts badly is no reason to lose its lines."""
    body = json.loads(envelope("/v1/chat/completions", "{}")) | {"usage": usage}
    async with serving(says(json.dumps(body).encode())) as server:
        priced = writer(OPENAI, server.url, input_price=3.0, output_price=15.0)
        answer = await priced.write(REQUEST)
    assert (answer.text, answer.tokens_in, answer.cost) == ("{}", 0, None)


async def test_what_a_cache_held_was_read_all_the_same() -> None:
    """Anthropic counts it apart."""
    body = json.loads(envelope("/v1/messages", "{}"))
    body["usage"] = {
        "input_tokens": 100,
        "cache_creation_input_tokens": 20,
        "cache_read_input_tokens": 3,
        "output_tokens": 5,
    }
    async with serving(says(json.dumps(body).encode())) as server:
        answer = await writer(ANTHROPIC, server.url).write(REQUEST)
    assert (answer.tokens_in, answer.tokens_out) == (123, 5)


REFUSALS = [
    (OPENAI, {"choices": [{"message": {"content": None, "refusal": "No."}}]}, "it refused"),
    (OPENAI, {"choices": [{"message": {"content": ""}, "finish_reason": "length"}]}, "length"),
    (OPENAI, {"choices": []}, "no text"),
    (OPENAI, [1, 2], "no text"),
    (ANTHROPIC, {"content": [], "stop_reason": "refusal"}, "refusal"),
    (ANTHROPIC, {"content": [{"type": "thinking", "thinking": "…"}]}, "no text"),
    (ANTHROPIC, {"content": {"text": "x"}}, "no text"),
]


@pytest.mark.parametrize(("api", "body", "why"), REFUSALS)
async def test_an_answer_without_text_says_why(api: Api, body: object, why: str) -> None:
    """Refused, cut off, or of another shape."""
    async with serving(says(json.dumps(body).encode())) as server:
        answer = await writer(api, server.url).write(REQUEST)
    assert answer.text == ""
    assert why in answer.problem


async def test_a_text_in_parts_is_one_text() -> None:
    """Some servers split it, and think aloud before."""
    parts = [
        {"type": "reasoning", "text": "hm"},
        {"type": "text", "text": '{"1": '},
        {"type": "text", "text": '"a"}'},
    ]
    body = {"choices": [{"message": {"content": parts}}]}
    async with serving(says(json.dumps(body).encode())) as server:
        answer = await writer(OPENAI, server.url).write(REQUEST)
    assert answer.text == '{"1": "a"}'
