"""Exported sessions: the ledger's facts with their exact bytes and hashes, so that anyone can check the minutes.

    {"session": ID, "events": [{"stream", "seq", "position", "body", "hash"}…],
     "overlapping": [{"session", "events"}…], "policies": [TEXT…],
     "closings": [{"body", "public_key", "others"}…], "roots": [{"day", "root"}…]}

`body` is the fact's JSON as text, byte for byte what was hashed; `hash` is its link in the stream, in hex. `events`
holds every fact of the session, in any order. `overlapping` holds the sessions that share its people and its time;
without them a doubly attended second cannot be credited to only one session. `policies` holds the text of each policy
file that a plan names. `closings` holds the clinic's closings that cover any of these facts, each with the public key
that verifies it and the inclusion proof of the facts (`others`, in hex; `domain.ledger.closings`). A reader who has one
of these closings from another source can check that it covers each fact, and learns nothing about other facts. `roots`
holds the root hash, by an older release, of each UTC day on which a fact of the session was recorded
(`domain.ledger.chain.day_root`); `vesper verify` compares it with the ledger.
"""

from collections.abc import Iterator
from datetime import date

import msgspec

from domain.attendance.facts import SessionFacts, plan_of
from domain.decoding import decoded
from domain.errors import InvalidInput
from domain.events.catalogue import AnyEvent, decode
from domain.ledger import chain
from domain.ledger.streams import parsed
from domain.policy import Policy
from domain.policy import decode as decode_policy


class ExportedFact(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One fact as the ledger stores it."""

    stream: str
    seq: int
    body: str
    hash: str
    position: int | None = None
    """Its position in the clinic's ledger; None in exports of older releases."""


class ExportedSession(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One session's facts, from all its streams."""

    session: str
    events: tuple[ExportedFact, ...]


class ExportedClosing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A closing, the key that verifies it, and the inclusion proof of the exported facts."""

    body: str
    public_key: str
    others: tuple[str, ...]


class ExportedRoot(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The root hash of one UTC day of the ledger."""

    day: date
    root: str


class Export(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A session, those that overlap it, and their policies."""

    session: str
    events: tuple[ExportedFact, ...]
    overlapping: tuple[ExportedSession, ...] = ()
    policies: tuple[str, ...] = ()
    roots: tuple[ExportedRoot, ...] = ()
    closings: tuple[ExportedClosing, ...] = ()

    @property
    def sessions(self) -> tuple[ExportedSession, ...]:
        """Every session in the export, its subject first."""
        return (ExportedSession(self.session, self.events), *self.overlapping)

    @property
    def paths(self) -> Iterator[tuple[str, ExportedSession]]:
        """(path, session) of each session in the export."""
        paths = ("", *(f"overlapping[{i}]." for i in range(len(self.overlapping))))
        return zip(paths, self.sessions, strict=True)


_EXPORT = msgspec.json.Decoder(Export)


def encode(export: Export) -> bytes:
    """The bytes of the file."""
    return msgspec.json.encode(export)


def read(body: bytes) -> Export:
    """The export in a file's bytes.

    Raises:
        InvalidInput: the file is not JSON, or a field is missing or malformed; names its path.
    """
    return decoded(_EXPORT.decode, body)


def facts(export: Export) -> list[SessionFacts]:
    """The export's sessions, ready to be worked out; also checks the chain of every stream.

    Raises:
        InvalidInput: broken chains (a line for each fact that does not follow), a body that is not a fact, a session
            without a plan, or a missing policy.
    """
    if wrong := chain_faults(export):
        raise InvalidInput("\n".join(wrong))
    policies = _policies(export)
    return [_facts(session, path, policies) for path, session in export.paths]


def _policies(export: Export) -> dict[str, Policy]:
    found = (decoded(decode_policy, text.encode(), f"policies[{i}]") for i, text in enumerate(export.policies))
    return {reference.digest: policy for policy, reference in found}


def _facts(session: ExportedSession, path: str, policies: dict[str, Policy]) -> SessionFacts:
    events = [_event(fact, f"{path}events[{i}]", session.session) for i, fact in enumerate(session.events)]
    plan = plan_of(events)
    if plan is None:
        raise InvalidInput(f"{path}events: there is no session.planned among them, so nothing can be measured")
    policy = policies.get(plan.policy.digest)
    if policy is None:
        name = f"{plan.policy.id} version {plan.policy.version}"
        raise InvalidInput(f"policies: the file of {name} (SHA-256 {plan.policy.digest}) is not there")
    return SessionFacts(id=session.session, plan=plan, policy=policy, events=events)


def _event(fact: ExportedFact, path: str, session: str) -> AnyEvent:
    event = decoded(decode, fact.body.encode(), f"{path}.body")
    named = parsed(fact.stream)
    if named is not None and named.about != session:
        raise InvalidInput(f"{path}.stream: {fact.stream} is not a stream of session {session!r}")
    if (event.seq, event.session) != (fact.seq, session):
        raise InvalidInput(f"{path}.body: this is fact {event.seq} of session {event.session!r}, filed under another")
    return event


def chain_faults(export: Export) -> list[str]:
    """A line for each break in a chain: a fact that was altered, or follows one that was left out or put in."""
    return [wrong for path, session in export.paths for wrong in _broken(session, path)]


def _broken(session: ExportedSession, path: str) -> Iterator[str]:
    streams: dict[str, list[tuple[int, ExportedFact]]] = {}
    for place, fact in enumerate(session.events):
        streams.setdefault(fact.stream, []).append((place, fact))
    for stream, placed in streams.items():
        placed.sort(key=lambda each: each[1].seq)
        walk = chain.Walk()
        for place, fact in placed:
            link = from_hex(fact.hash)
            if link is None:
                yield f"{path}events[{place}].hash: not hexadecimal in small letters"
            if not walk.follows(fact.body.encode(), link or b"") and link is not None:
                yield (
                    f"{path}events[{place}].hash: the chain of {stream} does not hold at fact {fact.seq}; "
                    "it was altered, or one before it was left out or put in"
                )


def from_hex(text: str) -> bytes | None:
    """The bytes of a text in lower-case hexadecimal; None if it is anything else."""
    try:
        found = bytes.fromhex(text)
    except ValueError:
        return None
    return found if found.hex() == text else None
