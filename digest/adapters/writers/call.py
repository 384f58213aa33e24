"""One call of a language model: its deadline, its repetitions, and how much of it is read."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import aiohttp
from yarl import URL

from digest.adapters.http.headers import retry_at
from digest.adapters.writers.answers import Reply, decoded, own_words
from digest.model.newsletter import ModelSettings
from digest.model.writing import WritingAnswer, WritingRequest
from digest.ports import Clock

PAUSES = (0.5, 1.5)
"""Seconds before each repetition; as many repetitions as pauses."""
MOST_BYTES = 1024 * 1024
"""The lines of a bulletin have a few thousand; whoever sends more is not answering."""
PIECE = 16 * 1024
MOST_SHOWN = 200
"""Characters of a server's own words that editors read."""
MILLION = 1_000_000

_CERTIFICATE = (aiohttp.ClientConnectorCertificateError, aiohttp.ClientConnectorSSLError)
_CONNECTION = (aiohttp.ClientConnectionError, aiohttp.ClientPayloadError)
_FAULTS = (aiohttp.ClientError, OSError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A request in one server's form."""

    path: str
    headers: Mapping[str, str]
    body: Mapping[str, object]
    form: Mapping[str, object]
    """The part of the body that asks for a JSON schema; left out for servers that know none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Api:
    """How one kind of server is asked and read."""

    ask: Callable[[WritingRequest, ModelSettings], Question]
    read: Callable[[object], Reply]
    """From the decoded JSON of an answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Heard:
    """What one request came to."""

    body: bytes = b""
    problem: str = ""
    again: bool = False
    """Whether the same request may fare better."""
    plain: bool = False
    """Whether it may fare better without the schema."""
    wait: float = 0.0
    """Seconds that the server asks for."""


@dataclass(slots=True)
class _Course:
    """How a call goes, for the case that its time runs out in the middle."""

    ends: float
    problems: list[str] = field(default_factory=list)


class ModelWriter:
    """Asks a server for a bulletin's lines, once, within the deadline.

    Each call has connections of its own: an edition has one call, and a connection that was kept
    open since yesterday's would lose it half-way.
    """

    def __init__(
        self, api: Api, model: ModelSettings, clock: Clock, *, pauses: Sequence[float] = PAUSES
    ) -> None:
        self._api = api
        self._model = model
        self._clock = clock
        self._pauses = pauses
        self._server = f"the model's server {URL(model.url).authority.rpartition('@')[2]}"

    async def write(self, request: WritingRequest) -> WritingAnswer:
        """The model's answer within its deadline; never raises for what a server or network does,
        nor for what it says."""
        loop = asyncio.get_running_loop()
        seconds = min(self._model.deadline.total_seconds(), request.seconds)
        start = loop.time()
        course = _Course(ends=start + seconds)
        try:
            async with asyncio.timeout(seconds):
                reply = await self._asked(request, course)
        except TimeoutError:
            before = f" ({course.problems[-1]})" if course.problems else ""
            reply = Reply(problem=f"{self._server} gave no answer in {seconds:.3g} s{before}")
        return self._answer(reply, loop.time() - start)

    def _answer(self, reply: Reply, seconds: float) -> WritingAnswer:
        return WritingAnswer(
            model=self._model.name,
            seconds=round(seconds, 3),
            text=reply.text,
            tokens_in=reply.tokens_in,
            tokens_out=reply.tokens_out,
            cost=self._cost(reply),
            problem=reply.problem,
        )

    def _cost(self, reply: Reply) -> float | None:
        prices = (self._model.input_price, self._model.output_price)
        if prices[0] is None or prices[1] is None or not (reply.tokens_in and reply.tokens_out):
            return None
        spent = reply.tokens_in * prices[0] + reply.tokens_out * prices[1]
        return round(spent / MILLION, 6)

    async def _asked(self, request: WritingRequest, course: _Course) -> Reply:
        """The reply to the first request that is answered; repeated while that may help."""
        question = self._api.ask(request, self._model)
        form, pauses = question.form, list(self._pauses)
        async with aiohttp.ClientSession(
            headers=question.headers,
            # The whole call has its own limit.
            timeout=aiohttp.ClientTimeout(total=None),
            cookie_jar=aiohttp.DummyCookieJar(),
        ) as session:
            while True:
                heard = await self._sent(session, question.path, {**question.body, **form})
                if not heard.problem:
                    return self._read(heard.body)
                course.problems.append(heard.problem)
                unformed = heard.plain and bool(form)
                if not pauses or not (heard.again or unformed):
                    return Reply(problem=heard.problem)
                pause, form = max(pauses.pop(0), heard.wait), {} if unformed else form
                if asyncio.get_running_loop().time() + pause >= course.ends:
                    return Reply(problem=f"{heard.problem}; there is no time to ask again")
                await asyncio.sleep(pause)

    async def _sent(
        self, session: aiohttp.ClientSession, path: str, body: Mapping[str, object]
    ) -> _Heard:
        # Editors copy addresses from where the version belongs to them.
        url = self._model.url.rstrip("/").removesuffix("/v1") + path
        try:
            # A redirect would carry the key and the stories to a place that nobody configured.
            async with session.post(url, json=body, allow_redirects=False) as answer:
                return await self._heard(answer)
        except _CERTIFICATE:
            return _Heard(problem=f"{self._server} offers no secure connection that we trust")
        except aiohttp.ClientConnectorError:
            return _Heard(problem=f"{self._server} cannot be reached", again=True)
        except _CONNECTION:
            return _Heard(problem=f"{self._server} broke off in the middle", again=True)
        except ValueError:
            return _Heard(problem=f"{self._server} cannot be asked; look at its url and key")
        except _FAULTS:
            return _Heard(problem=f"{self._server} speaks no HTTP that we understand")

    async def _heard(self, answer: aiohttp.ClientResponse) -> _Heard:
        body = await _body(answer)
        status = answer.status
        if status == 200:
            too_much = f"{self._server} answered with more than {MOST_BYTES // 1024} KB"
            return _Heard(problem=too_much) if body is None else _Heard(body=body)
        if 300 <= status < 400:
            return _Heard(problem=f"{self._server} sends us elsewhere ({status}); correct its url")
        if status in (401, 403):
            return _Heard(problem=f"{self._server} refused the key ({status})")
        words = self._shown(own_words(body or b""))
        said = f"{self._server} answered {status}" + (f" (“{words}”)" if words else "")
        now = self._clock.now()
        until = retry_at(answer.headers, now)
        return _Heard(
            problem=said,
            again=status in (408, 429) or status >= 500,
            plain=status in (400, 422) or "response_format" in words or "json_schema" in words,
            wait=(until - now).total_seconds() if until else 0.0,
        )

    def _shown(self, words: str) -> str:
        """What the server says, in short and without our key, should it repeat it."""
        key = self._model.key.reveal() if self._model.key else ""
        said = words.replace(key, "***") if key else words
        return said if len(said) <= MOST_SHOWN else said[:MOST_SHOWN] + "…"

    def _read(self, body: bytes) -> Reply:
        data = decoded(body)
        if data is None:
            return Reply(problem=f"{self._server} answered with something that is no JSON")
        return self._api.read(data)


async def _body(answer: aiohttp.ClientResponse) -> bytes | None:
    """The whole body, or None as soon as it is too large."""
    found = bytearray()
    async for piece in answer.content.iter_chunked(PIECE):
        found += piece
        if len(found) > MOST_BYTES:
            answer.close()
            return None
    return bytes(found)


def schema(ids: Sequence[str]) -> dict[str, object]:
    """One object with a line for each id and nothing else."""
    return {
        "type": "object",
        "properties": {one: {"type": "string"} for one in ids},
        "required": list(ids),
        "additionalProperties": False,
    }
