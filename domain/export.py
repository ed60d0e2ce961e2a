"""Exported sessions: the ledger's facts with their exact bytes and hashes, so that anyone can check the minutes.

    {"session": ID, "events": [{"stream", "seq", "body", "hash"}…],
     "overlapping": [{"session", "events"}…], "policies": [TEXT…], "roots": [{"day", "root"}…]}

`body` is the fact's JSON as text, byte for byte what was hashed; `hash` is hex. `events` holds every fact of the
session, in any order. `overlapping` holds the sessions that share its people and its time, without which a doubly
attended second cannot be given to one of them. `policies` holds the text of each policy file that a plan names.
`roots` holds what the ledger came to (hex; `domain.chain.day_root`) on each UTC day on which a fact of the session
was recorded and that was over: `vesper verify` shows whether the ledger still comes to it.
"""

from collections.abc import Iterable
from datetime import date

import msgspec

from domain import chain
from domain.decoding import decoded
from domain.errors import InvalidInput
from domain.events import AnyEvent, decode
from domain.facts import SessionFacts, plan_of
from domain.policy import Policy
from domain.policy import decode as decode_policy


class ExportedFact(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One fact as it lies in the ledger."""

    stream: str
    seq: int
    body: str
    hash: str


class ExportedSession(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One session's facts, of all its streams."""

    session: str
    events: tuple[ExportedFact, ...]


class ExportedRoot(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one UTC day of the ledger came to."""

    day: date
    root: str


class Export(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A session, those that overlap it, and the policies they are worked out by."""

    session: str
    events: tuple[ExportedFact, ...]
    overlapping: tuple[ExportedSession, ...] = ()
    policies: tuple[str, ...] = ()
    roots: tuple[ExportedRoot, ...] = ()

    @property
    def sessions(self) -> tuple[ExportedSession, ...]:
        """Every session in it, the exported one first."""
        return (ExportedSession(self.session, self.events), *self.overlapping)


_EXPORT = msgspec.json.Decoder(Export)


def encode(export: Export) -> bytes:
    """The bytes of the file."""
    return msgspec.json.encode(export)


def read(body: bytes) -> Export:
    """The export in a file's bytes.

    Raises:
        InvalidInput: not JSON, or a field missing or malformed, named by its path.
    """
    return decoded(_EXPORT.decode, body)


def facts(export: Export) -> list[SessionFacts]:
    """Its sessions, ready to be worked out; the chain of every stream is checked on the way.

    Raises:
        InvalidInput: a broken chain, a fact that is none, a session without a plan, or a policy that is not there.
    """
    policies = _policies(export)
    paths = ["", *(f"overlapping[{i}]." for i in range(len(export.overlapping)))]
    return [_facts(session, path, policies) for session, path in zip(export.sessions, paths, strict=True)]


def _policies(export: Export) -> dict[str, Policy]:
    found = (decoded(decode_policy, text.encode(), f"policies[{i}]") for i, text in enumerate(export.policies))
    return {reference.digest: policy for policy, reference in found}


def _facts(session: ExportedSession, path: str, policies: dict[str, Policy]) -> SessionFacts:
    _check_chains(session.events, path)
    events = [_event(fact, f"{path}events[{i}]", session.session) for i, fact in enumerate(session.events)]
    plan = plan_of(events)
    if plan is None:
        raise InvalidInput(f"{path}events: there is no session.planned among them, so there is nothing to measure by")
    policy = policies.get(plan.policy.digest)
    if policy is None:
        name = f"{plan.policy.id} version {plan.policy.version}"
        raise InvalidInput(f"policies: the file of {name} (SHA-256 {plan.policy.digest}) is not there")
    return SessionFacts(id=session.session, plan=plan, policy=policy, events=events)


def _event(fact: ExportedFact, path: str, session: str) -> AnyEvent:
    event = decoded(decode, fact.body.encode(), f"{path}.body")
    if (event.seq, event.session) != (fact.seq, session):
        raise InvalidInput(f"{path}.body: this is fact {event.seq} of session {event.session!r}, filed under another")
    return event


def _check_chains(events: Iterable[ExportedFact], path: str) -> None:
    """A fact left out, put in, moved or altered breaks its stream's chain."""
    streams: dict[str, list[tuple[int, ExportedFact]]] = {}
    for place, fact in enumerate(events):
        streams.setdefault(fact.stream, []).append((place, fact))
    for stream, placed in streams.items():
        placed.sort(key=lambda each: each[1].seq)
        broken = chain.first_broken([(fact.body.encode(), _hash(fact, place, path)) for place, fact in placed])
        if broken is not None:
            place, fact = placed[broken]
            raise InvalidInput(
                f"{path}events[{place}].hash: the chain of {stream} does not hold at fact {fact.seq}; "
                "it, or one before it, was altered, left out or put in"
            )


def _hash(fact: ExportedFact, place: int, path: str) -> bytes:
    try:
        return bytes.fromhex(fact.hash)
    except ValueError:
        raise InvalidInput(f"{path}events[{place}].hash: not hexadecimal") from None
