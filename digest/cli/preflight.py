"""`digest preflight`: what is found before a release, and an editor's word that it may go."""

import sys
from collections.abc import Iterator
from dataclasses import asdict

import click

from digest.cli.frame import Frame
from digest.errors import DigestError, UsageError
from digest.model.edition import Edition, Email
from digest.model.preflight import Override, Preflight
from digest.newsroom import desk, editions, preflight
from digest.newsroom.house import House


@click.command("preflight")
@click.argument("what", metavar="NEWSLETTER|EDITION")
@click.option("--override", "names", multiple=True, help="A finding that shall not stop it.")
@click.option("--because", default="", help="Why, kept with the edition.")
@click.option("--offline", is_flag=True, help="Ask neither name servers nor links.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def command(
    frame: Frame, what: str, names: tuple[str, ...], because: str, offline: bool, as_json: bool
) -> None:
    """Look an edition over (or what NEWSLETTER would send now); let a finding go by name."""
    with frame.house() as house:
        edition, emails = _found(frame, house, what)
        newsletter = desk.named(house, edition.newsletter_id)
        work = preflight.look_over(house, newsletter, edition, emails, network=not offline)
        made = frame.finish(work)
        if names:
            if not edition.id:
                raise UsageError(f"{what} is no stored edition; nothing was overridden")
            edition = desk.find(house, edition.slug)
            preflight.override(house, edition, names, frame.who, because)
            edition = desk.find(house, edition.slug)
        blocking = preflight.unanswered(edition, made)
    shown = {
        "edition": edition.slug,
        "ok": not blocking,
        "findings": [asdict(one) for one in made.findings],
        "overrides": [asdict(one) for one in edition.overrides],
    }
    frame.with_json(as_json).say(shown, list(_told(made, edition.overrides)))
    if blocking:
        sys.exit(1)


def _found(frame: Frame, house: House, what: str) -> tuple[Edition, list[Email]]:
    if house.store.editions.get(what) is not None:
        edition = desk.find(house, what)
        return edition, house.store.editions.emails(edition.id, edition.revision)
    newsletter = desk.named(house, what)
    made = frame.finish(editions.draft(house, newsletter, desk.occurrence_now(house, newsletter)))
    if isinstance(made, str):
        raise DigestError(f"{what}: there is no edition to look over: {made}")
    return made.edition, list(made.emails)


def _told(made: Preflight, overrides: tuple[Override, ...]) -> Iterator[str]:
    let_go = {one.name: one for one in overrides}
    for one in made.findings:
        word = let_go.get(one.name)
        who = f" (overridden by {word.who}: {word.because})" if word else ""
        yield f"{one.weight.value:5}  {one.name}: {one.because}{who}"
    if not made.findings:
        yield "nothing was found"
