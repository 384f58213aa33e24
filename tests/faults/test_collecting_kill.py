"""Real processes that collect and are killed: nothing is lost, nothing is there twice."""

import asyncio
import os
import random
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from digest.demo.site import Site
from digest.store import open_store

pytestmark = pytest.mark.slow

ARTICLES = 12
"""The science feed of the sample newsroom."""


def configured(folder: Path, site: Site) -> Path:
    """One feed, listed twice, so that two sources want the same pages."""
    path = folder / "config.yaml"
    path.write_text(
        "site: {name: The Sample Post, url: https://sample.example, timezone: Europe/Dublin}\n"
        "sources:\n"
        f"  - {{id: science, url: '{site.url}/feeds/science.xml', every: 1m}}\n"
        f"  - {{id: again, url: '{site.url}/feeds/science.xml?again', every: 1m}}\n"
        "newsletters: [{id: morning, title: News, schedule: 'daily 07:00'}]\n"
        "collecting: {intranet: [127.0.0.1]}\n"
        "mail: {from: The Sample Post <news@sample.example>}\n",
        "utf-8",
    )
    return path


async def started(config: Path) -> asyncio.subprocess.Process:
    """A process of `digest collect`, of all sources, due or not."""
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "digest", "-c", str(config), "collect", "science", "again"),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={**os.environ, "PYTHONWARNINGS": "default"},
    )


@pytest.mark.parametrize("seed", [1, 2])
async def test_kills_in_mid_collecting_lose_and_double_nothing(tmp_path: Path, seed: int) -> None:
    """Killed at some page, then two at once: each article once, in its first version, listed by
    both sources, and nothing of the killed ones is left running."""
    chance = random.Random(seed)
    async with Site(datetime.now(UTC)) as site:
        config = configured(tmp_path, site)
        for _ in range(3):
            before, wanted = site.requests, chance.randint(1, ARTICLES)
            process = await started(config)
            while site.requests < before + wanted and process.returncode is None:
                await asyncio.sleep(0.01)
            if process.returncode is None:
                process.kill()
            await process.communicate()
        last = [await started(config) for _ in range(2)]
        told = [await process.communicate() for process in last]
    assert [process.returncode for process in last] == [0, 0], told
    store = open_store(f"sqlite:///{tmp_path / 'digest.db'}")
    found = store.articles.since(datetime.now(UTC) - timedelta(days=30), ["science"])
    listed = store.articles.sources_of([article.url for article in found])
    store.close()
    assert len(found) == len({article.url for article in found}) == ARTICLES
    assert {article.version for article in found} == {1}
    assert all(set(ids) == {"science", "again"} for ids in listed.values())
