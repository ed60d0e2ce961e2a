"""Many rows are inserted by one statement, and read unchanged."""

from datetime import UTC, date, datetime

from runtime.clock import new_id
from store.database import Database
from store.insertion import Insertion

COLUMNS = {"id": "uuid", "day": "date", "at": "timestamptz", "seconds": "bigint", "final": "boolean", "body": "json"}
VISITS = Insertion("visits", COLUMNS, "ON CONFLICT (id) DO UPDATE SET seconds = excluded.seconds")
SIX = datetime(2026, 9, 15, 22, 0, tzinfo=UTC)
CREATE = """
    CREATE TEMPORARY TABLE visits
    (id uuid PRIMARY KEY, day date, at timestamptz, seconds bigint, final boolean, body json) ON COMMIT DROP
"""


async def test_rows_are_read_as_they_were_inserted(database: Database) -> None:
    rows = [
        (new_id(), date(2026, 9, 15), SIX, 2**40, True, '{"kind": "group"}'),
        (new_id(), None, None, None, None, None),
    ]
    async with database.transaction() as tx:
        await tx.execute(CREATE)
        await VISITS.of(tx, rows)
        kept = await tx.fetch("SELECT id, day, at, seconds, final, body::text AS body FROM visits ORDER BY id")
    assert [tuple(row) for row in kept] == sorted(rows)


async def test_a_conflict_follows_its_clause_and_an_empty_list_inserts_nothing(database: Database) -> None:
    id = new_id()
    async with database.transaction() as tx:
        await tx.execute(CREATE)
        for seconds in (1, 2):
            await VISITS.of(tx, [(id, None, None, seconds, None, None)])
        await VISITS.of(tx, [])
        assert [row["seconds"] for row in await tx.fetch("SELECT seconds FROM visits")] == [2]
