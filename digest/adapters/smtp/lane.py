"""One session carrying messages: the body of one and the envelope of the next in one write."""

import asyncio
import math
from collections import deque
from collections.abc import Callable
from enum import Enum

from digest.adapters.pump.ledger import Handover, Stage
from digest.adapters.pump.run import Supply
from digest.adapters.smtp import message as words
from digest.adapters.smtp.door import Session
from digest.adapters.smtp.replies import Reply
from digest.model.delivery import Message
from digest.model.delivery import Step as Refused

LARGE = 128 * 1024
"""A body this large goes alone: then the write buffer tells exactly whether it left."""

DOT_PATIENCE = 5
"""Times the usual patience: giving up early on the last answer makes doubt (RFC 1047)."""

QUIT_PATIENCE = 1.0


class Step(Enum):
    """What the next reply answers."""

    RESET = "RSET"
    MAIL = "MAIL"
    RCPT = "RCPT"
    DATA = "DATA"
    BODY = "the message"
    NOTHING = "the empty message"
    QUIT = "QUIT"


class Lane:
    """A small state machine on one session; `over` is done when the session is."""

    def __init__(
        self,
        session: Session,
        supply: Supply,
        *,
        problem_of: Callable[[Message], str],
        distrust_pipelining: Callable[[], None],
    ) -> None:
        self.over: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.leaving = False
        """No more messages go here."""
        self.of_use = False
        """The relay answered to, or asked for, at least one message."""
        self._wire = session.wire
        self._pipelining = session.pipelining
        self._eight_bit = session.eight_bit
        self._left = session.most or math.inf
        self._supply = supply
        self._ledger = supply.ledger
        self._problem_of = problem_of
        self._patience = session.patience
        self._distrust_pipelining = distrust_pipelining
        self._loop = asyncio.get_running_loop()
        self._expected: deque[tuple[Step, Handover | None]] = deque()
        self._open: deque[Handover] = deque()
        self._unclean = False
        self._timer: asyncio.TimerHandle | None = None
        self._moved = self._loop.time()
        self._watch = self._loop.call_later(self._patience / 4, self._look)
        self._wire.on_reply = self._reply
        self._wire.on_end = self._end

    def carry(self, handover: Handover) -> None:
        """Begin with this message; the others are drawn from the ledger."""
        if self._wire.ended:
            self._open.append(handover)
            self._end(self._wire.ended)
        else:
            self._write(self._envelope(handover))

    @property
    def why(self) -> str:
        """Why it is over."""
        return self._wire.ended

    def stop(self) -> None:
        """Wait for the answer to a body that is out; leave everything else."""
        if not self._open or self._open[0].stage is not Stage.BODY:
            self._wire.end("we were told to stop")

    def cut(self, why: str) -> None:
        """End now."""
        self._wire.end(why)

    def _reply(self, reply: Reply) -> None:
        self._moved = self._loop.time()
        if not self._expected:
            self._wire.end(f"the relay closed the session: {reply}")
            return
        step, handover = self._expected.popleft()
        if reply.code == 421 and step is not Step.BODY:
            self._wire.end(f"the relay closed the session: {reply}")
        elif handover is None:
            self._aside(step, reply)
        else:
            self._HEARD[step](self, handover, reply)
            if reply.code == 421:
                self._wire.end(f"the relay closed the session: {reply}")

    def _aside(self, step: Step, reply: Reply) -> None:
        """Replies that concern no message."""
        if step is Step.QUIT:
            self._wire.end("done")
        elif not reply.good:
            self._wire.end(f"the relay refuses to start afresh: {reply}")

    def _heard_mail(self, handover: Handover, reply: Reply) -> None:
        handover.taken_from = reply.good
        self._judge(handover, reply, Refused.SENDER)
        self._ask_next(handover, Step.RCPT, words.rcpt_line(handover.message))

    def _heard_rcpt(self, handover: Handover, reply: Reply) -> None:
        self._judge(handover, reply, Refused.RECIPIENT)
        self._ask_next(handover, Step.DATA, b"DATA\r\n")

    def _judge(self, handover: Handover, reply: Reply, step: Refused) -> None:
        if not reply.good and handover.refusal is None:
            handover.refusal = reply
            handover.step = step

    def _ask_next(self, handover: Handover, step: Step, line: bytes) -> None:
        """Without pipelining each command waits for the one before, and ends at a refusal."""
        if self._pipelining:
            return
        if handover.refusal is not None:
            self._refused(handover)
            return
        self._expected.append((step, handover))
        self._write(line)

    def _heard_data(self, handover: Handover, reply: Reply) -> None:
        if reply.code != 354:
            handover.refusal = handover.refusal or reply
            self._refused(handover)
        elif handover.refusal is not None:
            # RFC 2920, 3.1: the relay wants a body for nobody; give it an empty one.
            handover.taken_from = False
            self._expected.appendleft((Step.NOTHING, handover))
            self._write(words.END)
        elif self._ledger.stopping:
            self._wire.end("we were told to stop")
        else:
            self._ledger.intend(handover, lambda granted: self._decided(handover, granted))

    def _heard_nothing(self, handover: Handover, reply: Reply) -> None:
        self._refused(handover)

    def _heard_body(self, handover: Handover, reply: Reply) -> None:
        self._answered(handover, reply)

    def _refused(self, handover: Handover) -> None:
        refusal = handover.refusal
        assert isinstance(refusal, Reply)
        if self._pipelining and refusal.code == 503:
            self._distrust_pipelining()
            self._wire.end(f"the relay announces PIPELINING but gets lost in it: {refusal}")
            return
        self._unclean = handover.taken_from
        self._answered(handover, refusal)

    def _answered(self, handover: Handover, reply: Reply) -> None:
        self.of_use = True
        self._open.remove(handover)
        self._ledger.answered(handover, reply.code, reply.text)
        if reply.code != 421:
            self._advance()

    def _decided(self, handover: Handover, granted: bool) -> None:
        """After the commit: the body goes, or the session ends, for DATA knows no way back."""
        self.of_use = True
        if not granted:
            self._open.remove(handover)
            self._wire.end("the message was withdrawn after the relay had asked for it")
            return
        handover.stage = Stage.BODY
        self._expected.append((Step.BODY, handover))
        message = handover.message
        behind = self._successor() if len(message.content) < LARGE else b""
        handover.behind = len(behind)
        self._write(words.body(message.content, dotless=message.dotless, behind=behind))

    def _successor(self) -> bytes:
        """The next message's envelope, if it can travel behind a body."""
        if not self._pipelining or self._left <= 0 or self._supply.wait():
            return b""
        successor = self._supply.draw(self._problem_of)
        return self._envelope(successor) if successor else b""

    def _advance(self) -> None:
        """Nothing of ours waits at the relay: bring the next message, when its time has come."""
        self._timer = None
        if self._open or self._wire.ended:
            return
        wait = 0.0 if self._ledger.used_up or self._left <= 0 else self._supply.wait()
        if wait == math.inf:
            self._quit()
        elif wait:
            self._timer = self._loop.call_later(wait, self._advance)
        elif self._left > 0 and (handover := self._supply.draw(self._problem_of)) is not None:
            self._write(self._envelope(handover))
        else:
            self._quit()

    def _quit(self) -> None:
        self.leaving = True
        self._expected.append((Step.QUIT, None))
        self._write(b"QUIT\r\n")
        self._timer = self._loop.call_later(QUIT_PATIENCE, self._wire.end, "done")

    def _envelope(self, handover: Handover) -> bytes:
        """Its commands, as many as may go at once; their replies are awaited."""
        self._open.append(handover)
        self._left -= 1
        lines = words.mail_line(handover.message, self._eight_bit)
        if self._unclean:
            self._unclean = False
            self._expected.append((Step.RESET, None))
            lines = b"RSET\r\n" + lines
        self._expected.append((Step.MAIL, handover))
        if self._pipelining:
            self._expected.append((Step.RCPT, handover))
            self._expected.append((Step.DATA, handover))
            lines += words.rcpt_line(handover.message) + b"DATA\r\n"
        return lines

    def _write(self, data: bytes) -> None:
        self._moved = self._loop.time()
        self._wire.write(data)

    def _look(self) -> None:
        """The watch: nobody waits for ever."""
        self._watch = self._loop.call_later(self._patience / 4, self._look)
        if not self._expected:
            return
        step = self._expected[0][0]
        patience = self._patience * (DOT_PATIENCE if step is Step.BODY else 1)
        if self._loop.time() - self._moved >= patience:
            if self._pipelining and step in (Step.RCPT, Step.DATA):
                self._distrust_pipelining()
            self._wire.end(f"the relay did not answer to {step.value} within {patience:g} s")

    def _end(self, why: str) -> None:
        """Every message that is open here gets its one end."""
        self._watch.cancel()
        if self._timer is not None:
            self._timer.cancel()
        for handover in self._open:
            if handover.stage is Stage.BODY:
                left = self._wire.unsent <= handover.behind
                self._ledger.interrupted(handover, why, body_left=left)
            else:
                self._ledger.give_back(handover, why)
        self._open.clear()
        self._expected.clear()
        if not self.over.done():
            self.over.set_result(None)

    _HEARD = {
        Step.MAIL: _heard_mail,
        Step.RCPT: _heard_rcpt,
        Step.DATA: _heard_data,
        Step.NOTHING: _heard_nothing,
        Step.BODY: _heard_body,
    }
