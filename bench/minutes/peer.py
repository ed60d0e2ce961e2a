"""SQL that a user could write instead of the core, over the same facts in typed columns, on one core of Postgres."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

import asyncpg

from domain.attendance.facts import SessionFacts

_QUERY = (Path(__file__).parent / "peer.sql").read_text()
_TABLES = """
CREATE TABLE bench_events (
    session uuid NOT NULL, seq bigint NOT NULL, at timestamptz NOT NULL, type text NOT NULL, connection uuid,
    person uuid, role text, cause text, last_seen timestamptz, until timestamptz);
CREATE TABLE bench_sessions (
    session uuid PRIMARY KEY, start bigint NOT NULL, stop bigint NOT NULL, break_start bigint, break_stop bigint);
"""
_SETTINGS = "SET max_parallel_workers_per_gather = 0; SET work_mem = '512MB'; SET jit = off; SET enable_nestloop = off"
_COLUMNS = ("connection", "person", "role", "cause", "last_seen", "until")

_TICKS = os.sysconf("SC_CLK_TCK")
"""Clock ticks per second, the smallest unit of a process's processor time."""

Seconds = dict[tuple[str, str], tuple[int, int]]
"""By session and client: connected and credited seconds."""


async def load(connection: "asyncpg.Connection[asyncpg.Record]", sessions: Sequence[SessionFacts]) -> None:
    """Put the facts into tables, analysed, with the settings a patient user would choose."""
    await connection.execute(_TABLES)
    await connection.copy_records_to_table("bench_events", records=_events(sessions))
    await connection.copy_records_to_table("bench_sessions", records=_plans(sessions))
    await connection.execute("ANALYZE bench_events; ANALYZE bench_sessions")
    await connection.execute(_SETTINGS)


async def seconds(connection: "asyncpg.Connection[asyncpg.Record]") -> Seconds:
    """The SQL's seconds for each client of each session."""
    rows = await connection.fetch(_QUERY)
    return {(str(row["session"]), str(row["person"])): (row["connected_s"], row["credited_s"]) for row in rows}


async def time_taken(connection: "asyncpg.Connection[asyncpg.Record]") -> float:
    """Processor seconds for the whole answer; it is summed up, so that fetching rows costs nothing."""
    backend = await connection.fetchval("SELECT pg_backend_pid()")
    began = _processor_time(backend)
    await connection.fetchrow(f"SELECT count(*), sum(connected_s), sum(credited_s) FROM ({_QUERY}) AS answer")
    return max(_processor_time(backend) - began, 1 / _TICKS)


def _processor_time(process: int) -> float:
    """Processor seconds of a process: `utime` and `stime` of proc_pid_stat(5)."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _events(sessions: Iterable[SessionFacts]) -> Iterable[tuple[object, ...]]:
    for facts in sessions:
        for event in facts.events:
            kind = type(event).__struct_config__.tag
            yield facts.id, event.seq, event.at, kind, *(getattr(event, column, None) for column in _COLUMNS)


def _plans(sessions: Iterable[SessionFacts]) -> Iterable[tuple[object, ...]]:
    for facts in sessions:
        plan = facts.plan
        break_start, break_stop = plan.breaks[0] if plan.breaks else (None, None)
        yield (
            facts.id,
            *(None if at is None else int(at.timestamp()) for at in (plan.start, plan.end, break_start, break_stop)),
        )
