"""Clients' own logs of mutual-help meetings, and whether they share them with their care team."""

from datetime import datetime

from domain.programs.meeting_logs import LoggedMeeting
from store.database import Transaction


async def add(tx: Transaction, clinic: str, client: str, meeting: LoggedMeeting) -> None:
    """Add a meeting to the client's log."""
    await tx.execute(
        """
        INSERT INTO meeting_log (clinic_id, id, client_id, met_on, kind, home_group, sponsor)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """,
        clinic, meeting.id, client, meeting.met_on, meeting.kind, meeting.home_group, meeting.sponsor,
    )  # fmt: skip


async def remove(tx: Transaction, clinic: str, client: str, meeting: str) -> None:
    """Remove a meeting from the client's log; nothing is kept of it."""
    await tx.execute(
        "DELETE FROM meeting_log WHERE clinic_id = $1 AND client_id = $2 AND id = $3", clinic, client, meeting
    )


async def of_client(tx: Transaction, clinic: str, client: str) -> list[LoggedMeeting]:
    """The client's log, the newest meeting first."""
    rows = await tx.fetch(
        """
        SELECT id, met_on, kind, home_group, sponsor FROM meeting_log
        WHERE clinic_id = $1 AND client_id = $2 ORDER BY met_on DESC, id DESC
        """,
        clinic, client,
    )  # fmt: skip
    return [LoggedMeeting(**row) for row in rows]


async def is_shared(tx: Transaction, clinic: str, client: str) -> bool:
    """Whether the client shares the log with their care team."""
    found: bool = await tx.fetchval(
        "SELECT EXISTS (SELECT FROM meeting_log_shares WHERE clinic_id = $1 AND client_id = $2)", clinic, client
    )
    return found


async def share(tx: Transaction, clinic: str, client: str, at: datetime) -> None:
    """Share the log with the care team."""
    await tx.execute(
        """
        INSERT INTO meeting_log_shares (clinic_id, client_id, shared_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING
        """,
        clinic, client, at,
    )  # fmt: skip


async def unshare(tx: Transaction, clinic: str, client: str) -> None:
    """Share the log no longer; nothing says that it was."""
    await tx.execute("DELETE FROM meeting_log_shares WHERE clinic_id = $1 AND client_id = $2", clinic, client)
