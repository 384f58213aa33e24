"""A small IMAP4rev1 and POP3 server for tests: it keeps letters and hangs up when told to."""

import re
import socket
import socketserver
import threading
from types import TracebackType
from typing import ClassVar, Self


class Box:
    """One mailbox on a free loopback port; `drop` names a command at which the line goes dead."""

    def __init__(
        self, kind: str, letters: dict[str, bytes], *, drop: str = "", uidplus: bool = True
    ) -> None:
        self.kind = kind
        self.letters = dict(letters)
        self.drop = drop
        self.uidplus = uidplus
        self.commands: list[str] = []

    def __enter__(self) -> Self:
        """Listen."""
        box = self

        class Handler(_HANDLERS[self.kind]):  # type: ignore[misc]
            """A session with this box."""

        Handler.box = box
        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop."""
        self._server.shutdown()
        self._server.server_close()

    @property
    def address(self) -> str:
        """For an inbox."""
        tail = "/INBOX" if self.kind == "imap" else ""
        return f"{self.kind}://127.0.0.1:{self.port}{tail}"


class _Handler(socketserver.StreamRequestHandler):
    box: ClassVar[Box]
    timeout = 5

    def handle(self) -> None:
        """Line by line, until the client leaves or we hang up."""
        self.gone: set[str] = set()
        self.say(self.greeting)
        while line := self.rfile.readline().decode().strip():
            word = self.word(line)
            self.box.commands.append(word)
            if word == self.box.drop:
                self.connection.shutdown(socket.SHUT_RDWR)
                return
            if not self.answer(line, word):
                return

    greeting = ""

    def word(self, line: str) -> str:
        """The command of a line."""
        raise NotImplementedError

    def answer(self, line: str, word: str) -> bool:
        """Answer it; False ends the session."""
        raise NotImplementedError

    def say(self, text: str | bytes) -> None:
        """A line."""
        self.wfile.write((text.encode() if isinstance(text, str) else text) + b"\r\n")


class _Imap(_Handler):
    greeting = "* OK box ready"

    def word(self, line: str) -> str:
        """LOGIN, SELECT, SEARCH, FETCH, STORE, EXPUNGE …"""
        parts = line.upper().split()
        return parts[2] if len(parts) > 2 and parts[1] == "UID" else parts[1]

    def answer(self, line: str, word: str) -> bool:
        """As RFC 3501 has it, as far as it is needed."""
        tag, box = line.split()[0], self.box
        if word == "LOGIN" and "wrong" in line:
            self.say(f"{tag} NO [AUTHENTICATIONFAILED] Invalid credentials")
            return True
        if word == "CAPABILITY":
            self.say("* CAPABILITY IMAP4rev1" + (" UIDPLUS" if box.uidplus else ""))
        elif word == "SELECT":
            self.say(f"* {len(box.letters)} EXISTS\r\n* OK [UIDVALIDITY 7] ok")
        elif word == "SEARCH":
            first, last = (int(one) for one in line.split()[3].split(":"))
            self.say("* SEARCH " + " ".join(list(box.letters)[first - 1 : last]))
        elif word == "FETCH":
            self._fetch(line)
        elif word == "STORE":
            self.gone |= set(re.split(r"[ ,]", line.split(" +FLAGS")[0])[3:])
        elif word == "EXPUNGE":
            for uid in self.gone:
                box.letters.pop(uid, None)
        elif word == "LOGOUT":
            self.say("* BYE")
        self.say(f"{tag} OK done")
        return word != "LOGOUT"

    def _fetch(self, line: str) -> None:
        uid = line.split()[3]
        most = re.search(r"<0\.(\d+)>", line)
        content = self.box.letters[uid][: int(most[1]) if most else None]
        self.wfile.write(f"* 1 FETCH (UID {uid} BODY[]<0> {{{len(content)}}}\r\n".encode())
        self.wfile.write(content)
        self.say(")")


class _Pop3(_Handler):
    greeting = "+OK box ready"

    def word(self, line: str) -> str:
        """USER, PASS, UIDL, RETR, DELE, QUIT …"""
        return line.upper().split()[0]

    def answer(self, line: str, word: str) -> bool:
        """As RFC 1939 has it."""
        names = list(self.box.letters)
        told = line.split()
        letter = names[int(told[1]) - 1] if word in ("RETR", "TOP", "DELE", "LIST") else ""
        if word == "PASS" and "wrong" in line:
            self.say("-ERR [AUTH] invalid credentials")
        elif word == "UIDL":
            self.say("\r\n".join(["+OK", *(f"{n} {name}" for n, name in enumerate(names, 1)), "."]))
        elif word == "LIST":
            self.say(f"+OK {told[1]} {len(self.box.letters[letter])}")
        elif word in ("RETR", "TOP"):
            content = self.box.letters[letter].replace(b"\n.", b"\n..")
            self.say(b"+OK\r\n" + content.rstrip(b"\r\n") + b"\r\n.")
        elif word == "DELE":
            self.gone.add(letter)
            self.say("+OK")
        else:
            if word == "QUIT":
                for name in self.gone:
                    self.box.letters.pop(name)
            self.say("+OK")
        return word != "QUIT"


_HANDLERS: dict[str, type[_Handler]] = {"imap": _Imap, "pop3": _Pop3}
