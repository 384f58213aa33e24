"""The social queue on the command line: show it, hold and resume it, measure a text."""

from collections.abc import Mapping, Sequence

import click

from digest.cli.frame import Frame
from digest.cli.late import load
from digest.model.post import Network, Post
from digest.social import measure as measuring

POSTING = "digest.newsroom.posting"
QUEUE = "digest.newsroom.queue"
"""Imported when a verb needs it: `posts measure` answers without it."""

JSON = click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
ACCOUNT = click.argument("account")


@click.group("posts", invoke_without_command=True)
@click.pass_context
def command(ctx: click.Context) -> None:
    """Show and steer the social queue; ACCOUNT is an id of config.yaml, or "*" for all."""
    if ctx.invoked_subcommand is None:
        ctx.invoke(queue)


@command.command("queue")
@click.option("-n", "limit", type=int, default=100, show_default=True, help="At most so many.")
@JSON
@click.pass_obj
def queue(frame: Frame, limit: int, as_json: bool) -> None:
    """What is not published yet, soonest first, and what is held."""
    with frame.house() as house:
        posts, holds = load(f"{QUEUE}:waiting")(house, limit)
    shown = {"posts": [_shown(post) for post in posts], "holds": holds}
    frame.with_json(as_json).say(shown, _lines(posts, holds))


@command.command("hold")
@ACCOUNT
@click.option("--because", required=True, help="The reason, shown wherever the hold is met.")
@click.pass_obj
def hold(frame: Frame, account: str, because: str) -> None:
    """From now on nothing goes to ACCOUNT."""
    with frame.house() as house:
        click.echo(load(f"{QUEUE}:hold")(house, account, f"{because} ({frame.who})"))


@command.command("resume")
@ACCOUNT
@click.pass_obj
def resume(frame: Frame, account: str) -> None:
    """Lift the hold; what came due meanwhile waits for `posts now`."""
    with frame.house() as house:
        click.echo(load(f"{QUEUE}:resume")(house, account))


@command.command("now")
@click.argument("post", metavar="ID", type=int)
@click.pass_obj
def now(frame: Frame, post: int) -> None:
    """Publish a waiting, held or failed post at once."""
    with frame.house() as house:
        click.echo(load(f"{QUEUE}:post_now")(house, post))
        report = frame.finish(load(f"{POSTING}:post_due")(house))
    ended = [f"{done.state}, {done.because}" for done in report.results if done.post_id == post]
    click.echo(f"post {post}: {ended[0] if ended else 'waits for its turn'}")


@command.command("measure")
@click.argument("network", type=click.Choice([network.value for network in Network]))
@click.argument("text")
@JSON
@click.pass_obj
def measure(frame: Frame, network: str, text: str, as_json: bool) -> None:
    """The length of TEXT by NETWORK's own rule, and for X the price."""
    where = Network(network)
    length, limit = measuring.length(where, text), measuring.limit(where)
    found: dict[str, object] = {"network": network, "length": length, "limit": limit}
    found["fits"] = measuring.fits(where, text)
    line = f"{length} of {limit}" + ("" if found["fits"] else ": too long")
    if where is Network.X:
        found["usd"] = float(measuring.price(where, text))
        line += f", ${measuring.price(where, text)}"
    frame.with_json(as_json).say(found, [line])


def _shown(post: Post) -> dict[str, object]:
    return {
        "id": post.id,
        "account": post.account_id,
        "part": post.part,
        "state": post.state.value,
        "because": post.because,
        "due_at": post.due_at.isoformat(),
        "next_at": post.next_at.isoformat() if post.next_at else None,
        "attempt": post.attempt,
        "text": post.text,
        "link": post.link,
        "length": post.length,
    }


def _lines(posts: Sequence[Post], holds: Mapping[str, str]) -> list[str]:
    """Holds first, then a line a post."""
    lines = [f"held: {account}, {because}" for account, because in sorted(holds.items())]
    for post in posts:
        when = post.next_at or post.due_at
        told = f" ({post.because})" if post.because else ""
        lines.append(
            f"{post.id:>6}  {when:%Y-%m-%d %H:%M}Z  {post.account_id}  {post.state}{told}  "
            + " ".join(post.text.split())[:60]
        )
    return lines or ["nothing waits"]
