"""Records and derivations as text for a terminal, and the differences between two answers."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from domain.attendance.facts import SessionFacts
from domain.attendance.records import ClientRecord, DerivedSpan, SessionRecord
from domain.instants import instant
from domain.proof.wording import sentence


def records(sessions: Sequence[SessionFacts], worked_out: dict[str, SessionRecord]) -> str:
    """Each session with a line per client, in local time."""
    kinds = {session.id: session.plan for session in sessions}
    return "\n".join(
        "".join(f"{line}\n" for line in _session(identity, kinds[identity].kind, kinds[identity].timezone, record))
        for identity, record in worked_out.items()
    )


def derivations(sessions: Sequence[SessionFacts], worked_out: dict[str, SessionRecord], person: str) -> str:
    """The reason for each second of one client, session by session; empty when there is no such client."""
    return "\n".join(
        "".join(f"{line}\n" for line in _derivation(facts, person, worked_out[facts.id].clients[person]))
        for facts in sorted(sessions, key=lambda facts: facts.id)
        if person in worked_out[facts.id].clients
    )


def differences(expected: Any, found: Any, path: str = "") -> list[str]:
    """The differences between two JSON values, each with its path."""
    if isinstance(expected, dict) and isinstance(found, dict):
        names = sorted(expected.keys() | found.keys())
        return [
            line for name in names for line in _difference(expected, found, name, f"{path}.{name}".removeprefix("."))
        ]
    return [] if expected == found else [f"{path or 'expect'}: expected {expected!r}, found {found!r}"]


def with_progress(files: Sequence[Path]) -> Iterator[Path]:
    """The files one by one, with a progress bar on standard error if that is a terminal."""
    from rich.console import Console  # noqa: PLC0415  half of the start-up time of a command that often needs none
    from rich.progress import track  # noqa: PLC0415

    console = Console(file=sys.stderr)
    yield from track(files, description="Checking", console=console, transient=True)


def clock(seconds: int) -> str:
    """A duration as hours, minutes and seconds."""
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def _difference(expected: dict[str, Any], found: dict[str, Any], name: str, path: str) -> list[str]:
    if name not in found:
        return [f"{path}: expected, and not there"]
    if name not in expected:
        return [f"{path}: not expected"]
    return differences(expected[name], found[name], path)


def _session(identity: str, kind: str, timezone: str, record: SessionRecord) -> Iterable[str]:
    zone = ZoneInfo(timezone)
    outcome = "not over yet" if record.outcome is None else record.outcome.replace("_", " ")
    window = f"{_local(record.start, zone)} to {_local(record.end, zone)}"
    yield f"{identity}  {kind}, {record.service_date}, {window}: {outcome}"
    yield (
        f"  {clock(record.net_s)} net of breaks, {clock(record.facilitator_gap_s)} without a facilitator, "
        f"{record.participant_count} with credited time"
    )
    for flag in record.flags:
        yield f"  review: {flag.replace('_', ' ')}"
    for person, client in record.clients.items():
        yield f"  {person:<16} {' · '.join(_client(client))}"


def _client(client: ClientRecord) -> Iterable[str]:
    yield "open" if client.status is None else client.status.replace("_", " ")
    if client.excused:
        yield "excused"
    yield f"connected {clock(client.connected_s)}"
    yield f"credited {clock(client.credited_s)} ({client.credited_s} s)"
    yield f"billable {clock(client.billable_s)}"
    if client.late_s:
        yield f"came {clock(client.late_s)} after the start"
    yield from (f"held: {hold.replace('_', ' ')}" for hold in client.holds)
    yield from (f"review: {flag.replace('_', ' ')}" for flag in client.flags)
    yield ", ".join(f"{name} {units}" for name, units in client.units.items())


def _derivation(facts: SessionFacts, person: str, client: ClientRecord) -> Iterable[str]:
    zone = facts.plan.timezone
    yield f"{person} in {facts.id}: {clock(client.credited_s)} credited ({client.credited_s} s), {zone}"
    spans = [*(client.derivation or ()), *(client.outside or ())]
    for span in sorted(spans, key=lambda span: span.start.at):
        yield f"  {clock(span.seconds):>8}  {sentence(span, zone, facts.policy.bridge_max_s)}{_evidence(span)}"


def _evidence(span: DerivedSpan) -> str:
    """How the two ends are known, and the facts that prove the span."""
    known = f"  [{span.start.known} … {span.end.known}]".replace("_", " ")
    return known + (f"  facts {', '.join(span.facts)}" if span.facts else "")


def _local(seconds: int, zone: ZoneInfo) -> str:
    return f"{instant(seconds).astimezone(zone):%H:%M:%S %Z}"
