"""Findings hold an edition until an editor overrides them; the network is asked with patience."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from digest.errors import UsageError
from digest.model.edition import Edition, EditionState
from digest.model.fetch import Fetched, FetchRequest
from digest.model.preflight import NameAnswer, PreflightSettings, Weight
from digest.newsroom import desk, editions, preflight
from digest.newsroom.house import House
from tests import builders, mail
from tests import house as houses

SITE = replace(builders.site(), url="https://post.ie")


class Servers:
    """Answers with a status by address; 200 for all others."""

    def __init__(self, statuses: dict[str, int], *, hang: bool = False) -> None:
        self.statuses = statuses
        self.hang = hang
        self.asked: list[str] = []

    async def fetch(self, request: FetchRequest) -> Fetched:
        """At once, or never."""
        self.asked.append(request.url)
        if self.hang:
            await asyncio.Event().wait()
        return Fetched(url=request.url, status=self.statuses.get(request.url, 200))


class Names:
    """Name servers with these records."""

    def __init__(self, **texts: str) -> None:
        self.texts = {name.replace("__", "."): text for name, text in texts.items()}

    async def txt(self, name: str) -> NameAnswer:
        """One record a name."""
        return NameAnswer(texts=(self.texts[name],) if name in self.texts else ())


def house(**settings: Any) -> House:
    """With a faulty draft that is due: the subject is yesterday's."""
    made = houses.house(**settings)
    edition = mail.edition()
    before = replace(
        edition,
        slug="morning-2026-03-15-0700",
        local_date=edition.local_date.replace(day=15),
        due_at=edition.due_at.replace(day=15),
    )
    old = made.store.editions.add(before, mail.emails(before))
    assert old is not None
    assert editions.release(made, old, "test")
    saved = made.store.editions.add(edition, mail.emails(edition))
    assert saved is not None
    return made


def draft(house: House) -> Edition:
    """As it stands now."""
    found = house.store.editions.get("morning-2026-03-16-0700")
    assert found is not None
    return found


async def test_a_finding_holds_the_edition_and_says_why() -> None:
    """Nobody gets it, and the look is kept with it."""
    made = house()
    (said,) = await editions.release_due(made)
    held = draft(made)
    assert held.state is EditionState.HELD and "subject.yesterday" in said
    assert held.because.startswith("preflight: subject.yesterday: its subject is that of")
    assert held.preflight is not None
    assert {"subject.yesterday", "edition.same"} <= {f.name for f in held.preflight.findings}
    assert made.store.deliveries.counts(held.id).total == 0


async def test_approving_overrides_nothing() -> None:
    """The next tick holds it again."""
    made = house()
    await editions.release_due(made)
    desk.approve(made, draft(made).slug, "editor")
    await editions.release_due(made)
    assert draft(made).state is EditionState.HELD


async def test_an_editors_word_lets_it_go_and_is_kept() -> None:
    """With who, when and why; every blocking finding needs one."""
    made = house()
    await editions.release_due(made)
    held = draft(made)
    with pytest.raises(UsageError, match="without a reason"):
        preflight.override(made, held, ["edition.same"], "editor", " ")
    with pytest.raises(UsageError, match="'size.cut' was not found there"):
        preflight.override(made, held, ["size.cut"], "editor", "why not")
    blocking = [f.name for f in preflight.unanswered(held, held.preflight)]  # type: ignore[arg-type]
    preflight.override(made, held, blocking, "Aoife", "the story goes on")
    desk.approve(made, held.slug, "Aoife")
    await editions.release_due(made)
    out = draft(made)
    assert out.state is EditionState.RELEASED
    assert {(o.name, o.who, o.because) for o in out.overrides} == {
        (name, "Aoife", "the story goes on") for name in blocking
    }


async def test_what_editors_only_want_to_be_warned_of_stops_nothing() -> None:
    """By name, or by its beginning."""
    made = house(preflight=PreflightSettings(only_warn=("subject.yesterday", "edition")))
    await editions.release_due(made)
    out = draft(made)
    assert out.state is EditionState.RELEASED and out.preflight is not None
    assert {f.weight for f in out.preflight.findings} <= {Weight.WARN, Weight.NOTE}


async def found(house: House) -> dict[str, Weight]:
    """What is found of the draft, network and all."""
    edition = draft(house)
    emails = house.store.editions.emails(edition.id, 1)
    made = await preflight.look_over(house, house.settings.newsletters[0], edition, emails)
    return {f.name: f.weight for f in made.findings}


GIVE = builders.appeal(
    variants=(replace(builders.appeal().variants[0], url="https://give.ie/now"),)
)


def online(servers: Servers, names: Names | None = None, **settings: Any) -> House:
    """A house whose appeal leads to another host, with a network."""
    made = houses.house(
        appeals=(GIVE,),
        mail=builders.mail(from_address="news@post.ie", relay="smtp://relay.post.ie:25"),
        **settings,
    )
    edition = mail.edition()
    saved = made.store.editions.add(edition, mail.emails(edition, appeal=GIVE))
    assert saved is not None
    return replace(made, fetcher=servers, names=names or Names())


async def test_a_page_that_is_not_there_blocks() -> None:
    """One that fails otherwise is noted."""
    gone, broken = Servers({}), Servers({})
    for servers, status in ((gone, 404), (broken, 503)):
        house = online(servers)
        target = next(
            e.link.target for e in house.store.editions.emails(draft(house).id, 1) if e.link
        )
        servers.statuses[target] = status
        names = await found(house)
        assert servers.asked == [target]
        expected = (
            ("links.broken", Weight.BLOCK) if status == 404 else ("links.unknown", Weight.NOTE)
        )
        assert expected in names.items()


async def test_the_senders_domain_is_looked_up() -> None:
    """What it lacks blocks a real relay."""
    bare = await found(online(Servers({})))
    assert (bare["dns.spf"], bare["dns.dmarc"]) == (Weight.BLOCK, Weight.BLOCK)
    names = Names(post__ie="v=spf1 include:relay.ie -all", _dmarc__post__ie="v=DMARC1; p=none")
    fine = await found(online(Servers({}), names))
    assert "dns.spf" not in fine and "dns.dmarc" not in fine
    assert fine["dns.dkim"] is Weight.NOTE


async def test_a_network_that_hangs_is_noted_and_blocks_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The release does not wait for it."""
    monkeypatch.setattr(preflight, "SECONDS", 0.05)
    names = await found(online(Servers({}, hang=True)))
    assert names["network.slow"] is Weight.NOTE


async def test_no_mail_leaves_a_dry_machine_so_no_name_server_is_asked() -> None:
    """Nor for a domain that is made up."""
    assert (await found(house()))["dns.unknown"] is Weight.NOTE
