"""The demo: the whole job, end to end, with the real program and loopback peers."""

import asyncio
import json
import time
from collections.abc import Awaitable
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import TypeVar

import aiohttp
from jinja2 import Template

from digest.adapters.files import write_files
from digest.app import App
from digest.app.serve import Web, listen, web_config
from digest.demo.mailbox import Mailbox
from digest.demo.networks import Networks
from digest.demo.show import Outcome, Step
from digest.demo.site import Site
from digest.errors import DigestError
from digest.model.edition import Edition, EditionState
from digest.model.newsletter import Newsletter
from digest.newsroom import collecting, posting, previewing, scheduling, sending
from digest.newsroom.subscriber_files import import_csv
from digest.ticker import Ticker

T = TypeVar("T")

AHEAD = timedelta(seconds=10)
"""From the start to the slot; collecting takes about half of it."""
PATIENCE = 40.0
"""Seconds the demo waits for the scheduler before it says that something is wrong."""
SECRETS = {
    "DEMO_X": "demo-key demo-key-secret demo-token demo-token-secret",
    "DEMO_BLUESKY": "demo-app-password",
    "DEMO_MASTODON": "demo-token",
}


class Demo:
    """One run in one folder; on a kept database it carries on where the last one ended."""

    def __init__(self, folder: Path, *, keep: bool) -> None:
        self.folder = folder
        self.keep = keep
        self.database = folder / "digest.db"
        self.again = self.database.exists()
        self.steps: list[Step] = []
        self.submitted_before = 0

    async def run(self) -> Outcome:
        """Start the peers, do the job, stop the peers."""
        self._prepare_folder()
        began = self._began()
        mailbox = Mailbox(self.folder / "mailbox")
        async with Site(began) as site, mailbox, Networks() as networks:
            door = listen("127.0.0.1:0")
            app = self._build(site, mailbox, networks, door.getsockname()[1], began)
            pages = Web(web_config(lambda: app.house))
            serving = asyncio.create_task(pages.serve(sockets=[door]))
            try:
                return await app.around(self._work(app, site, networks))
            finally:
                pages.should_exit = True
                await serving
                app.close()
                self._tidy()

    def _prepare_folder(self) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            (self.folder / "mailbox").mkdir(exist_ok=True)
        except OSError as error:
            raise DigestError(
                f"the demo cannot write to {self.folder} ({error.strerror}); nothing was done."
                " Choose another folder with --dir"
            ) from error

    def _began(self) -> datetime:
        """When the first run on this database began: its pages and its slot stay as they were."""
        note = self.folder / "demo.json"
        if self.again and note.exists():
            return datetime.fromisoformat(json.loads(note.read_text("utf-8"))["began"])
        now = datetime.fromtimestamp(time.time(), UTC).replace(microsecond=0)
        note.write_text(json.dumps({"began": now.isoformat()}), "utf-8")
        for left in (self.folder / "mailbox").rglob("*.eml"):
            left.unlink()
        return now

    def _build(
        self, site: Site, mailbox: Mailbox, networks: Networks, port: int, began: datetime
    ) -> App:
        text = (files("digest.demo") / "config.yaml.j2").read_text("utf-8")
        slot = scheduling.wall_time(began + AHEAD, "Europe/Dublin")
        path = self.folder / "config.yaml"
        path.write_text(
            Template(text).render(
                listen=f"127.0.0.1:{port}",
                site=site.url,
                slot=f"{slot:%H:%M:%S}",
                ends=(slot + timedelta(days=30)).date(),
                smtp=mailbox.port,
                x=networks.x_url,
                bluesky=networks.bluesky_url,
                mastodon=networks.mastodon_url,
            ),
            "utf-8",
        )
        return App.load(str(path), environ=SECRETS)

    async def _work(self, app: App, site: Site, networks: Networks) -> Outcome:
        house = app.house
        newsletter = house.settings.newsletters[0]
        await self._step("subscribers", self._subscribe(app, newsletter))
        await self._step("schedule", self._plan(app))
        await self._step("collect", self._collect(app, site))
        edition = await self._step("edition", self._edition(app, newsletter))
        await self._step("mail", self._mail(app, edition))
        await self._step("posts", self._post(app, edition))
        await self._step("web page", self._page(app, edition))
        return self._outcome(app, edition, networks)

    async def _step(self, name: str, work: Awaitable[tuple[T, str]]) -> T:
        start = time.monotonic()
        found, did = await work
        self.steps.append(Step(name=name, seconds=round(time.monotonic() - start, 2), did=did))
        return found

    async def _subscribe(self, app: App, newsletter: Newsletter) -> tuple[None, str]:
        text = (files("digest.demo") / "subscribers.csv").read_text("utf-8")
        report = import_csv(app.house, text, newsletters=[newsletter.id])
        did = f"{report.new} added, {report.known} known already"
        refused = "; ".join(f"line {row.line}: {row.because}" for row in report.bad)
        return None, did + (f"; refused: {refused}" if refused else "")

    async def _collect(self, app: App, site: Site) -> tuple[None, str]:
        reports = await collecting.collect_due(app.house, now_please=True)
        new, changed = sum(r.new for r in reports), sum(r.changed for r in reports)
        same, failed = sum(r.same for r in reports), sum(r.failed for r in reports)
        return None, (
            f"{len(reports)} feeds, {site.requests} requests over HTTP:"
            f" {new} new, {changed} changed, {same} same, {failed} failed"
        )

    async def _plan(self, app: App) -> tuple[None, str]:
        scheduling.plan(app.house)
        return None, f"{app.house.settings.newsletters[0].schedule.text}, planned ahead"

    async def _edition(self, app: App, newsletter: Newsletter) -> tuple[Edition, str]:
        """Let the real scheduler fire and wait for what it makes of the slot."""
        ticker = Ticker(lambda: scheduling.tick(app.house), app.house.clock)
        ticker.start()
        try:
            edition = await self._released(app, newsletter)
        finally:
            await ticker.stop()
        self.submitted_before = previewing.counts(app.house, edition).get("submitted", 0)
        local = scheduling.wall_time(edition.due_at, newsletter.schedule.timezone)
        did = f"slot {local:%H:%M:%S} fired by the scheduler: {edition.slug} {edition.state}"
        if self.again:
            did = f"{edition.slug} is {edition.state} from an earlier run; nothing goes out twice"
        return edition, f"{did} ({edition.because})"

    async def _released(self, app: App, newsletter: Newsletter) -> Edition:
        store = app.house.store
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            for edition in store.editions.recent(newsletter.id, 1):
                if edition.state in (EditionState.RELEASED, EditionState.DONE):
                    return edition
            await asyncio.sleep(0.05)
        ended = [f"{o.state}: {o.because}" for o in store.occurrences.recent(newsletter.id, 1)]
        why = ended[0] if ended else "the slot never came"
        raise DigestError(f"the demo's edition did not go out within {PATIENCE:.0f} s: {why}")

    async def _mail(self, app: App, edition: Edition) -> tuple[None, str]:
        report = await sending.send_due(app.house)
        counts = previewing.counts(app.house, edition)
        total = ", ".join(f"{count} {state}" for state, count in sorted(counts.items()))
        return None, f"{report.submitted} submitted now over SMTP; in all {total}"

    async def _post(self, app: App, edition: Edition) -> tuple[None, str]:
        report = await posting.post_due(app.house)
        said = "; ".join(
            f"{p.account_id} part {p.part}: {p.state} {p.because}"
            for p in app.house.store.posts.of_edition(edition.id)
            if p.state != "published"
        )
        return None, f"{report.published} published now over HTTP" + (f"; {said}" if said else "")

    async def _page(self, app: App, edition: Edition) -> tuple[None, str]:
        """Read the web version as a reader does."""
        url = f"http://{app.house.settings.site.listen}/editions/{edition.slug}"
        async with aiohttp.ClientSession() as session, session.get(url) as answer:
            page = await answer.read()
            if answer.status != 200:
                raise DigestError(f"the web version answered {answer.status}")
        (self.folder / "page.html").write_bytes(page)
        return None, f"{url} answered 200, {len(page):,} bytes"

    def _outcome(self, app: App, edition: Edition, networks: Networks) -> Outcome:
        house = app.house
        found = previewing.preview(house, edition)
        shown = previewing.files(found)
        if networks.posts():
            shown["posts.json"] = json.dumps(
                networks.posts(), ensure_ascii=False, indent=1
            ).encode()
        write_files(self.folder, shown)
        deliveries = previewing.counts(house, edition)
        states = [p.state.value for p in house.store.posts.of_edition(edition.id)]
        now = deliveries.get("submitted", 0) - self.submitted_before
        return Outcome(
            bulletin=previewing.bulletin_shown(edition.bulletin),
            deliveries={"submitted": 0, **deliveries, "submitted_now": now},
            posts={"published": 0, **{s: states.count(s) for s in sorted(set(states))}},
            files=self._files(),
            steps=self.steps,
            next_runs=[
                {"newsletter": r.newsletter_id, "at": r.at, "local": r.local, "note": r.note}
                for r in scheduling.next_runs(house, None, 5)
            ],
        )

    def _files(self) -> dict[str, str | None]:
        kept = str(self.database) if self.keep or self.again else None
        names = {"html": "email.html", "text": "email.txt", "eml": "message.eml"}
        names |= {"page": "page.html", "posts": "posts.json", "mailbox": "mailbox"}
        return {key: str(self.folder / name) for key, name in names.items()} | {"database": kept}

    def _tidy(self) -> None:
        """Without --keep the database goes, unless an earlier run was asked to keep it."""
        if not self.keep and not self.again:
            for name in ("digest.db", "digest.db-wal", "digest.db-shm", "demo.json"):
                (self.folder / name).unlink(missing_ok=True)
