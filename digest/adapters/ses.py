"""The way to Amazon SES over HTTP: SendEmail of API v2 with the whole message as it is.

SES has no idempotency key and replaces the Message-ID, so a lost answer is in doubt, as with SMTP.
The delivery's token goes along as a tag, for the events that come back.
"""

import asyncio
import base64
import hashlib
import hmac
import json
import math
import re
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlsplit

import aiohttp

from digest.adapters.pump.ledger import Handover, Stage
from digest.adapters.pump.run import Closed, Supply
from digest.errors import ConfigError
from digest.model.delivery import Message, Step
from digest.model.mail import Relay
from digest.ports import Clock

PATH = "/v2/email/outbound-emails"
UNSURE = (500, 502, 504)
"""Answers after which the message may have been taken or not."""
SENDERS = ("MailFromDomainNotVerified", "AccountSuspended", "SendingPaused", "LimitExceeded")
"""Errors that are about us and not about the message."""

_TOKEN = re.compile(rb"^X-Digest-Delivery: ([0-9a-f-]+)\r$", re.MULTILINE)
_ERROR = re.compile(r"[A-Za-z]+")


class SesWay:
    """Sessions with one region of SES; the user is the access key's id, the password the key."""

    def __init__(self, relay: Relay, clock: Clock) -> None:
        self.relay = relay
        place = urlsplit(relay.address)
        self.region = place.hostname or ""
        self.set = place.path.strip("/")
        if not re.fullmatch(r"[a-z]{2}(-[a-z]+)+-\d", self.region):
            raise ConfigError(
                f"mail: {relay.address!r} names no region of Amazon SES; nothing was sent."
                " Write for example ses://eu-west-1"
            )
        self.url = (relay.url or f"https://email.{self.region}.amazonaws.com").rstrip("/")
        self._clock = clock

    def __str__(self) -> str:
        return f"Amazon SES in {self.region}"

    def problem_of(self, message: Message) -> str:
        """SES says itself what it does not take."""
        return ""

    async def open(self, supply: Supply) -> "SesLane":
        """A session; nothing is asked before the first message."""
        if self.relay.password is None or not self.relay.user:
            raise Closed(f"{self} needs a user (the access key's id) and a password (the key)")
        patience = aiohttp.ClientTimeout(total=self.relay.timeout.total_seconds())
        return SesLane(self, supply, aiohttp.ClientSession(timeout=patience, trust_env=False))

    def request(self, message: Message) -> tuple[bytes, dict[str, str]]:
        """Body and headers of a call that submits the message now."""
        told: dict[str, object] = {
            "Destination": {"ToAddresses": [message.address]},
            "Content": {"Raw": {"Data": base64.b64encode(message.content).decode("ascii")}},
        }
        if token := _TOKEN.search(message.content):
            told["EmailTags"] = [{"Name": "digest-delivery", "Value": token[1].decode("ascii")}]
        if self.set:
            told["ConfigurationSetName"] = self.set
        body = json.dumps(told).encode()
        host = urlsplit(self.url).netloc
        key = self.relay.password.reveal() if self.relay.password else ""
        return body, signed_headers(
            body, host=host, region=self.region, user=self.relay.user, key=key, at=self._clock.now()
        )


class SesLane:
    """One call after the other on a connection that is kept."""

    def __init__(self, way: SesWay, supply: Supply, client: aiohttp.ClientSession) -> None:
        self.over: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.leaving = False
        self.of_use = False
        self.why = ""
        self._way = way
        self._supply = supply
        self._client = client
        self._task: asyncio.Task[None] | None = None
        self._handover: Handover | None = None

    def carry(self, handover: Handover) -> None:
        """Begin with this message; the others are drawn."""
        self._task = asyncio.create_task(self._run(handover))

    def stop(self) -> None:
        """Wait for an answer that is due; leave everything else."""
        self.leaving = True
        if self._handover is None or self._handover.stage is not Stage.BODY:
            self.cut("we were told to stop")

    def cut(self, why: str) -> None:
        """End now."""
        self.why = self.why or why
        if self._task is not None:
            self._task.cancel()

    async def _run(self, first: Handover) -> None:
        handover: Handover | None = first
        try:
            while handover is not None and await self._one(handover):
                handover = await self._next()
        finally:
            self.leaving = True
            if self._handover is not None:
                self._lost(self._handover, self.why or "the session ended", left=True)
            await self._client.close()
            if not self.over.done():
                self.over.set_result(None)

    async def _one(self, handover: Handover) -> bool:
        """Submit one message; whether to go on."""
        self._handover = handover
        decided: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._supply.ledger.intend(handover, decided.set_result)
        if not await decided:
            self._handover = None
            return False
        handover.stage = Stage.BODY
        self.of_use = True
        body, headers = self._way.request(handover.message)
        try:
            async with self._client.post(self._way.url + PATH, data=body, headers=headers) as reply:
                text = await reply.text(errors="replace")
                self._hear(handover, reply.status, reply.headers, text[:2_000])
        except aiohttp.ClientConnectorError as error:
            self.why = f"{self._way} cannot be reached ({error.os_error})"
            self._lost(handover, self.why, left=False)
            return False
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            self.why = f"{self._way} gave no answer ({type(error).__name__})"
            self._lost(handover, self.why, left=True)
            return False
        return True

    async def _next(self) -> Handover | None:
        ledger = self._supply.ledger
        while not ledger.used_up and not self.leaving:
            wait = self._supply.wait()
            if wait == math.inf:
                return None
            if wait:
                await asyncio.sleep(wait)
                continue
            return self._supply.draw(self._way.problem_of)
        return None

    def _hear(self, handover: Handover, status: int, headers: Mapping[str, str], text: str) -> None:
        self._handover = None
        if status in UNSURE:
            self._lost(handover, f"{self._way} had a fault ({status})", left=True)
            return
        code, step, words = reading(status, headers, text)
        handover.step = step
        self._supply.ledger.answered(handover, code, words)

    def _lost(self, handover: Handover, why: str, *, left: bool) -> None:
        self._handover = None
        if handover.stage is Stage.BODY:
            self._supply.ledger.interrupted(handover, why, body_left=left)
        else:
            self._supply.ledger.give_back(handover, why)


def reading(status: int, headers: Mapping[str, str], text: str) -> tuple[int, Step, str]:
    """An answer in SMTP's numbers, what it is about, and its words."""
    try:
        told = json.loads(text)
        words = str(told.get("message") or told.get("Message") or told.get("MessageId") or "")
    except (ValueError, AttributeError):
        words = text[:200]
    if status == 200:
        return 250, Step.BODY, f"2.0.0 taken as {words}"
    found = _ERROR.match(headers.get("x-amzn-ErrorType", ""))
    kind = found[0].removesuffix("Exception") if found else str(status)
    said = f"{kind}: {words}" if words else kind
    if status == 429 or status == 503:
        return 450, Step.SENDER, f"4.7.28 {said}"
    if status in (401, 403) or kind in SENDERS:
        return 550, Step.SENDER, f"5.7.1 {said}"
    return 554, Step.BODY, f"5.6.0 {said}"


def signed_headers(
    body: bytes, *, host: str, region: str, user: str, key: str, at: datetime
) -> dict[str, str]:
    """The headers of a POST to SES under AWS Signature Version 4."""
    stamp, day = f"{at:%Y%m%dT%H%M%SZ}", f"{at:%Y%m%d}"
    scope = f"{day}/{region}/ses/aws4_request"
    names = "content-type;host;x-amz-date"
    plain = (
        f"POST\n{PATH}\n\ncontent-type:application/json\nhost:{host}\nx-amz-date:{stamp}\n\n"
        f"{names}\n{hashlib.sha256(body).hexdigest()}"
    )
    hashed = hashlib.sha256(plain.encode()).hexdigest()
    secret = f"AWS4{key}".encode()
    for part in (day, region, "ses", "aws4_request"):
        secret = hmac.digest(secret, part.encode(), "sha256")
    to_sign = f"AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{hashed}".encode()
    signature = hmac.new(secret, to_sign, "sha256").hexdigest()
    return {
        "Content-Type": "application/json",
        "X-Amz-Date": stamp,
        "Authorization": (
            f"AWS4-HMAC-SHA256 Credential={user}/{scope}, SignedHeaders={names},"
            f" Signature={signature}"
        ),
    }
