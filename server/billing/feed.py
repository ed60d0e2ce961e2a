"""The feed: a clinic's ledger as billing may read it. Every position, in order; undisclosed facts are `withheld`."""

from collections.abc import Sequence

import msgspec

from domain.errors import InvalidInput
from domain.events.chart import NoteSigned
from domain.events.schedule import SessionPlanned
from domain.ids import is_id
from domain.ledger import chain
from domain.privacy import disclosure
from domain.privacy.consents import in_force
from domain.privacy.disclosure import Disclosed, Register
from server.billing.payloads import Feed, FeedItem, FeedQuery
from server.http.calls import Call
from server.http.routes import BILLING, Route
from store.billing import feed
from store.chart import notes
from store.database import Transaction
from store.ledger import facts
from store.ledger.facts import Recorded
from store.privacy import consents, disclosures

AHEAD = (
    "The ledger does not reach that far: no page gave this cursor. It may be another clinic's, or the database was "
    "restored from a backup. Compare with a closing that you kept, and read again from an older cursor."
)


async def read_feed(call: Call[FeedQuery]) -> Feed:
    """The positions behind `after`. Disclosures are accounted for in the transaction that reads them.

    A fact that is not disclosed whole carries its digest, so that chains and closings can still be checked. A plan
    without salt, from an older release, carries none: its digest would confirm a guess at who else is on its roster.

    Raises:
        InvalidInput: no page gave this cursor; reading on from it would skip what is recorded next.
    """
    holder, after, limit = call.token_holder, call.asked.after, call.asked.limit
    async with call.database.transaction() as tx:
        runs = await feed.numbering(tx, holder.clinic)
        position = await feed.position_at(tx, holder.clinic, runs, after)
        found = await facts.read(tx, holder.clinic, position, limit + 1)
        if not found and position > await facts.head(tx, holder.clinic):
            raise InvalidInput(AHEAD, "$.after")
        page = found[:limit]
        following = await feed.cursor_at(tx, holder.clinic, runs, page[-1].position) if page else after
        register = await _register(tx, call, page)
        judged = [(fact, _disclose(fact, register)) for fact in page]
        accounted = disclosure.disclosures(((fact.position, one) for fact, one in judged if one is not None), register)
        answer = disclosures.Answer(clinic=holder.clinic, api_token=holder.token, at=call.now)
        await disclosures.append(tx, answer, accounted)
    call.concerns(*(one.client for one in accounted))
    return Feed(
        items=tuple(_item(fact, disclosed) for fact, disclosed in judged),
        next=following,
        more=len(found) > limit,
        notice=disclosure.NOTICE,
    )


async def _register(tx: Transaction, call: Call[FeedQuery], page: Sequence[Recorded]) -> Register:
    holder = call.token_holder
    read = [(fact.readable, fact.subject_id) for fact in page]
    events = [(event, subject) for event, subject in read if event is not None]
    openings = await feed.openings(tx, holder.clinic, {fact.session_id for fact in page if fact.session_id})
    clients = [person for person in disclosure.named(events, openings) if is_id(person)]
    return Register(
        consents=in_force(await consents.of_clients(tx, holder.clinic, clients), holder.name, call.now),
        openings=openings,
        note_kinds=await notes.kinds(tx, holder.clinic, [one.note for one, _ in events if isinstance(one, NoteSigned)]),
    )


def _disclose(fact: Recorded, register: Register) -> Disclosed | None:
    event = fact.readable  # None when it cannot be read, and so not be judged
    if event is None:
        return None
    return disclosure.disclose(event, fact.subject_id, register)


def _item(fact: Recorded, disclosed: Disclosed | None) -> FeedItem:
    body = fact.body.encode()
    if disclosed is None:
        return FeedItem(position=fact.position, type="withheld", digest=chain.digest(body).hex())
    hiding = isinstance(fact.readable, SessionPlanned) and bool(fact.readable.salt)
    return FeedItem(
        position=fact.position,
        type=fact.type,
        id=fact.event_id,
        stream=fact.stream,
        seq=fact.seq,
        recorded_at=fact.recorded_at,
        hash=fact.hash.hex() if disclosed.whole or hiding else None,
        digest=chain.digest(body).hex() if hiding and not disclosed.whole else None,
        event=msgspec.Raw(body) if disclosed.whole else disclosed.event,
    )


ROUTES = (
    Route(
        method="GET",
        path="/api/feed",
        handler=read_feed,
        who=BILLING,
        audited=True,
        request=FeedQuery,
        response=Feed,
    ),
)
