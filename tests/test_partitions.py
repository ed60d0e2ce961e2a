"""The partitioned tables are really partitioned, and have every key of the others."""

import pytest

from store.database import Database
from tests.partitions import PARTITIONS, TABLES

KEYS = """
SELECT conrelid::regclass::text AS table, pg_get_constraintdef(oid) AS key FROM pg_constraint
WHERE conrelid = ANY($1::regclass[]) AND contype IN ('p', 'u', 'f') AND coninhcount = 0
UNION ALL
SELECT indrelid::regclass::text, regexp_replace(pg_get_indexdef(indexrelid), ' ON (ONLY )?', ' ON ') FROM pg_index
WHERE indrelid = ANY($1::regclass[])
"""
_found: list[set[tuple[str, str]]] = []


@pytest.mark.parametrize("layout", ["template", "partitioned_template"], indirect=True)
async def test_they_have_the_keys_of_the_others(database: Database) -> None:
    async with database.transaction() as tx:
        _found.append({(row["table"], row["key"]) for row in await tx.fetch(KEYS, list(TABLES))})
    assert _found[0] == _found[-1]


@pytest.mark.parametrize("layout", ["partitioned_template"], indirect=True)
async def test_each_is_partitioned_by_clinic(database: Database) -> None:
    async with database.transaction() as tx:
        for table in TABLES:
            by = await tx.fetchval("SELECT pg_get_partkeydef($1::regclass)", table)
            parts = await tx.fetchval("SELECT count(*) FROM pg_inherits WHERE inhparent = $1::regclass", table)
            assert (by, parts) == ("HASH (clinic_id)", PARTITIONS), table
