"""The feed's sources: the clinic's own consents, and the person who opened each connection."""

from datetime import timedelta

import pytest

from domain.events.schedule import PolicyReference
from domain.privacy.consents import Consent
from runtime.clock import new_id
from store.billing import feed
from store.database import Database
from store.privacy import consents
from tests.workers import evening
from tests.workers.evening import SIX, Room
from tests.workers.poison import Owner

pytestmark = pytest.mark.also_partitioned

POLICY = PolicyReference("p", 1, "d")


async def test_consents_are_the_clinics_own_including_revoked_ones(database: Database) -> None:
    riverbend, elsewhere = await evening.found(database, POLICY), await evening.found(database, POLICY)
    signed = Consent(
        id=new_id(), client=riverbend.pat, recipient="Biller", purpose="legal", signed_at=SIX,
        expires_at=SIX + timedelta(days=1),
    )  # fmt: skip
    async with database.transaction() as tx:
        await consents.file(tx, riverbend.id, signed)
        await tx.execute("UPDATE consents SET revoked_at = $1", SIX)
        [found] = await consents.of_clients(tx, riverbend.id, [riverbend.pat])
        assert await consents.of_clients(tx, elsewhere.id, [riverbend.pat]) == []
    assert (found.id, found.client, found.purpose, found.revoked_at) == (signed.id, riverbend.pat, "legal", SIX)
    assert found.expires_at == SIX + timedelta(days=1)


async def test_a_connection_belongs_to_the_person_who_opened_it_first(database: Database) -> None:
    clinic = await evening.found(database, POLICY)
    session, other = await evening.planned(database, clinic), await evening.planned(database, clinic)
    room, elsewhere = Room(clinic.id, session), Room(clinic.id, other)
    pat, dana = room.comes(clinic.pat, SIX), room.comes(clinic.dana, SIX, "facilitator")
    elsewhere.comes(clinic.sam, SIX)
    await evening.ship(database, room.rows + elsewhere.rows)
    async with database.transaction() as tx:
        found = await feed.openings(tx, clinic.id, [session])
    assert {connection: (event.person, event.role) for connection, event in found.items()} == {
        pat: (clinic.pat, "client"),
        dana: (clinic.dana, "facilitator"),
    }


async def test_an_old_cursor_is_found_without_a_scan_of_the_old_positions(
    database: Database, clinic: str, owner_url: str
) -> None:
    """A biller may read again from any cursor, at a cost that does not grow with the clinic's past."""
    facts = 20_000
    owner = Owner(owner_url)
    await owner.run(
        "INSERT INTO positions_before SELECT $1::text::uuid, 3 * n, n FROM generate_series(1, $2::bigint) AS n",
        clinic,
        facts,
    )
    await owner.run("ANALYZE positions_before")
    runs = feed.Numbering(last_cursor=3 * facts, last_position=facts)
    read = """
        SELECT coalesce(sum(pg_stat_get_xact_tuples_returned(indexrelid)), 0)::bigint FROM pg_index
        WHERE indrelid::regclass::text LIKE 'positions_before%'
    """
    for cursor in (0, 1, 3 * facts // 7, 3 * facts // 2, 3 * facts - 1, 3 * facts):
        async with database.transaction() as tx:
            assert await feed.position_at(tx, clinic, runs, cursor) == cursor // 3
            assert await tx.fetchval(read) < 10
