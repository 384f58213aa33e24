"""The social queue on the command line: show it, hold and resume it, edit it, measure a text."""

from collections.abc import Sequence

import click

from digest.cli.frame import Frame
from digest.late import load
from digest.model.account import Network
from digest.model.post import Held, Post
from digest.social import measure as measuring
from digest.text.money import dollars

POSTING = "digest.newsroom.posting"
QUEUE = "digest.newsroom.queue"
"""Imported when a verb needs it: `posts measure` answers without it."""

JSON = click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
BECAUSE = click.option(
    "--because", required=True, help="The reason, shown wherever the hold is met."
)
WHAT = click.argument("what")
POST = click.argument("post", metavar="ID", type=int)
SHOWN = 400
"""Bytes of a body that is no text."""


@click.group("posts", invoke_without_command=True)
@click.pass_context
def command(ctx: click.Context) -> None:
    """Show and steer the social queue; WHAT is an account's id, tag:NAME, a post's number, or
    "*" for everything."""
    if ctx.invoked_subcommand is None:
        ctx.invoke(queue)


@command.command("queue")
@click.option("-n", "limit", type=int, default=100, show_default=True, help="At most so many.")
@JSON
@click.pass_obj
def queue(frame: Frame, limit: int, as_json: bool) -> None:
    """What is not published yet, soonest first, what it costs, and what is held."""
    with frame.house() as house:
        posts, holds = load(f"{QUEUE}:waiting")(house, limit)
    shown = {"posts": [_shown(post) for post in posts], "holds": [_held(one) for one in holds]}
    frame.with_json(as_json).say(shown, _lines(posts, holds))


@command.command("hold")
@WHAT
@BECAUSE
@click.pass_obj
def hold(frame: Frame, what: str, because: str) -> None:
    """From now on nothing goes to WHAT; a single post waits for `posts now`."""
    with frame.house() as house:
        click.echo(load(f"{QUEUE}:hold")(house, what, because, frame.who))


@command.command("resume")
@WHAT
@click.pass_obj
def resume(frame: Frame, what: str) -> None:
    """Lift the hold; what came due meanwhile waits for `posts now`."""
    with frame.house() as house:
        click.echo(load(f"{QUEUE}:resume")(house, what))


@command.command("now")
@POST
@click.pass_obj
def now(frame: Frame, post: int) -> None:
    """Publish a waiting, held or failed post at once."""
    with frame.house() as house:
        click.echo(load(f"{QUEUE}:post_now")(house, post))
        report = frame.finish(load(f"{POSTING}:post_due")(house))
    ended = [done for done in report.results if done.post_id == post]
    said = [f"{d.state.replace('_', ' ')} ({d.because})" for d in ended]
    click.echo(f"post {post}: {said[0] if said else 'waits for its turn'}")


@command.command("edit")
@POST
@click.argument("text")
@click.pass_obj
def edit(frame: Frame, post: int, text: str) -> None:
    """Give a post that waits the words of TEXT, its link included."""
    with frame.house() as house:
        click.echo(load(f"{QUEUE}:edit")(house, post, text))


@command.command("drop")
@POST
@BECAUSE
@click.pass_obj
def drop(frame: Frame, post: int, because: str) -> None:
    """Take a post out for good; a thread goes on without it."""
    with frame.house() as house:
        click.echo(load(f"{QUEUE}:take_out")(house, post, because, frame.who))


@command.command("found")
@POST
@click.argument("address")
@click.pass_obj
def found(frame: Frame, post: int, address: str) -> None:
    """A doubtful post is on its network, at ADDRESS."""
    with frame.house() as house:
        click.echo(load(f"{QUEUE}:found")(house, post, address))


@command.command("show")
@POST
@JSON
@click.pass_obj
def show(frame: Frame, post: int, as_json: bool) -> None:
    """A post as it would go out, to the byte: text, length, price, time and requests."""
    with frame.house() as house:
        told = frame.finish(load(f"{QUEUE}:rehearse")(house, post))
    calls = [
        {"method": call.method, "url": call.url, "body": _body(call.body)} for call in told.calls
    ]
    shown = _shown(told.post) | {"limit": told.limit, "held": told.because, "requests": calls}
    lines = [
        *_lines([told.post], []),
        "",
        told.post.text,
        "",
        f"{told.post.length} of {told.limit}{_dollars(told.post.price)}",
        *([f"picture: {told.post.alt}"] if told.post.alt and told.post.image else []),
        *([told.because] if told.because else []),
        *(f"\n{call['method']} {call['url']}\n{call['body']}" for call in calls),
    ]
    frame.with_json(as_json).say(shown, lines)


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
        price = measuring.price(where, text)
        found["usd"] = price / 1000
        line += _dollars(price)
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
        "expires_at": post.expires_at.isoformat(),
        "attempt": post.attempt,
        "text": post.text,
        "link": post.link,
        "alt": post.alt,
        "tags": list(post.tags),
        "length": post.length,
        "usd": post.price / 1000,
    }


def _held(held: Held) -> dict[str, object]:
    return {
        "what": held.scope,
        "because": held.because,
        "who": held.who,
        "at": held.at.isoformat(),
    }


def _lines(posts: Sequence[Post], holds: Sequence[Held]) -> list[str]:
    """Holds first, then a line a post, then what all of them cost."""
    lines = [
        f"held: {held.scope}, {held.because} ({held.who}, {held.at:%Y-%m-%d %H:%M}Z)"
        for held in holds
    ]
    for post in posts:
        when = post.next_at or post.due_at
        told = f" ({post.because})" if post.because else ""
        lines.append(
            f"{post.id:>6}  {when:%Y-%m-%d %H:%M}Z  {post.account_id}  {post.state}{told}"
            f"{_dollars(post.price)}  " + " ".join(post.text.split())[:60]
        )
    if len(posts) > 1 and (price := sum(post.price for post in posts)):
        lines.append(f"{len(posts)} posts{_dollars(price)}")
    return lines or ["nothing waits"]


def _dollars(thousandths: int) -> str:
    """For example ", $0.20" or ", $0.015"; nothing for nothing."""
    return f", {dollars(thousandths)}" if thousandths else ""


def _body(body: bytes) -> str:
    """The text of a body, or how large one is that is none."""
    try:
        return body.decode()
    except UnicodeDecodeError:
        head = body[:SHOWN].decode("utf-8", "replace").partition("\ufffd")[0]
        return f"{head}… ({len(body):,} bytes)"
