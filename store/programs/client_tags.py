"""What clients said of themselves so that a group fits them. Only staff see it, and only with the client's consent."""

from collections.abc import Sequence

from domain.programs.programs import Decision
from store.database import Transaction


async def of_client(tx: Transaction, clinic: str, client: str) -> list[str]:
    """The client's tags, by name."""
    rows = await tx.fetch(
        "SELECT tag FROM client_tags WHERE clinic_id = $1 AND client_id = $2 ORDER BY tag", clinic, client
    )
    return [row["tag"] for row in rows]


async def replace(tx: Transaction, clinic: str, client: str, tags: Sequence[str], agreed: Decision) -> None:
    """Make these the client's tags; one that stays keeps the time of its consent."""
    await tx.execute(
        "DELETE FROM client_tags WHERE clinic_id = $1 AND client_id = $2 AND tag <> ALL($3::text[])",
        clinic, client, tags,
    )  # fmt: skip
    await tx.executemany(
        """
        INSERT INTO client_tags (clinic_id, client_id, tag, consented_at, by_id) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT DO NOTHING
        """,
        [(clinic, client, tag, agreed.at, agreed.by) for tag in tags],
    )
