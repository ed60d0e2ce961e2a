"""Run tests also on tables that are partitioned by clinic: `pytestmark = pytest.mark.also_partitioned`."""

import asyncio
from collections.abc import Iterator

import asyncpg
import pytest

from runtime.postgres import embedded

TEMPLATE = "vesper_partitioned_template"
PARTITIONS = 4
TABLES = (
    "ledger", "ledger_heads", "cursors", "positions_before", "feed_cursors_before", "attendance_records",
    "session_records", "hour_totals", "client_days", "statements_due", "set_aside_sessions", "liveness",
)  # fmt: skip
"""The ledger, its projections, and its cursors."""

_DEFINITIONS = """
SELECT format('ALTER TABLE %I ADD CONSTRAINT %I %s', $1::text, conname, pg_get_constraintdef(oid)) AS statement
FROM pg_constraint WHERE conrelid = $1::regclass AND contype IN ('p', 'u', 'f')
UNION ALL
SELECT pg_get_indexdef(indexrelid) FROM pg_index
WHERE indrelid = $1::regclass AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
UNION ALL
SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgrelid = $1::regclass AND NOT tgisinternal
UNION ALL
SELECT format('GRANT %s ON %I TO %I', privilege_type, $1::text, grantee) FROM information_schema.role_table_grants
WHERE table_name = $1 AND grantee <> current_user
UNION ALL
SELECT format('GRANT %s (%I) ON %I TO %I', privilege_type, column_name, $1::text, grantee)
FROM information_schema.role_column_grants WHERE table_name = $1 AND grantee <> current_user
"""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run each database test of a marked module twice."""
    if "layout" in metafunc.fixturenames and metafunc.definition.get_closest_marker("also_partitioned"):
        templates = ["template", "partitioned_template"]
        metafunc.parametrize("layout", templates, indirect=True, ids=["whole", "partitioned"])


@pytest.fixture
def layout(request: pytest.FixtureRequest) -> str:
    """The template of the test's database."""
    return str(request.getfixturevalue(getattr(request, "param", "template")))


@pytest.fixture(scope="session")
def partitioned_template(postgres: embedded.Embedded, template: str) -> str:
    """A template that is migrated like the other, and then partitioned by hash of the clinic."""

    async def make() -> None:
        superuser = await asyncpg.connect(postgres.superuser_url())
        await superuser.execute(f"CREATE DATABASE {TEMPLATE} TEMPLATE {template} OWNER {embedded.OWNER_ROLE}")
        await superuser.close()
        owner = await asyncpg.connect(postgres.owner_url(TEMPLATE))
        async with owner.transaction():
            for table in TABLES:
                await _partition(owner, table)
        await owner.close()

    asyncio.run(make())
    return TEMPLATE


async def _partition(owner: "asyncpg.Connection[asyncpg.Record]", table: str) -> None:
    """Replace the empty table with a partitioned one that has the same columns, keys, triggers and rights."""
    definitions = [row["statement"] for row in await owner.fetch(_DEFINITIONS, table)]
    await owner.execute(f"ALTER TABLE {table} RENAME TO whole")
    like = "LIKE whole INCLUDING DEFAULTS INCLUDING CONSTRAINTS"
    await owner.execute(f"CREATE TABLE {table} ({like}) PARTITION BY HASH (clinic_id); DROP TABLE whole")
    for statement in [*definitions, *_partitions(table)]:
        await owner.execute(statement)


def _partitions(table: str) -> Iterator[str]:
    for part in range(PARTITIONS):
        bound = f"FOR VALUES WITH (MODULUS {PARTITIONS}, REMAINDER {part})"
        yield f"CREATE TABLE {table}_{part} PARTITION OF {table} {bound}"
