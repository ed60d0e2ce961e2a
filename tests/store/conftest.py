"""A clinic for facts."""

import pytest

from runtime.clock import new_id
from store.database import Database


@pytest.fixture
async def clinic(database: Database) -> str:
    identity = new_id()
    async with database.transaction() as tx:
        await tx.execute(
            "INSERT INTO clinics (id, name, timezone) VALUES ($1, 'Riverbend', 'America/New_York')", identity
        )
    return identity
