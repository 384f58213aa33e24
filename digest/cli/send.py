"""Delivery and its truth: send, status, missing, explain."""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict

import click

from digest.cli.frame import Frame
from digest.errors import PartlyDone, TryAgainLater, UsageError
from digest.model.delivery import DeliveryState
from digest.newsroom import revising, sending, tracing, truth, trying
from digest.newsroom.sending import SendReport
from digest.newsroom.tracing import ArticleTold
from digest.newsroom.truth import DeliveryTold, EditionTold
from digest.url import is_web

JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")


@click.command("send")
@click.argument("edition")
@click.option("--deferred", is_flag=True, help="Do not wait for the next try of deferred ones.")
@click.option("--in-doubt", "in_doubt", is_flag=True, help="Send those in doubt once more.")
@click.option("--failed", is_flag=True, help="Try those again that were given up.")
@click.option("--newcomers", is_flag=True, help="Send it to those, too, who joined after it.")
@click.option("--dry-run", is_flag=True, help="Only say how many it would go to.")
@JSON
@click.pass_obj
def send(
    frame: Frame,
    edition: str,
    deferred: bool,
    in_doubt: bool,
    failed: bool,
    newcomers: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Submit what is still owed of EDITION; what was submitted is not submitted again."""
    chosen = (
        (DeliveryState.DEFERRED, deferred),
        (DeliveryState.IN_DOUBT, in_doubt),
        (DeliveryState.FAILED, failed),
    )
    again = tuple(state for state, wanted in chosen if wanted)
    with frame.house() as house:
        if dry_run:
            told = sending.would_send(house, edition, again=again, newcomers=newcomers)
            line = f"{edition}: would go to {told}; nothing was sent"
            frame.with_json(as_json).say({"edition": edition, "would_send": told}, [line])
            return
        report = frame.finish(sending.send_now(house, edition, again=again, newcomers=newcomers))
        (found,) = truth.status(house, edition)
    shown = asdict(report) | {"edition": edition, "state": found.state, "counts": found.counts}
    frame.with_json(as_json).say(shown, [counted(report), *report.because])
    end_by(report, found)


@click.command("test-send")
@click.argument("edition")
@click.argument("addresses", metavar="ADDRESS...", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def test_send(frame: Frame, edition: str, addresses: tuple[str, ...], as_json: bool) -> None:
    """Send an edition to a few addresses to look at, in each wording; it counts as no delivery."""
    with frame.house() as house:
        found = frame.finish(trying.send(house, edition, addresses))
    lines = [
        f"{one.address}{f' ({one.variant})' if one.variant else ''}: {one.because}" for one in found
    ]
    frame.with_json(as_json).say({"messages": [asdict(one) for one in found]}, lines)
    if not all(one.ok for one in found):
        sys.exit(1)


@click.command("status")
@click.argument("edition", required=False)
@JSON
@click.pass_obj
def status(frame: Frame, edition: str | None, as_json: bool) -> None:
    """How far EDITION, or each of the latest ten, has got."""
    with frame.house() as house:
        found = truth.status(house, edition)
    lines = [line for one in found for line in _edition_lines(one)]
    shown = {"editions": [asdict(one) for one in found]}
    frame.with_json(as_json).say(shown, lines or ["there is no edition yet"])


@click.command("missing")
@click.argument("edition")
@JSON
@click.pass_obj
def missing(frame: Frame, edition: str, as_json: bool) -> None:
    """Everybody in EDITION's audience whose message the relay has not taken, and why."""
    with frame.house() as house:
        found = truth.missing(house, edition)
    shown = {"edition": edition, "missing": [asdict(one) for one in found]}
    nobody = [f"{edition}: nobody is missing"]
    frame.with_json(as_json).say(shown, list(_delivery_lines(found)) or nobody)


@click.command("explain")
@click.argument("what", metavar="ADDRESS|URL")
@click.argument("edition", required=False)
@JSON
@click.pass_obj
def explain(frame: Frame, what: str, edition: str | None, as_json: bool) -> None:
    """What became of the mail to an ADDRESS, or of the article at a URL, in one EDITION or all."""
    if is_web(what):
        with frame.house() as house:
            article = tracing.explain_article(house, what, edition)
        frame.with_json(as_json).say(asdict(article), _article_lines(article))
        return
    if "@" not in what:
        raise UsageError(
            f"{what!r} is neither the mail address of a reader nor the web address of an article"
            " (https://…); nothing was looked up"
        )
    with frame.house() as house:
        found = truth.explain(house, what, edition)
    lines = [f"{what} {line}" for line in found.standing]
    lines += [f"{d.edition}: {d.state.replace('_', ' ')}: {d.because}" for d in found.deliveries]
    frame.with_json(as_json).say(asdict(found), lines)


def counted(report: SendReport) -> str:
    """For example "98 submitted, 2 rejected"."""
    numbers = (
        (report.submitted, "submitted"),
        (report.deferred, "deferred"),
        (report.rejected, "rejected"),
        (report.failed, "given up"),
        (report.in_doubt, "in doubt"),
    )
    return ", ".join(f"{n} {word}" for n, word in numbers if n) or "nothing was submitted"


def end_by(report: SendReport, found: EditionTold) -> None:
    """Raise what gives exit code 4 when some are left, 75 when the relay took none."""
    left = sum(found.counts.get(s, 0) for s in ("queued", "submitting", "deferred"))
    if not left:
        return
    words = f"{found.edition}: {left} deliveries wait for their next try"
    if report.queued_again and not report.submitted:
        raise TryAgainLater(f"{words}; nothing was lost, the reason stands above")
    raise PartlyDone(f"{words}; `digest send {found.edition}` carries on")


def _edition_lines(found: EditionTold) -> Iterator[str]:
    counts = ", ".join(f"{n} {state.replace('_', ' ')}" for state, n in found.counts.items())
    yield f"{found.edition}: {found.state} ({found.because})" + (f": {counts}" if counts else "")
    if found.carried is not None:
        for one in found.corrections:
            yield f"  revision {one.revision}, {one.at:%Y-%m-%d %H:%M} UTC: {revising.told(one)}"
        for revision, count in found.carried.items():
            yield f"  {count} deliveries carried revision {revision}"
    if found.bounces:
        told = ", ".join(f"{count} {reason}" for reason, count in found.bounces.items())
        yield f"  came back: {told}"
    if found.newcomers:
        yield (
            f"  {found.newcomers} joined after its release;"
            f" `digest send {found.edition} --newcomers` sends it to them, too"
        )
    for line in _delivery_lines(found.failures):
        yield f"  {line}"


def _delivery_lines(found: Iterable[DeliveryTold]) -> Iterator[str]:
    for one in found:
        yield f"{one.address}: {one.state.replace('_', ' ')}: {one.because}"


def _article_lines(found: ArticleTold) -> Iterator[str]:
    yield f"{found.url}: " + (f"withdrawn: {found.withdrawn}" if found.withdrawn else "stands")
    yield f"  listed by {', '.join(found.sources) or 'no source'}"
    yield f"  its page was last looked at {found.looked_at:%Y-%m-%d %H:%M} UTC"
    for one in found.versions:
        kind = f"{one.kind} ({one.kind_because})" if one.kind_because else one.kind
        said = one.because or "nothing special"
        yield f"  version {one.version}, read {one.read_at:%Y-%m-%d %H:%M} UTC: {said}"
        yield (
            f"    “{one.headline}”, {kind}, {one.paragraphs} paragraphs,"
            f" {one.dropped} lines left out"
        )
    for ruling in found.rulings:
        why = f": {ruling.because}" if ruling.because else ""
        until = f"{ruling.until:%Y-%m-%d}"
        yield f"  {ruling.kind} for {ruling.newsletter} by {ruling.who} until {until}{why}"
    for use in found.editions:
        brief = f"version {use.article_version}: “{use.line}”" if use.line else "pulled"
        yield f"  {use.edition}, revision {use.revision} ({use.state}): {brief}"
        yield from (f"    {line}" for line in use.corrections)
    for post in found.posts:
        why = f" ({post.because})" if post.because else ""
        state = post.state.replace("_", " ")
        yield f"  post on {post.account} for {post.edition}, revision {post.revision}: {state}{why}"
