"""Appeals over 100,000 readers and 30 editions, through the real release on a real database.

Two newsletters, an appeal dealt by weight and one by success, at most three a week for each reader,
supporters who join on the way, an edition beside a death: what was dealt is then counted from the
delivery rows alone. Intervals are tried on gifts of known chance.
"""

import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from math import exp
from pathlib import Path
from random import Random
from statistics import median
from zlib import crc32

from sqlalchemy import insert, select

from digest.bench import email_sample as sample
from digest.deliver import appeals
from digest.deliver.results import results
from digest.model.appeal import Appeal, AppealRules, Choose, VariantCounts
from digest.model.edition import Edition, Email, Letter
from digest.store import SqlStore, open_store
from digest.store.tables import subscribers, subscriptions
from digest.store.tables_mail import deliveries

READERS = 100_000
EDITIONS = 30
GIVES = {"a": 0.0004, "b": 0.0008}
"""The chance that one who sees the wording gives."""
AT_MOST, PER = 3, timedelta(days=7)
START = datetime(2026, 3, 1, 7, tzinfo=UTC)
SAMPLES = 2000
TRIED = 400

Say = Callable[[str], object]


def run(say: Say) -> dict[str, object]:
    """The simulation, then the coverage of the intervals."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{Path(folder) / 'digest.db'}")
        try:
            _people(store)
            figures = _editions(store, say)
        finally:
            store.close()
    covered = _coverage()
    say(f"95 % intervals that hold the truth       {covered:8.1%}     of {TRIED} tries")
    return {**figures, "coverage": covered}


def _people(store: SqlStore) -> None:
    rows = [
        {
            "id": n,
            "address": f"r{n}@reader.example",
            "name": "",
            "supporter": False,
            "number": crc32(f"r{n}@reader.example".encode()) % 10_000,
            "created": START,
        }
        for n in range(1, READERS + 1)
    ]
    joined = [
        {
            "newsletter_id": newsletter,
            "subscriber_id": n,
            "state": "confirmed",
            "changed": START,
            "because": "",
        }
        for newsletter in ("morning", "evening")
        for n in range(1, READERS + 1)
        if newsletter == "morning" or n % 2
    ]
    with store._database.write() as connection:
        connection.execute(insert(subscribers), rows)
        connection.execute(insert(subscriptions), joined)


def _appeal(name: str, choose: Choose) -> Appeal:
    a, b = sample.APPEAL.variants
    rules = AppealRules(hide_from_supporters=True, at_most=AT_MOST, per=PER)
    variants = (replace(a, id="a", weight=3.0), replace(b, id="b", weight=1.0))
    return replace(sample.APPEAL, id=name, rules=rules, choose=choose, variants=variants)


def _editions(store: SqlStore, say: Say) -> dict[str, object]:
    """Editions twice a day; between them people give, and become supporters."""
    random, taken = Random(1), []
    known: dict[str, Counter[str]] = {"weights": Counter(), "best": Counter()}
    gifts: dict[str, Counter[str]] = {"weights": Counter(), "best": Counter()}
    support: dict[int, datetime] = {}
    for number in range(EDITIONS):
        at = START + timedelta(hours=12 * number)
        name = ("weights", "best")[number // 2 % 2]
        appeal = _appeal(name, Choose(name))
        made = _edition(store, number, at, name)
        counts = [_counts(v, known[name][v], gifts[name][v]) for v in ("a", "b")]
        # One edition stands beside a death and carries no appeal.
        told = replace(made, appeal="" if number == 7 else name)
        plan = appeals.appeal_plan(told, appeal, at, counts)
        began = time.perf_counter()
        assert store.editions.release(told, "", at, plan, ())
        taken.append(time.perf_counter() - began)
        for reader, variant in _dealt(store, made.id):
            known[name][variant] += 1
            if random.random() < GIVES[variant]:
                gifts[name][variant] += 1
                until = at + timedelta(days=30)
                store.subscribers.support(f"r{reader}@reader.example", until, at)
                support.setdefault(reader, at)
    return _judged(store, support, taken, say)


def _edition(store: SqlStore, number: int, at: datetime, appeal: str) -> Edition:
    newsletter = ("morning", "evening")[number % 2]
    made = replace(
        sample.edition(1),
        id=0,
        slug=f"{newsletter}-{number}",
        newsletter_id=newsletter,
        local_date=at.date(),
        local_time=at.time(),
        due_at=at,
        appeal=appeal,
    )
    letter = Letter(pieces=(), blanks=())
    email = Email(
        variant="",
        subject="s",
        html="",
        text="",
        nonce="n",
        letter=letter,
        hash="",
    )
    saved = store.editions.add(made, [email])
    assert saved is not None
    return saved


def _judged(
    store: SqlStore, support: dict[int, datetime], taken: list[float], say: Say
) -> dict[str, object]:
    """From the delivery rows alone: nobody over the cap in any window, no supporter asked."""
    asked: dict[int, list[datetime]] = defaultdict(list)
    wordings: dict[tuple[int, str], list[str]] = defaultdict(list)
    newest: Counter[str] = Counter()
    for edition in store.editions.recent(None, EDITIONS):
        at = edition.released_at or edition.due_at
        for reader, variant in _dealt(store, edition.id):
            asked[reader].append(at)
            wordings[reader, edition.appeal].append(variant)
        if edition.appeal == "best" and not newest:
            newest = Counter(variant for _, variant in _dealt(store, edition.id))
    over = sum(_over(sorted(times)) for times in asked.values())
    begged = sum(
        any(since < at < since + timedelta(days=30) for at in asked[reader])
        for reader, since in support.items()
    )
    changed = sum(len({*seen}) > 1 for (_, name), seen in wordings.items() if name == "weights")
    shares = Counter(seen[0] for (_, name), seen in wordings.items() if name == "weights")
    share = shares["a"] / sum(shares.values())
    won = newest["b"] / max(1, sum(newest.values()))
    total = sum(map(len, asked.values()))
    say(f"readers x editions  {READERS:,} x {EDITIONS}, {total:,} appeals dealt")
    say(f"over {AT_MOST} in any {PER.days} days                     {over:8}     bar 0")
    say(f"supporters asked                         {begged:8}     of {len(support)}, bar 0")
    say(f"readers whose wording changed by weight  {changed:8}     bar 0")
    say(f"share of wording a at weights 3 to 1     {share:8.2%}     due 75 %")
    say(f"share of the better wording at the end   {won:8.2%}     due 95 % once it is known")
    say(f"a release to {READERS:,}                   {median(taken) * 1000:8.0f} ms")
    return {
        "appeals": total,
        "over": over,
        "supporters_asked": begged,
        "changed": changed,
        "share": share,
        "best": won,
        "release_ms": median(taken) * 1000,
    }


def _over(times: list[datetime]) -> int:
    """How often one more than the cap stands within one window."""
    return sum(
        last - first < PER for first, last in zip(times, times[AT_MOST:], strict=False)
    ) + sum(first == last for first, last in pairwise(times))


def _dealt(store: SqlStore, edition_id: int) -> list[tuple[int, str]]:
    wanted = select(deliveries.c.subscriber_id, deliveries.c.variant).where(
        deliveries.c.edition_id == edition_id, deliveries.c.variant != ""
    )
    with store._database.read() as connection:
        return [(row.subscriber_id, row.variant) for row in connection.execute(wanted)]


def _counts(variant: str, submitted: int, gifts: int, amount: int = 1000) -> VariantCounts:
    return VariantCounts(
        variant=variant,
        submitted=submitted,
        clicks=0,
        machine_clicks=0,
        gifts=gifts,
        total=gifts * amount,
        squares=float(gifts * amount**2),
    )


def _coverage() -> float:
    """How many intervals hold the truth: 40 gifts in the mean, of sizes that differ much."""
    random, held = Random(2), 0
    mean = exp(3 + 0.5)
    for _ in range(TRIED):
        sizes = [random.lognormvariate(3, 1) for _ in range(SAMPLES) if random.random() < 0.02]
        total = round(sum(sizes))
        told = VariantCounts(
            variant="a",
            submitted=SAMPLES,
            clicks=0,
            machine_clicks=0,
            gifts=len(sizes),
            total=total,
            squares=sum(s * s for s in sizes),
        )
        (found,) = results([told])
        held += found.low <= mean * 0.02 * 1000 <= (found.high or 0)
    return held / TRIED
