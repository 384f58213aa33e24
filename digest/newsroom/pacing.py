"""When a relay or a recipient domain may have the next message, told the same to every process."""

import logging
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from digest import outbox
from digest.deliver import pace
from digest.model.bounce import Verdict
from digest.model.delivery import Delivery, DeliveryState, SubmitResult
from digest.model.mail import GO, Pause, Rate, Wait
from digest.newsroom.house import House

log = logging.getLogger(__name__)

LOOK = timedelta(seconds=2)
"""So long a pause that another process began may stay unnoticed."""


class Permits:
    """Permits of one rate, taken from the store in small portions."""

    def __init__(self, house: House, name: str, rate: Rate) -> None:
        self.rate = rate
        self._house = house
        self._name = f"{name} {rate}"
        self._left = 0
        self._good_until = house.clock.now()
        self._again_at = self._good_until

    def wait(self, now: datetime) -> float:
        """0.0 when there is a permit, else the seconds until one may be free."""
        if self._left and now < self._good_until:
            return 0.0
        self._left = 0
        if now < self._again_at <= now + self.rate.within * 2:
            return (self._again_at - now).total_seconds()
        self._take(now)
        return 0.0 if self._left else max(0.001, (self._again_at - now).total_seconds())

    def use(self) -> None:
        """One permit is used."""
        self._left -= 1

    def _take(self, now: datetime) -> None:
        grants: list[pace.Grant] = []

        def change(spans: Mapping[datetime, int]) -> Mapping[datetime, int]:
            grants.append(pace.take(self.rate, spans, now))
            return grants[-1].spans

        self._house.store.paces.change(self._name, change)
        grant = grants[-1]
        self._left, self._good_until = grant.permits, grant.good_until
        self._again_at = grant.again_at


class Pacer:
    """Rates, warm-up, quiet hours and pauses of one run of the senders."""

    def __init__(self, house: House) -> None:
        self._house = house
        mail = house.settings.mail
        now = house.clock.now()
        warm = pace.warm_up_rate(mail.warm_up, now) if mail.warm_up else None
        together = [Permits(house, "all", rate) for rate in mail.rates]
        together += [Permits(house, "warm-up", warm)] if warm else []
        self._relays = {
            relay.id: [*together, *(Permits(house, f"relay:{relay.id}", r) for r in relay.rates)]
            for relay in mail.relays
        }
        self._domains = {
            domain: [Permits(house, f"domain:{domain}", rate) for rate in rates]
            for domain, rates in mail.domains.items()
        }
        self._tails: dict[str, datetime] = {}
        self._pauses: dict[str, Pause] = {}
        self._looked = now - LOOK
        self._strikes: Counter[str] = Counter()

    def relay(self, relay_id: str) -> Wait:
        """Whether the relay may have a message now; then it counts."""
        now = self._house.clock.now()
        if resting := self.resting(relay_id, now):
            return resting
        permits = self._relays.get(relay_id, ())
        for one in permits:
            if seconds := one.wait(now):
                because = f"the limit of {one.rate} is used up until {_clock(now, seconds)}"
                return Wait(seconds=seconds, because=because)
        for one in permits:
            one.use()
        return GO

    def resting(self, relay_id: str, now: datetime) -> Wait | None:
        """Why the relay gets nothing for longer: quiet hours, or a pause."""
        self._look(now)
        settings = self._house.settings
        quiet = settings.mail.quiet
        if quiet and (until := pace.quiet_until(quiet, settings.site.timezone, now)):
            seconds = (until - now).total_seconds()
            return Wait(seconds=seconds, because=f"quiet hours until {_clock(now, seconds)}")
        pause = self._pauses.get(f"relay:{relay_id}")
        if pause is None or pause.until <= now:
            return None
        return Wait(seconds=(pause.until - now).total_seconds(), because=pause.because)

    def domain(self, delivery: Delivery) -> tuple[datetime, str] | None:
        """None when a message may go to its domain now (then it counts), else until when it waits
        and why; who has waited already is not sent to the end of the row again."""
        if not (self._domains or self._pauses):
            return None
        now = self._house.clock.now()
        domain = delivery.address.rpartition("@")[2]
        pause = self._pauses.get(f"domain:{domain}")
        if pause is not None and pause.until > now:
            return pause.until + _apart(delivery), pause.because
        permits = self._domains.get(domain, ())
        for one in permits:
            if seconds := one.wait(now):
                free = now + timedelta(seconds=seconds)
                waited = delivery.state is DeliveryState.DEFERRED
                until = self._in_row(domain, free, one.rate, waited) + _apart(delivery)
                return until, f"{domain} gets at most {one.rate}"
        for one in permits:
            one.use()
        return None

    def taken(self, address: str) -> None:
        """A message to the domain was taken: what was refused before was not about us."""
        if self._strikes:
            self._strikes.pop(f"domain:{address.rpartition('@')[2]}", None)

    def refused(self, result: SubmitResult, verdict: Verdict, address: str) -> Pause | None:
        """Note a refusal; the pause it asks for, saved, if it does."""
        scope = outbox.pause_scope(result, verdict, address.rpartition("@")[2])
        if not scope:
            return None
        self._strikes[scope] += 1
        now = self._house.clock.now()
        known = self._pauses.get(scope) or self._last(scope)
        if known and known.until > now:
            return known
        pause = outbox.pause(
            result, verdict, scope=scope, strikes=self._strikes[scope], before=known, now=now
        )
        if pause is None:
            return None
        self._strikes.pop(scope)
        self._house.store.paces.pause(pause)
        self._pauses[scope] = pause
        log.warning("%s", pause.because)
        return pause

    def _last(self, scope: str) -> Pause | None:
        return next((p for p in self._house.store.paces.all_pauses() if p.scope == scope), None)

    def _look(self, now: datetime) -> None:
        if not timedelta(0) <= now - self._looked < LOOK:
            self._looked = now
            self._pauses = self._house.store.paces.pauses(now)

    def _in_row(self, domain: str, free: datetime, rate: Rate, waited: bool) -> datetime:
        """Its place in the row of those who wait for the domain."""
        if waited:
            return free
        until = max(free, self._tails.get(domain, free))
        self._tails[domain] = until + rate.within / rate.most
        return until


def rests(house: House, pacer: Pacer) -> str:
    """Why no relay may have anything now, or ""."""
    now = house.clock.now()
    found = [pacer.resting(relay.id, now) for relay in house.settings.mail.relays]
    if not all(found):
        return ""
    return "; ".join(dict.fromkeys(wait.because for wait in _given(found)))


def _given(found: Sequence[Wait | None]) -> list[Wait]:
    return [wait for wait in found if wait is not None]


def _apart(delivery: Delivery) -> timedelta:
    """Up to two seconds, so that those who wait do not all come back at once."""
    return timedelta(milliseconds=delivery.subscriber_id % 100 * 20)


def _clock(now: datetime, seconds: float) -> str:
    return f"{now + timedelta(seconds=seconds):%Y-%m-%d %H:%M:%S} UTC"
