"""Bluesky, by XRPC: a record under a key of our own, so that a repeated call changes nothing."""

from collections.abc import Mapping, Sequence
from datetime import UTC, timedelta
from typing import Any
from urllib.parse import urlencode

from digest.adapters import outcomes, talk
from digest.adapters.bluesky_facets import facets
from digest.adapters.outcomes import Answer
from digest.adapters.talk import TIMEOUT, Ask, Reply
from digest.model.account import Account, TextRule
from digest.model.post import (
    Attached,
    Call,
    LogIn,
    NotPublished,
    Parent,
    Post,
    PostOutcome,
    Published,
    Unclear,
)
from digest.ports import AccountStore, Clock

HOME = "https://bsky.social"
COLLECTION = "app.bsky.feed.post"
WINDOW = timedelta(minutes=5)
CARD_BYTES, IMAGE_BYTES = 1_000_000, 2_000_000
"""What the network takes at most as the picture of a card, and as an image."""


class BlueskyPoster:
    """Publishes to Bluesky and reads back what may have been published."""

    def __init__(
        self, clock: Clock, accounts: AccountStore, *, timeout: tuple[float, float] = TIMEOUT
    ) -> None:
        self._clock = clock
        self._accounts = accounts
        self._timeout = timeout

    async def publish(
        self, account: Account, post: Post, parent: Parent | None, attached: Attached | None
    ) -> PostOutcome:
        """Publish the frozen post; never raises for what a server or network does."""
        if problem := _problem(account):
            return problem
        blob: Mapping[str, Any] | None = None
        if attached and _wanted(post, attached):
            found = await self._uploaded(account, attached)
            if found is not None and not isinstance(found, Mapping):
                return found
            blob = found
        dids = await self._named(account, post.text)
        put = _put(account, post, parent, _embed(post, blob, attached), dids)
        reply = await self._asked(account, "repo.putRecord", body=put)
        if reply.ok and reply.body.get("uri"):
            return _published(account, post, reply, self._clock)
        if reply.error == "InvalidSwap":
            return await self._taken(account, post)
        return outcomes.failed(account, reply.answer, now=self._clock.now(), window=WINDOW)

    async def find(self, account: Account, post: Post) -> Published | None | Unclear:
        """Read back: the post if it is there, None if it is not, Unclear if it cannot be read."""
        if problem := _problem(account):
            return Unclear(reason=problem.reason)
        query = {"collection": COLLECTION, "rkey": post.key}
        reply = await self._asked(account, "repo.getRecord", query=query)
        if reply.error == "RecordNotFound":
            return None
        if not reply.ok or not reply.body.get("uri"):
            return outcomes.unread(account, reply.answer, now=self._clock.now(), window=WINDOW)
        if reply.body.get("value", {}).get("text") != post.text:
            return Unclear(reason=f"another post of {account.id} has the key {post.key}")
        return _published(account, post, reply, self._clock)

    async def rule(self, account: Account) -> TextRule | None | str:
        """All of Bluesky takes the same."""
        return None

    def calls(
        self, account: Account, post: Post, parent: Parent | None, attached: Attached | None
    ) -> Sequence[Call]:
        """The requests that `publish` would make, once it is logged in."""
        asks: list[Ask] = []
        blob: Mapping[str, Any] | None = None
        if attached and _wanted(post, attached):
            asks.append(_upload(account, "", attached))
            blob = {"$type": "blob", "ref": {"$link": "<id>"}, "mimeType": "image/jpeg"}
        named = {f.value: f"<did of {f.value}>" for f in facets(post.text) if f.kind == "mention"}
        record = _put(account, post, parent, _embed(post, blob, attached), named)
        put = {"repo": "<did>", **record}
        asks.append(Ask.json(_url(account, "repo.putRecord"), put))
        return [Call(method=ask.method, url=ask.url, body=ask.body) for ask in asks]

    async def _uploaded(
        self, account: Account, attached: Attached
    ) -> Mapping[str, Any] | None | PostOutcome:
        """The picture as records name it, None when the server does not want it: nothing of the
        post itself has left yet."""
        reply = await self._asked(account, "repo.uploadBlob", picture=attached)
        blob = reply.body.get("blob")
        if reply.ok and isinstance(blob, Mapping):
            return blob
        outcome = outcomes.failed(account, reply.answer, now=self._clock.now(), window=WINDOW)
        if isinstance(outcome, Unclear):
            later = self._clock.now() + outcomes.SOON
            return NotPublished(reason=f"its picture: {outcome.reason}", retry_at=later)
        if isinstance(outcome, NotPublished) and (outcome.retry_at or outcome.pause_account):
            return outcome
        return None

    async def _named(self, account: Account, text: str) -> dict[str, str]:
        """Whom the text mentions, by the names that never change; who is not found is left out."""
        found: dict[str, str] = {}
        for handle in {facet.value for facet in facets(text) if facet.kind == "mention"}:
            reply = await self._call(account, "identity.resolveHandle", query={"handle": handle})
            if reply.ok and reply.body.get("did"):
                found[handle] = str(reply.body["did"])
        return found

    async def _taken(self, account: Account, post: Post) -> PostOutcome:
        """A record stands under our key: usually our own, put there before we were interrupted."""
        found = await self.find(account, post)
        if found is None:
            return Unclear(reason=f"bluesky has, and has not, the record {post.key}")
        return found

    async def _asked(
        self,
        account: Account,
        method: str,
        *,
        query: Mapping[str, str] | None = None,
        body: Mapping[str, Any] | None = None,
        picture: Attached | None = None,
    ) -> Reply:
        """One call as the account, logged in when needed and once more when its token is over."""
        seed = _seed(account)
        session: LogIn | Reply | None = self._accounts.log_in(account.id, seed)
        if session is None:
            session = await self._logged_in(account, seed)
        for last in (False, True):
            if isinstance(session, Reply):
                return session
            if picture is not None:
                ask = _upload(account, session.access, picture)
                reply = await talk.send(ask, outcomes.PATIENT)
            else:
                own = {"repo": session.name}
                reply = await self._call(
                    account,
                    method,
                    session.access,
                    query={**own, **query} if query is not None else None,
                    body={**own, **body} if body is not None else None,
                )
            if last or reply.error not in ("ExpiredToken", "InvalidToken"):
                break
            session = await self._renewed(account, session)
        return reply

    async def _renewed(self, account: Account, session: LogIn) -> LogIn | Reply:
        """The session prolonged, or a fresh one: log-ins are scarce, 300 a day."""
        kept = self._accounts.log_in(account.id, session.seed)
        if kept is not None and kept.access != session.access:
            return kept  # another process was first
        reply = await self._call(account, "server.refreshSession", session.refresh, body={})
        return self._kept(account, session.seed, reply) or await self._logged_in(
            account, session.seed
        )

    async def _logged_in(self, account: Account, seed: str) -> LogIn | Reply:
        """A fresh session, or the reply that refused it: for certain nothing was written yet."""
        assert account.password is not None
        identity = {"identifier": account.handle, "password": account.password.reveal()}
        reply = await self._call(account, "server.createSession", body=identity)
        if session := self._kept(account, seed, reply):
            return session
        if 300 <= reply.answer.status < 500:
            return reply
        words = f"log-in: {reply.answer.words or reply.answer.status}"
        return Reply(answer=Answer(sent=False, words=words), body={})

    def _kept(self, account: Account, seed: str, reply: Reply) -> LogIn | None:
        """The session in the answer, kept for the next process too."""
        body = reply.body
        if not reply.ok or not {"did", "accessJwt", "refreshJwt"} <= body.keys():
            return None
        session = LogIn(
            seed=seed,
            access=str(body["accessJwt"]),
            refresh=str(body["refreshJwt"]),
            name=str(body["did"]),
        )
        self._accounts.keep_log_in(account.id, session)
        return session

    async def _call(
        self,
        account: Account,
        method: str,
        token: str = "",
        *,
        query: Mapping[str, str] | None = None,
        body: Mapping[str, Any] | None = None,
    ) -> Reply:
        """One request; a GET with a query, a POST with a body."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        url = _url(account, method)
        if body is None:
            asked = f"{url}?{urlencode(query)}" if query else url
            ask = Ask(method="GET", url=asked, headers=headers)
        elif body:
            ask = Ask.json(url, body, **headers)
        else:
            ask = Ask(method="POST", url=url, headers=headers)
        return await talk.send(ask, self._timeout)


def _problem(account: Account) -> NotPublished | None:
    """What the account lacks."""
    if account.password is None:
        return outcomes.without_secret(account, "password", "`password`")
    if not account.handle:
        return outcomes.without_secret(account, "handle", "`handle`")
    return None


def _seed(account: Account) -> str:
    assert account.password is not None
    return outcomes.seed(account.url or HOME, account.handle, account.password.reveal())


def _url(account: Account, method: str) -> str:
    return f"{(account.url or HOME).rstrip('/')}/xrpc/com.atproto.{method}"


def _upload(account: Account, token: str, picture: Attached) -> Ask:
    return Ask(
        method="POST",
        url=_url(account, "repo.uploadBlob"),
        headers={"Authorization": f"Bearer {token}", "Content-Type": "image/jpeg"},
        body=picture.content,
    )


def _wanted(post: Post, picture: Attached) -> bool:
    """Whether the network would take the picture, and has not failed at it too often."""
    most = IMAGE_BYTES if post.image else CARD_BYTES
    return len(picture.content) <= most and post.attempt <= outcomes.PICTURE_TRIES


def _put(
    account: Account,
    post: Post,
    parent: Parent | None,
    embed: Mapping[str, Any] | None,
    dids: Mapping[str, str],
) -> dict[str, Any]:
    """The call that creates the record or, made again, finds it unchanged.

    `swapRecord` is null, not absent: it says that the record must not exist yet.
    """
    record: dict[str, Any] = {
        "$type": COLLECTION,
        "text": post.text,
        "createdAt": post.created.astimezone(UTC).isoformat(timespec="milliseconds")[:-6] + "Z",
        "langs": [account.language],
    }
    if linked := _facets(post.text, dids):
        record["facets"] = linked
    if embed:
        record["embed"] = embed
    if parent:
        record["reply"] = {"root": _ref(parent.root_id), "parent": _ref(parent.parent_id)}
    return {"collection": COLLECTION, "rkey": post.key, "record": record, "swapRecord": None}


def _embed(
    post: Post, blob: Mapping[str, Any] | None, attached: Attached | None
) -> dict[str, Any] | None:
    """The image with its alt text, or the card of the link with its picture."""
    if post.image and blob and attached:
        size = {"width": attached.width, "height": attached.height}
        image = {"image": blob, "alt": attached.alt, "aspectRatio": size}
        return {"$type": "app.bsky.embed.images", "images": [image]}
    if not post.link:
        return None
    card: dict[str, Any] = {
        "uri": post.link,
        "title": post.link_title,
        "description": post.link_summary,
    }
    if blob and not post.image:
        card |= {"thumb": blob}
    return {"$type": "app.bsky.embed.external", "external": card}


def _facets(text: str, dids: Mapping[str, str]) -> list[dict[str, Any]]:
    """What is to be a link in the text; a mention of nobody known stays plain."""
    found = []
    for facet in facets(text):
        feature = {"$type": f"{_FEATURE}#{facet.kind}"}
        if facet.kind == "mention":
            if facet.value not in dids:
                continue
            feature["did"] = dids[facet.value]
        else:
            feature["uri" if facet.kind == "link" else "tag"] = facet.value
        index = {"byteStart": facet.start, "byteEnd": facet.end}
        found.append({"index": index, "features": [feature]})
    return found


_FEATURE = "app.bsky.richtext.facet"


def _published(account: Account, post: Post, reply: Reply, clock: Clock) -> Published:
    """A reply must name both address and content hash, so the id holds both."""
    return Published(
        remote_id=f"{reply.body['uri']} {reply.body.get('cid', '')}",
        url=f"https://bsky.app/profile/{account.handle}/post/{post.key}",
        full_until=outcomes.full_until(reply.answer, clock.now()),
    )


def _ref(remote_id: str) -> dict[str, str]:
    uri, _, cid = remote_id.partition(" ")
    return {"uri": uri, "cid": cid}
