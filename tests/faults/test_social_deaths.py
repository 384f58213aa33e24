"""Real workers on real peers: requests, answers and workers are lost, posts are not."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from digest.bench import social_faults
from digest.bench.deliver_rates import Absent
from digest.bench.social_faults import Way
from tests.conftest import absent

pytestmark = [pytest.mark.slow, pytest.mark.shared]


@pytest.mark.parametrize(
    "way",
    [
        social_faults.bluesky,
        social_faults.x,
        lambda: social_faults.mastodon("honoured"),
        lambda: social_faults.mastodon("ignored"),
        lambda: social_faults.mastodon("error"),
    ],
    ids=["bluesky", "x", "mastodon honoured", "mastodon ignored", "mastodon error"],
)
def test_nothing_is_doubled_or_lost(
    shared: Path, way: Callable[[], AbstractContextManager[Way]]
) -> None:
    """A fifth of all requests and of all answers lost, a worker killed at each named point."""
    try:
        with way() as there:
            found = social_faults.run(there, kills=5, editions=3, stories=12)
    except Absent as reason:
        absent(str(reason))
    assert (found.doubled, found.lost) == (0, 0)
    assert found.states == {"published": 46}
    assert found.lost_requests > 0 and found.lost_answers > 0 and found.kills > 2
