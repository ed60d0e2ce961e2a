"""Export a session from the ledger with everything that its minutes depend on, so that anyone can recompute them."""

from collections.abc import Sequence

from domain.errors import NotFound
from domain.events.ledger import DayClosed
from domain.events.schedule import SessionPlanned
from domain.ledger.closings import inclusion_proof
from domain.proof.export import Export, ExportedClosing, ExportedFact, ExportedRoot, ExportedSession
from runtime import policies
from store.attendance import gathering, neighbours
from store.database import Transaction
from store.ledger import closing_keys, closings, day_roots
from store.ledger import facts as ledger
from store.ledger.facts import Recorded


async def exported(tx: Transaction, session: str) -> Export:
    """A session's facts, those of the sessions that overlap it for one of its clients, and the policies they name.

    It includes facts that this release cannot read.

    Raises:
        NotFound: no such session was ever planned, or this release lacks its policy.
    """
    clinic = await ledger.clinic_of(tx, session)
    if clinic is None:
        raise NotFound(f"There is no session {session}.")
    found = await gathering.gather(tx, clinic, [session], policies.by_digest)
    if not found.gathered and session not in found.aside:
        raise NotFound(f"There is no session {session}.")
    others = sorted(await neighbours.overlapping(tx, clinic, found.extents()))
    recorded = {one: await ledger.of_session(tx, clinic, one) for one in (session, *others)}
    days = {fact.recorded_at.date() for fact in recorded[session]}
    return Export(
        session=session,
        events=_facts(recorded[session]),
        overlapping=tuple(ExportedSession(other, _facts(recorded[other])) for other in others),
        policies=tuple(policies.text(digest) for digest in _digests(recorded)),
        closings=await _closings(tx, clinic, [fact.position for facts in recorded.values() for fact in facts]),
        roots=tuple(ExportedRoot(kept.day, kept.root.hex()) for kept in await day_roots.of_days(tx, days)),
    )


async def _closings(tx: Transaction, clinic: str, positions: Sequence[int]) -> tuple[ExportedClosing, ...]:
    """The closings that cover any of these positions, each with the inclusion proof of its facts."""
    keys = {key.id: key.public_key for key in await closing_keys.every(tx)}
    found = []
    for fact in await closings.covering(tx, clinic, positions):
        closing = fact.readable
        if isinstance(closing, DayClosed):
            others = await _proof(tx, clinic, closing, positions)
            found.append(ExportedClosing(fact.body, keys.get(closing.key, b"").hex(), others))
    return tuple(found)


async def _proof(tx: Transaction, clinic: str, closing: DayClosed, positions: Sequence[int]) -> tuple[str, ...]:
    after = closing.last_position - closing.count
    leaves = [leaf async for portion in closings.leaves(tx, clinic, after, closing.last_position) for leaf in portion]
    places = [position - after - 1 for position in positions if after < position <= closing.last_position]
    return tuple(other.hex() for other in inclusion_proof(leaves, places))


def _facts(recorded: list[Recorded]) -> tuple[ExportedFact, ...]:
    return tuple(ExportedFact(fact.stream, fact.seq, fact.body, fact.hash.hex(), fact.position) for fact in recorded)


def _digests(recorded: dict[str, list[Recorded]]) -> list[str]:
    """The digests of all policies that the plans name."""
    events = (fact.readable for facts in recorded.values() for fact in facts if fact.type == "session.planned")
    return sorted({event.policy.digest for event in events if isinstance(event, SessionPlanned)})
