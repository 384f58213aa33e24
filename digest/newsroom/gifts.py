"""What readers give, as platforms and files tell of it: kept once, attributed, thanked by silence.

Who gave is a supporter from then on, and appeals that are hidden from supporters ask them no more.
The giver's address is not kept with the payment.
"""

import csv
import io
import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from digest.deliver import addresses, appeals, gifts
from digest.deliver.calls import Ignored, Refused
from digest.deliver.gifts import Refund, Told
from digest.errors import UsageError
from digest.model.appeal import Contribution, Platform
from digest.newsroom.house import House
from digest.newsroom.subscribing import secret

log = logging.getLogger(__name__)

SUPPORTS = timedelta(days=365)
"""So long a payment from a file makes its giver a supporter."""
COLUMNS = ("event", "amount", "currency", "at", "reference", "email")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What became of a platform's call."""

    status: int
    """Of the HTTP answer: platforms repeat what was not 2xx."""
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BadLine:
    """A line of a file that could not be taken, and why."""

    line: int
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GiftsReport:
    """What became of every line of a file."""

    new: int = 0
    known: int = 0
    attributed: int = 0
    bad: tuple[BadLine, ...] = ()


def hear(house: House, platform_id: str, headers: Mapping[str, str], body: bytes) -> Heard:
    """A platform's call: believed if it is signed, kept once however often it comes."""
    platform = house.settings.platform(platform_id)
    if platform is None:
        return Heard(status=404, because="there is no such platform")
    if platform.secret is None:
        return Heard(status=503, because="its secret is not there yet; call again later")
    read = gifts.stripe if platform.kind == "stripe" else gifts.plain
    told = read(platform.id, platform.secret.reveal(), headers, body, house.clock.now())
    if isinstance(told, Refused):
        log.warning("gifts from %s: %s", platform.id, told.because)
        return Heard(status=401 if told.forged else 422, because=told.because)
    if isinstance(told, Ignored):
        return Heard(status=200, because=f"nothing to keep: {told.because}")
    return _kept(house, platform, told)


def import_csv(house: House, text: str, *, platform: str = "file") -> GiftsReport:
    """Take every line that can be taken, report every other with its number and reason."""
    new = known = attributed = 0
    bad: list[BadLine] = []
    now = house.clock.now()
    for line, row in _rows(text):
        try:
            found = _attributed(house, gifts.contribution(platform, row, now))
        except ValueError as error:
            bad.append(BadLine(line=line, because=str(error)))
            continue
        if house.store.appeals.contribute([found]):
            new += 1
            attributed += bool(found.appeal)
        else:
            known += 1
        _support(house, found, SUPPORTS)
    return GiftsReport(new=new, known=known, attributed=attributed, bad=tuple(bad))


def _kept(house: House, platform: Platform, told: Told) -> Heard:
    if isinstance(told, Refund):
        found = _paid_back(house, platform, told)
    else:
        assert isinstance(told, Contribution)
        found = _attributed(house, told)
        # The supporter first: killed between the two, the platform calls again.
        _support(house, found, platform.supporter_for)
    if not house.store.appeals.contribute([found]):
        return Heard(status=200, because="it is known already")
    through = f"through {found.appeal}, {found.variant}" if found.appeal else "without a reference"
    log.info("gift of %d %s %s", found.amount, found.currency, through)
    return Heard(status=200, because=f"kept, {through}")


def _attributed(house: House, given: Contribution) -> Contribution:
    """With what its reference names, if that is genuine."""
    named = appeals.read_reference(secret(house), given.reference)
    edition = house.store.editions.get(named.slug) if named else None
    if named is None or edition is None:
        return given
    return replace(given, appeal=named.appeal, variant=named.variant, edition_id=edition.id)


def _paid_back(house: House, platform: Platform, told: Refund) -> Contribution:
    """It counts against what the payment counted for."""
    paid = house.store.appeals.contribution(platform.id, told.payment)
    return Contribution(
        platform=platform.id,
        event=told.event,
        amount=-told.amount,
        currency=told.currency,
        at=told.at,
        reference=paid.reference if paid else "",
        appeal=paid.appeal if paid else "",
        variant=paid.variant if paid else "",
        edition_id=paid.edition_id if paid else None,
    )


def _support(house: House, given: Contribution, so_long: timedelta) -> None:
    address = addresses.tidy_address(given.address)
    if given.amount > 0 and address and not addresses.address_problem(address):
        house.store.subscribers.support(address, given.at + so_long, house.clock.now())


def _rows(text: str) -> list[tuple[int, dict[str, str]]]:
    """Line number and named cells of each row; the first row names the columns."""
    text = text.removeprefix("\ufeff")
    first = text.lstrip().partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
        names = [name.strip().lower() for name in reader.fieldnames or ()]
        reader.fieldnames = names
        rows = [
            (reader.line_num, {k: v for k, v in row.items() if isinstance(k, str) and v})
            for row in reader
        ]
    except csv.Error as error:
        raise UsageError(
            f"this is no CSV file ({error}); nothing was taken. Save it as CSV in UTF-8"
        ) from error
    if not {"event", "amount", "currency"} <= set(names):
        raise UsageError(
            f"the first line must name the columns: {', '.join(COLUMNS)};"
            " the first three are needed. Nothing was taken"
        )
    return rows
