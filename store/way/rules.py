"""The clinic's lists of rules by version; the one in force on a day is the latest from that day or before."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import msgspec

from domain.way.rules import RuleKind, WayRules
from store.database import Transaction


class Version(msgspec.Struct, frozen=True, kw_only=True):
    """A new version of one list, and the day from which it holds."""

    kind: RuleKind
    from_on: date
    rules: Sequence[Any]
    by: str
    at: datetime


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """A version of a list without its rules: from when it holds, who set it, and when."""

    kind: RuleKind
    from_on: date
    by: str
    at: datetime


async def add(tx: Transaction, clinic: str, version: Version) -> None:
    """Add a version of one list."""
    await tx.execute(
        """
        INSERT INTO way_rules (clinic_id, kind, from_on, rules, by_id, recorded_at) VALUES ($1, $2, $3, $4, $5, $6)
        """,
        clinic, version.kind, version.from_on, msgspec.json.encode(version.rules).decode(), version.by, version.at,
    )  # fmt: skip


async def on(tx: Transaction, clinic: str, day: date) -> WayRules:
    """All lists as they hold on the day; what the clinic has not set is as shipped."""
    rows = await tx.fetch(
        """
        SELECT DISTINCT ON (kind) kind, rules FROM way_rules
        WHERE clinic_id = $1 AND from_on <= $2 ORDER BY kind, from_on DESC, number DESC
        """,
        clinic, day,
    )  # fmt: skip
    return msgspec.convert({row["kind"]: msgspec.json.decode(row["rules"]) for row in rows}, WayRules)


async def versions(tx: Transaction, clinic: str) -> list[Known]:
    """Every version of every list, the latest day first."""
    rows = await tx.fetch(
        """
        SELECT kind, from_on, by_id AS by, recorded_at AS at FROM way_rules
        WHERE clinic_id = $1 ORDER BY from_on DESC, number DESC
        """,
        clinic,
    )  # fmt: skip
    return [Known(**row) for row in rows]
