"""The clinic that the workers work for."""

import pytest

from runtime import policies
from store.database import Database
from tests.workers import evening
from tests.workers.evening import Clinic
from tests.workers.poison import Owner


@pytest.fixture
async def clinic(database: Database) -> Clinic:
    return await evening.found(database, policies.load("evening-sud", 1)[1])


@pytest.fixture
def owner(owner_url: str) -> Owner:
    return Owner(owner_url)
