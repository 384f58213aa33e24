"""How an account of X is logged in: four keys that last, or a token that is renewed ahead."""

import base64
import logging
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import tweepy

from digest.adapters import outcomes, talk
from digest.adapters.asking import Line, session
from digest.model.account import Account
from digest.model.post import LogIn, NotPublished, PostOutcome
from digest.ports import AccountStore, Clock

log = logging.getLogger(__name__)

AHEAD = timedelta(minutes=10)
"""A token is renewed so long before its end."""
USUAL_LIFE = timedelta(hours=2)
WINDOW = timedelta(minutes=15)


class XLogIns:
    """Clients of tweepy that are logged in as an account."""

    def __init__(self, clock: Clock, accounts: AccountStore, timeout: tuple[float, float]) -> None:
        self._clock = clock
        self._accounts = accounts
        self._timeout = timeout

    async def token(self, account: Account, base: str) -> str | PostOutcome:
        """What to log in with beside the keys: "" for keys that last, an access token that is good
        for a while, or why there is none."""
        if account.keys is not None:
            return ""
        assert account.client is not None and account.token is not None
        seed = outcomes.seed(account.client.reveal(), account.token.reveal())
        kept = self._accounts.log_in(account.id, seed)
        if kept and kept.expires_at and kept.expires_at - self._clock.now() > AHEAD:
            return kept.access
        refresh = kept.refresh if kept else account.token.reveal()
        reply = await talk.send(_renewal(account, base, refresh), self._timeout)
        access = reply.body.get("access_token")
        if not reply.ok or not isinstance(access, str):
            return self._refused(account, seed, refresh, reply)
        seconds = reply.body.get("expires_in")
        life = timedelta(seconds=seconds) if isinstance(seconds, int) else USUAL_LIFE
        renewed = LogIn(
            seed=seed,
            access=access,
            # Without a new one the old one stays good: never keep nothing in its place.
            refresh=str(reply.body.get("refresh_token") or refresh),
            expires_at=self._clock.now() + life,
        )
        self._accounts.keep_log_in(account.id, renewed)
        return access

    def known(self, account: Account) -> str:
        """The access token as it is kept, good or not; "" for none or for keys that last."""
        if account.keys is not None or account.client is None or account.token is None:
            return ""
        seed = outcomes.seed(account.client.reveal(), account.token.reveal())
        kept = self._accounts.log_in(account.id, seed)
        return kept.access if kept else ""

    def _refused(
        self, account: Account, seed: str, used: str, reply: talk.Reply
    ) -> str | PostOutcome:
        """Another process may have renewed it meanwhile, for a refresh token is good only once."""
        kept = self._accounts.log_in(account.id, seed)
        if kept and kept.refresh != used and kept.expires_at:
            if kept.expires_at > self._clock.now():
                return kept.access
        said = reply.answer.words or str(reply.body.get("error_description", ""))
        if reply.answer.status in (400, 401, 403):
            return NotPublished(
                reason=f"x does not renew the log-in of {account.id} ({said or 'refused'}): give it"
                " a new refresh token",
                pause_account=True,
            )
        words = f"renewing the log-in of {account.id} failed: {said or reply.answer.status}"
        if kept and kept.expires_at and kept.expires_at > self._clock.now():
            log.warning("%s; the old one is still good", words)
            return kept.access
        return NotPublished(reason=words, retry_at=self._clock.now() + outcomes.SOON)


def problem(account: Account) -> NotPublished | None:
    """What is wrong with the account's keys."""
    if account.keys is None and (account.client is None or account.token is None):
        return outcomes.without_secret(account, "keys", "`keys`, or `client` and `token`,")
    if account.keys is not None and len(account.keys.reveal().split()) != 4:
        return outcomes.without_secret(
            account,
            "usable keys",
            "`keys` to consumer key, consumer secret, access token and its secret, with spaces",
        )
    return None


def client(account: Account, token: str, line: Line) -> Any:
    """A client on a fresh connection: a stale one would lose the request half-way."""
    made = tweepy.Client(**_keys(account)) if account.keys else tweepy.Client(bearer_token=token)
    made.session = session(line)
    return made


def authorised(account: Account, token: str, line: Line) -> Any:
    """A plain session that is logged in, for what tweepy does not know."""
    made = session(line)
    if account.keys is None:
        made.headers["Authorization"] = f"Bearer {token}"
    else:
        made.auth = tweepy.OAuth1UserHandler(**_keys(account)).apply_auth()
    return made


def _renewal(account: Account, base: str, refresh: str) -> talk.Ask:
    assert account.client is not None
    name, _, secret = account.client.reveal().partition(" ")
    form = {"grant_type": "refresh_token", "refresh_token": refresh, "client_id": name}
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    if secret:
        pair = base64.b64encode(f"{name}:{secret}".encode()).decode()
        headers["Authorization"] = f"Basic {pair}"
    return talk.Ask(
        method="POST",
        url=f"{base.rstrip('/')}/2/oauth2/token",
        headers=headers,
        body=urlencode(form).encode(),
    )


def _keys(account: Account) -> dict[str, str]:
    names = ("consumer_key", "consumer_secret", "access_token", "access_token_secret")
    assert account.keys is not None
    return dict(zip(names, account.keys.reveal().split(), strict=True))
