"""The command group: knows every command by name, loads its module when it is called."""

import difflib
import logging
from datetime import UTC, datetime

import click

from digest import __version__
from digest.cli.frame import Frame
from digest.errors import DigestError
from digest.late import load

COMMANDS = {
    "init": ("digest.cli.setup:init", "Write a commented config.yaml."),
    "check": ("digest.cli.setup:check", "Check config.yaml and show the next runs."),
    "schema": ("digest.cli.setup:schema", "Print the JSON Schema of config.yaml."),
    "demo": ("digest.cli.demo:command", "Do the whole job on the sample newsroom."),
    "collect": ("digest.cli.edition:collect", "Fetch what is due from the sources."),
    "extract": ("digest.cli.extract:command", "Split pages or pasted text into article and rest."),
    "summarise": ("digest.cli.summarise:command", "Write one line for each article."),
    "bulletin": ("digest.cli.edition:bulletin", "Write a newsletter's bulletin, send nothing."),
    "pin": ("digest.cli.stories:pin", "Put stories first in the next edition."),
    "bar": ("digest.cli.stories:bar", "Keep stories out of every edition."),
    "lift": ("digest.cli.stories:lift", "Forget pins and bars."),
    "pinned": ("digest.cli.stories:pinned", "List a newsletter's pins and bars."),
    "run": ("digest.cli.edition:run", "Collect, write, release, send and post now."),
    "preview": ("digest.cli.edition:preview", "Write an edition's mail, page and posts to files."),
    "redraft": ("digest.cli.edition:redraft", "Choose and write a waiting edition anew."),
    "test-send": ("digest.cli.send:test_send", "Send an edition to a few addresses to look at."),
    "preflight": ("digest.cli.preflight:command", "Look an edition over before it goes out."),
    "approve": ("digest.cli.desk:approve", "Let a draft go out at its slot."),
    "hold": ("digest.cli.desk:hold", "Stop an edition for now."),
    "resume": ("digest.cli.desk:resume", "Carry on with a held edition."),
    "kill": ("digest.cli.desk:kill", "Withdraw an edition for good."),
    "correct": ("digest.cli.desk:correct", "Take in what an edition's articles say now."),
    "send": ("digest.cli.send:send", "Submit what is still owed of an edition."),
    "status": ("digest.cli.send:status", "Show how far editions have got."),
    "missing": ("digest.cli.send:missing", "List who has not got an edition, and why."),
    "explain": ("digest.cli.send:explain", "Tell what became of a reader's mail or an article."),
    "schedule": ("digest.cli.schedule:command", "Show and skip the next runs."),
    "sources": ("digest.cli.sources:command", "Find, add, list, resume and move sources; OPML."),
    "subscribers": ("digest.cli.subscribers:command", "Add, import, export, show, forget people."),
    "bounces": ("digest.cli.bounces:bounces", "Read bounces and complaints."),
    "suppressions": ("digest.cli.bounces:suppressions", "Addresses that get nothing."),
    "pauses": ("digest.cli.bounces:pauses", "Relays and domains that get nothing just now."),
    "appeals": ("digest.cli.appeals:command", "Show what appeals brought in; take payments."),
    "posts": ("digest.cli.posts:command", "Show and steer the social queue."),
    "serve": ("digest.cli.serve:command", "Run collector, ticker, sender, poster and web."),
    "bench": ("digest.cli.bench:command", "Measure this program beside its peers."),
}


class LateGroup(click.Group):
    """Lists every command without importing any; imports the one that is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order of the work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, its module loaded now."""
        if cmd_name not in COMMANDS:
            return None
        found = load(COMMANDS[cmd_name][0])
        assert isinstance(found, click.Command)
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, with the nearest name for a typo."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            near = difflib.get_close_matches(args[0], COMMANDS, n=1)
            hint = f", did you mean {near[0]!r}?" if near else "; see digest --help"
            ctx.fail(f"there is no command {args[0]!r}{hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list for --help, from the table above."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, told) for name, (_, told) in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> object:
        """Turn an editor's error into its sentence and exit code; --debug shows the traceback."""
        try:
            return super().invoke(ctx)
        except DigestError as error:
            if ctx.params.get("debug"):
                raise
            click.echo(f"digest: {error}", err=True)
            ctx.exit(error.exit_code)
        except KeyboardInterrupt:
            ctx.exit(130)


class Instant(click.ParamType[datetime]):
    """An ISO date and time; without a zone it means UTC."""

    name = "ISO"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """Aware UTC."""
        try:
            found = datetime.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is no date and time; write for example 2026-11-24T07:00Z")
        return found.replace(tzinfo=found.tzinfo or UTC).astimezone(UTC)


@click.group(cls=LateGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("-c", "--config", "config_path", default="config.yaml", help="The editors' file.")
@click.option("--at", type=Instant(), default=None, help="Set the clock to this instant.")
@click.option("-q", "--quiet", is_flag=True, help="No talk on stderr.")
@click.option("-v", "--verbose", is_flag=True, help="Say what happens while it happens.")
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
@click.version_option(__version__, prog_name="digest")
@click.pass_context
def command(
    ctx: click.Context,
    config_path: str,
    at: datetime | None,
    quiet: bool,
    verbose: bool,
    debug: bool,
) -> None:
    """Digest: a newsroom's short-news desk, from collecting to mail and posts."""
    logging.basicConfig(
        level=logging.INFO if verbose else logging.WARNING,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
    )
    ctx.obj = Frame(config_path=config_path, quiet=quiet, at=at)
