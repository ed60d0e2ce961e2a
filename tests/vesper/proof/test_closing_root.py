"""An operator keeps one hash for all clinics, and checks later whether it is still the same."""

import asyncio
import hashlib
import json
from typing import Any

import pytest

from domain.ledger.closings import text
from runtime import policies
from runtime.settings import DatabaseSettings
from store.database import Database
from store.ledger.closings import DAY
from tests.workers import evening
from tests.workers.closing_days import close, closed, long_ago, published
from vesper.proof.closing_root import DIFFERENT, main


async def test_it_is_over_the_last_closing_of_each_clinic_up_to_the_day(
    database: Database, database_url: str, owner_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    clinics = []
    for _ in range(2):
        clinics.append(await evening.found(database, policies.load("evening-sud", 1)[1]))
        await evening.planned(database, clinics[-1])
    await long_ago(owner_url, 3)
    await close(database, await published(owner_url))
    last = {clinic.id: (await closed(database, clinic.id))[-1] for clinic in clinics}
    by_hand = hashlib.sha256()
    for clinic, closing in sorted(last.items()):
        by_hand.update(clinic.encode() + b"\0" + hashlib.sha256(text(closing)).digest())

    async def root(day: Any, expected: str | None = None) -> tuple[int, dict[str, Any]]:
        settings = DatabaseSettings(database_url=database_url)
        code = await asyncio.to_thread(main, settings, day, expected, True)
        return code, json.loads(capsys.readouterr().out)

    day = last[clinics[0].id].day
    today = day + 3 * DAY
    code, answer = await root(day)
    assert (code, answer["root"], list(answer["clinics"])) == (0, by_hand.hexdigest(), sorted(last))
    assert (await root(day + 9 * DAY, by_hand.hexdigest().upper()))[0] == 0
    assert (await root(day - DAY, by_hand.hexdigest()))[0] == DIFFERENT
    await asyncio.to_thread(main, DatabaseSettings(database_url=database_url), day, "00", False)
    assert capsys.readouterr().out.endswith("It is NOT the one you kept.\n")

    await evening.planned(database, clinics[1])
    assert (await root(today - DAY))[0] == 0
    await long_ago(owner_url, 1)
    code, answer = await root(today - DAY)
    assert (code, answer["open"]) == (DIFFERENT, [clinics[1].id]), "a late closing would change this root"
    code, answer = await root(today)
    assert (code, answer["open"]) == (DIFFERENT, sorted(last)), "the day is not over"
    await asyncio.to_thread(main, DatabaseSettings(database_url=database_url), today, None, False)
    assert "Do NOT keep it" in capsys.readouterr().out
