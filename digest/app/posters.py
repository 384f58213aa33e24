"""The ways to the social networks, each made when an account first needs it."""

from collections.abc import Iterator, Mapping

from digest.late import load
from digest.model.account import Network
from digest.ports import AccountStore, Clock, Poster

PLACES = {
    Network.X: "digest.adapters.x:XPoster",
    Network.BLUESKY: "digest.adapters.bluesky:BlueskyPoster",
    Network.MASTODON: "digest.adapters.mastodon:MastodonPoster",
    Network.THREADS: "digest.adapters.threads:ThreadsPoster",
    Network.LINKEDIN: "digest.adapters.linkedin:LinkedInPoster",
    Network.TELEGRAM: "digest.adapters.telegram:TelegramPoster",
    Network.SLACK: "digest.adapters.webhooks:SlackPoster",
    Network.DISCORD: "digest.adapters.webhooks:DiscordPoster",
}
"""Their clients take more memory than all of the delivery engine: who has no account on a network
does not load what it needs."""


class Posters(Mapping[Network, Poster]):
    """Network -> poster."""

    def __init__(self, clock: Clock, accounts: AccountStore) -> None:
        self._clock = clock
        self._accounts = accounts
        self._made: dict[Network, Poster] = {}

    def __getitem__(self, network: Network) -> Poster:
        """The network's poster."""
        if network not in self._made:
            made: Poster = load(PLACES[network])(self._clock, self._accounts)
            self._made[network] = made
        return self._made[network]

    def __contains__(self, network: object) -> bool:
        """Known without being made."""
        return network in PLACES

    def __iter__(self) -> Iterator[Network]:
        """All networks there are."""
        return iter(PLACES)

    def __len__(self) -> int:
        """How many."""
        return len(PLACES)
