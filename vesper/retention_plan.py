"""What the retention worker would do now, for operators: counts and ids, no names. It changes nothing."""

import asyncio
from datetime import datetime

import msgspec

from domain.privacy import retention
from domain.privacy.retention import AGEING, OUTLOOK, RecordType
from runtime.settings import DatabaseSettings
from store.database import Database, Transaction, database_time
from store.people import clinics
from store.privacy import erasures, retention_rules
from vesper.answers import print_answer
from workers.retention import due_within


class InClinic(msgspec.Struct, frozen=True, kw_only=True):
    """What is due in one clinic: clients to erase and to list, by id, and how many of each kind of record."""

    clinic: str
    erase: list[str]
    to_list: list[str]
    held: list[str]
    aged: dict[str, int]

    def lines(self) -> list[str]:
        """A line for each client, and for each kind of record."""
        return [
            f"clinic {self.clinic}",
            *(f"  client {person}  would be erased" for person in self.erase),
            *(f"  client {person}  would be listed for erasing" for person in self.to_list),
            *(f"  client {person}  is held" for person in self.held),
            *(f"  {record}  {count} would be erased" for record, count in self.aged.items()),
        ]


class Planned(msgspec.Struct, frozen=True, kw_only=True):
    """What would be done, by clinic; clinics with nothing to do are left out."""

    clinics: list[InClinic]

    def lines(self) -> list[str]:
        """What to print for people."""
        return [line for one in self.clinics for line in one.lines()] or ["Nothing would be erased now."]


def show(settings: DatabaseSettings, as_json: bool) -> None:
    """Print what the worker would do now."""

    async def run() -> Planned:
        async with Database.open(settings.database_url) as database:
            async with database.transaction() as tx:
                ids = await clinics.every(tx)
            found = [await _planned(database, clinic) for clinic in ids]
        return Planned(clinics=[one for one in found if one.erase or one.to_list or one.held or one.aged])

    planned = asyncio.run(run())
    print_answer(as_json, planned, "\n".join(planned.lines()))


async def _planned(database: Database, clinic: str) -> InClinic:
    due = await due_within(database, clinic, OUTLOOK)
    async with database.transaction() as tx:
        now = await database_time(tx)
        listed = await erasures.listed(tx, clinic, 100_000)
        aged = await _aged(tx, clinic, now)
    known = {one.person for one in listed}
    ready = [one for one in listed if one.person in due and one.erased_on <= now.date()]
    return InClinic(
        clinic=clinic,
        erase=[one.person for one in ready if not one.held],
        to_list=sorted(due.keys() - known),
        held=[one.person for one in listed if one.held],
        aged=aged,
    )


async def _aged(tx: Transaction, clinic: str, now: datetime) -> dict[str, int]:
    longer = await retention_rules.longer(tx, clinic)
    kinds: tuple[RecordType, ...] = ("group_note", *AGEING)
    counts = {
        record: sum(await erasures.count_aged(tx, clinic, record, [retention.before(record, now, longer)]))
        for record in kinds
    }
    return {record: count for record, count in counts.items() if count}
