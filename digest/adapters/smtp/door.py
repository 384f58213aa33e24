"""The way in: connect, greet, switch to TLS, log in."""

import asyncio
import base64
import ssl
from dataclasses import dataclass
from urllib.parse import urlsplit

from digest.adapters.pump.run import Closed
from digest.adapters.smtp.replies import Reply, extensions
from digest.adapters.smtp.wire import Wire
from digest.errors import ConfigError
from digest.model.mail import LogIn, Pipelining, Relay
from digest.url import is_this_machine


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the relay listens."""

    host: str
    port: int
    tls_first: bool = False

    @classmethod
    def read(cls, address: str) -> "Place":
        """From `smtp://host:port` or `smtps://host:port`."""
        try:
            parts = urlsplit(address)
            port = parts.port
        except ValueError:
            parts, port = urlsplit(""), None
        if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
            raise ConfigError(
                f"mail: {address!r} is no relay address; nothing was sent."
                " Write smtp://host:port or smtps://host:port"
            )
        tls_first = parts.scheme == "smtps"
        return cls(
            host=parts.hostname, port=port or (465 if tls_first else 25), tls_first=tls_first
        )

    @property
    def here(self) -> bool:
        """It is this machine: nobody can listen in between."""
        return is_this_machine(self.host)

    def __str__(self) -> str:
        return f"the relay {self.host}:{self.port}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A connection on which messages may be handed over."""

    wire: Wire
    pipelining: bool
    eight_bit: bool
    international: bool
    """SMTPUTF8 (RFC 6531): addresses may hold more than ASCII."""
    patience: float
    """Seconds an answer may take."""
    most: int
    """Messages it may carry; 0 = any number."""


class Door:
    """Opens sessions with one relay, and remembers whether its PIPELINING can be trusted."""

    def __init__(self, relay: Relay, *, hostname: str, tls: ssl.SSLContext | None) -> None:
        self.place = Place.read(relay.address)
        self.international = True
        """What the last session said of SMTPUTF8; hopeful before the first."""
        self._relay = relay
        self._hostname = hostname
        self._own_tls = tls
        self._patience = relay.timeout.total_seconds()
        self._pipelining = relay.pipelining is Pipelining.AUTO

    def distrust_pipelining(self) -> None:
        """From now on one command at a time."""
        self._pipelining = False

    async def open(self) -> Session:
        """A session ready for the first envelope; Closed when there is none to be had."""
        talk = Talk(self._patience)
        try:
            return await self._enter(talk)
        except Closed:
            raise
        except TimeoutError as error:
            why = f"{self.place} did not answer within {self._patience:g} s"
            raise self._closed(talk, why) from error
        except ssl.SSLError as error:
            why = (
                f"{self.place} cannot be trusted over TLS ({_tls_words(error)}): name its"
                " certificate authority in ca_file"
            )
            raise self._closed(talk, why) from error
        except OSError as error:
            why = f"{self.place} cannot be reached ({_os_words(error)})"
            raise self._closed(talk, why) from error
        except BaseException:
            talk.wire.end("not needed any more")
            raise

    async def _enter(self, talk: "Talk") -> Session:
        await self._connect(talk)
        greeting = await talk.hear()
        if greeting.code != 220:
            raise self._closed(talk, f"{self.place} does not take us in: {greeting}")
        offers = await self._greet(talk)
        if self._wants_tls(talk, offers):
            offers = await self._start_tls(talk)
        if self._relay.user:
            await self._log_in(talk, offers)
        self.international = "SMTPUTF8" in offers
        return Session(
            wire=talk.wire,
            pipelining=self._pipelining and "PIPELINING" in offers,
            eight_bit="8BITMIME" in offers,
            international=self.international,
            patience=self._patience,
            most=self._relay.per_connection,
        )

    async def _connect(self, talk: "Talk") -> None:
        context = self._tls() if self.place.tls_first else None
        loop = asyncio.get_running_loop()
        async with asyncio.timeout(self._patience):
            await loop.create_connection(
                lambda: talk.wire, self.place.host, self.place.port, ssl=context
            )

    async def _greet(self, talk: "Talk") -> dict[str, str]:
        reply = await talk.ask(f"EHLO {self._hostname}")
        if reply.good:
            return extensions(reply)
        if reply.code < 500:
            raise self._closed(talk, f"{self.place} does not take us in: {reply}")
        reply = await talk.ask(f"HELO {self._hostname}")
        if not reply.good:
            raise self._closed(talk, f"{self.place} does not take us in: {reply}")
        return {}

    def _wants_tls(self, talk: "Talk", offers: dict[str, str]) -> bool:
        if talk.wire.secure or self._relay.starttls == "never":
            return False
        offered = "STARTTLS" in offers
        if self._relay.starttls == "always":
            if not offered:
                why = (
                    f"{self.place} offers no STARTTLS and starttls says always;"
                    " nothing was handed over"
                )
                raise self._closed(talk, why)
            return True
        # A relay on this machine mostly has a certificate nobody signed, and nobody listens in.
        return offered and not (self.place.here and not self._relay.ca_file and not self._own_tls)

    async def _start_tls(self, talk: "Talk") -> dict[str, str]:
        reply = await talk.ask("STARTTLS")
        if reply.code != 220:
            raise self._closed(talk, f"{self.place} refuses STARTTLS: {reply}")
        if not talk.quiet:
            raise self._closed(talk, f"{self.place} or somebody before it spoke ahead of TLS")
        wire = talk.wire
        async with asyncio.timeout(self._patience):
            transport = await asyncio.get_running_loop().start_tls(
                wire.transport, wire, self._tls(), server_hostname=self.place.host
            )
        if transport is None:
            raise ConnectionResetError("closed during the TLS handshake")
        wire.secured(transport)
        return await self._greet(talk)

    async def _log_in(self, talk: "Talk", offers: dict[str, str]) -> None:
        if not talk.wire.secure and not self.place.here:
            why = f"{self.place} would see the password in the clear: it needs TLS to log in"
            raise self._closed(talk, why)
        password = self._relay.password.reveal() if self._relay.password else ""
        way = self._way_in(offers.get("AUTH", "").split())
        if way is LogIn.XOAUTH2:
            token = _base64(f"user={self._relay.user}\x01auth=Bearer {password}\x01\x01")
            reply = await talk.ask(f"AUTH XOAUTH2 {token}")
            if reply.code == 334:  # the reason for a refusal, which wants an empty answer
                reply = await talk.ask("")
        elif way is LogIn.PLAIN:
            reply = await talk.ask("AUTH PLAIN " + _base64(f"\0{self._relay.user}\0{password}"))
        elif way is LogIn.LOGIN:
            reply = await talk.ask("AUTH LOGIN")
            for word in (self._relay.user, password):
                if reply.code == 334:
                    reply = await talk.ask(_base64(word))
        else:
            wanted = "PLAIN, LOGIN" if self._relay.log_in is LogIn.AUTO else self._relay.log_in
            why = (
                f"{self.place} does not offer the log-in we know ({wanted.upper()}): change"
                " log_in, or leave the user out"
            )
            raise self._closed(talk, why)
        if not reply.good:
            why = f"{self.place} refuses the log-in ({reply}): check user and password"
            raise self._closed(talk, why)

    def _way_in(self, offered: list[str]) -> LogIn | None:
        """The one that is set, or the best that is offered."""
        wanted = self._relay.log_in
        ways = (LogIn.PLAIN, LogIn.LOGIN) if wanted is LogIn.AUTO else (wanted,)
        return next((way for way in ways if way.upper() in offered), None)

    def _closed(self, talk: "Talk", why: str) -> Closed:
        talk.wire.end(why)
        return Closed(why)

    def _tls(self) -> ssl.SSLContext:
        if self._own_tls:
            return self._own_tls
        try:
            return ssl.create_default_context(cafile=self._relay.ca_file or None)
        except (OSError, ssl.SSLError) as error:
            raise Closed(f"ca_file {self._relay.ca_file!r} cannot be read ({error})") from error


class Talk:
    """Question and answer on a wire, before the messages."""

    def __init__(self, patience: float) -> None:
        self.wire = Wire()
        self.wire.on_reply = self._answer
        self.wire.on_end = self._lost
        self._patience = patience
        self._heard: list[Reply] = []
        self._news = asyncio.Event()

    @property
    def quiet(self) -> bool:
        """The relay has said nothing that was not asked for."""
        return not self._heard and self.wire.quiet

    async def ask(self, line: str) -> Reply:
        """Say a line and hear the reply."""
        self.wire.write(line.encode() + b"\r\n")
        return await self.hear()

    async def hear(self) -> Reply:
        """The next reply; ConnectionError when there will be none."""
        async with asyncio.timeout(self._patience):
            while not self._heard:
                if self.wire.ended:
                    raise ConnectionResetError(self.wire.ended)
                self._news.clear()
                await self._news.wait()
        return self._heard.pop(0)

    def _answer(self, reply: Reply) -> None:
        self._heard.append(reply)
        self._news.set()

    def _lost(self, why: str) -> None:
        self._news.set()


def _base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode("ascii")


def _tls_words(error: ssl.SSLError) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return error.verify_message
    return error.reason or str(error)


def _os_words(error: OSError) -> str:
    return error.strerror or str(error) or type(error).__name__
