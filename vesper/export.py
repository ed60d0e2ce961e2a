"""A session out of the ledger, with everything its minutes were worked out from, so that anyone can do it again."""

from domain.errors import NotFound
from domain.events import SessionPlanned
from domain.export import Export, ExportedFact, ExportedRoot, ExportedSession
from runtime import policies
from store import ledger, neighbours, roots, session_facts
from store.database import Transaction
from store.ledger import Recorded


async def exported(tx: Transaction, session: str) -> Export:
    """A session's facts, those of the sessions that overlap it for one of its clients, and the policies they name.

    Facts that this release cannot read are in it like the others.

    Raises:
        NotFound: no such session was ever planned, or by a policy that is not here.
    """
    clinic = await ledger.clinic_of(tx, session)
    if clinic is None:
        raise NotFound(f"There is no session {session}.")
    found = await session_facts.gather(tx, clinic, [session], policies.by_digest)
    if not found.gathered and session not in found.aside:
        raise NotFound(f"There is no session {session}.")
    others = sorted(await neighbours.overlapping(tx, found.extents()))
    recorded = {one: await ledger.of_session(tx, clinic, one) for one in (session, *others)}
    days = {fact.recorded_at.date() for fact in recorded[session]}
    return Export(
        session=session,
        events=_facts(recorded[session]),
        overlapping=tuple(ExportedSession(other, _facts(recorded[other])) for other in others),
        policies=tuple(policies.text(digest) for digest in _digests(recorded)),
        roots=tuple(ExportedRoot(kept.day, kept.root.hex()) for kept in await roots.of_days(tx, days)),
    )


def _facts(recorded: list[Recorded]) -> tuple[ExportedFact, ...]:
    return tuple(ExportedFact(fact.stream, fact.seq, fact.body, fact.hash.hex()) for fact in recorded)


def _digests(recorded: dict[str, list[Recorded]]) -> list[str]:
    """Of every policy that a plan names."""
    events = (fact.readable for facts in recorded.values() for fact in facts if fact.type == "session.planned")
    return sorted({event.policy.digest for event in events if isinstance(event, SessionPlanned)})
