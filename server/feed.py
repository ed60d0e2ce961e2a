"""The feed: the ledger as billing may read it. Every position, in order; what may not be told is `withheld`."""

from collections.abc import Sequence

import msgspec

from domain import consent
from domain.consent import Disclosed, Register
from domain.events import NoteSigned
from server.calls import Call, TokenHolder
from server.payloads import Feed, FeedItem, FeedQuery
from server.routes import BILLING, Route
from store import disclosures, feed, ledger, notes
from store.database import Transaction
from store.ledger import Recorded


def routes() -> list[Route]:
    """The feed."""
    return [
        Route(
            method="GET",
            path="/api/feed",
            handler=read_feed,
            who=BILLING,
            audited=True,
            request=FeedQuery,
            response=Feed,
        )
    ]


async def read_feed(call: Call[FeedQuery]) -> Feed:
    """The positions behind `after`. What is told is accounted for in the transaction that read it.

    A plan is told with staff and consenting clients on its roster alone; `hash` then stands for nothing that was
    told and is left out.
    """
    holder, after, limit = call.token_holder, call.asked.after, call.asked.limit
    async with call.database.transaction() as tx:
        facts = await ledger.read(tx, after, limit + 1)
        page = facts[:limit]
        register = await _register(tx, call, page)
        told = [(fact, _disclose(fact, holder, register)) for fact in page]
        accounted = consent.disclosures(((fact.position, one) for fact, one in told if one is not None), register)
        answer = disclosures.Answer(clinic=holder.clinic, api_token=holder.token, at=call.now)
        await disclosures.append(tx, answer, accounted)
    call.concerns(*(disclosure.client for disclosure in accounted))
    return Feed(
        items=tuple(_item(fact, disclosed) for fact, disclosed in told),
        next=page[-1].position if page else after,
        more=len(facts) > limit,
        notice=consent.NOTICE,
    )


async def _register(tx: Transaction, call: Call[FeedQuery], page: Sequence[Recorded]) -> Register:
    holder = call.token_holder
    own = [fact for fact in page if fact.clinic_id == holder.clinic]
    signed = [fact.readable for fact in own if fact.type == "note.signed"]
    return Register(
        consents=consent.standing(await feed.consents(tx, holder.clinic), holder.name, call.now),
        openings=await feed.openings(tx, sorted({fact.session_id for fact in own})),
        note_kinds=await notes.kinds(tx, [event.note for event in signed if isinstance(event, NoteSigned)]),
    )


def _disclose(fact: Recorded, holder: TokenHolder, register: Register) -> Disclosed | None:
    event = fact.readable  # None: what cannot be read cannot be judged
    if event is None or fact.clinic_id != holder.clinic:
        return None
    return consent.disclose(event, fact.subject_id, register)


def _item(fact: Recorded, disclosed: Disclosed | None) -> FeedItem:
    if disclosed is None:
        return FeedItem(position=fact.position, type="withheld")
    return FeedItem(
        position=fact.position,
        type=fact.type,
        id=fact.event_id,
        stream=fact.stream,
        seq=fact.seq,
        recorded_at=fact.recorded_at,
        hash=fact.hash.hex() if disclosed.whole else None,
        event=msgspec.Raw(fact.body.encode()) if disclosed.whole else disclosed.event,
    )
