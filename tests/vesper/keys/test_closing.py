"""One command creates and publishes a key, another ends it, and the private half is shown once."""

import asyncio
import base64
import json
from typing import Any

import pytest

from domain.errors import NotFound
from domain.ledger.closings import key_id
from runtime.catalogue import CATALOGUE
from runtime.secrets.signatures import Signer
from runtime.settings import DatabaseSettings, MigrationSettings
from vesper.keys.closing import end, keep, rotate, show

Capture = pytest.CaptureFixture[str]


async def rotated(owner_url: str, capsys: Capture) -> dict[str, str]:
    await asyncio.to_thread(rotate, MigrationSettings(owner_database_url=owner_url), True)
    return dict(json.loads(capsys.readouterr().out))


async def shown(database_url: str, capsys: Capture) -> list[dict[str, Any]]:
    await asyncio.to_thread(show, DatabaseSettings(database_url=database_url), True)
    return list(json.loads(capsys.readouterr().out)["keys"])


async def test_the_worker_accepts_the_printed_key_and_others_see_its_public_half(
    database_url: str, owner_url: str, capsys: Capture
) -> None:
    made = await rotated(owner_url, capsys)
    signer = Signer(CATALOGUE["closing_key"].parse(made["closing_key"]))
    [key] = await shown(database_url, capsys)
    assert (key["id"], key["public_key"]) == (made["id"], signer.public_key.hex())
    assert made["id"] == key_id(signer.public_key)


async def test_the_previous_key_stays_valid_for_a_day(database_url: str, owner_url: str, capsys: Capture) -> None:
    first = await rotated(owner_url, capsys)
    await rotated(owner_url, capsys)
    old, new = sorted(await shown(database_url, capsys), key=lambda key: key["valid_until"] is None)
    assert (old["id"], new["valid_until"]) == (first["id"], None)
    assert old["valid_until"] is not None


async def test_a_stolen_key_is_ended_at_once(database_url: str, owner_url: str, capsys: Capture) -> None:
    made, settings = await rotated(owner_url, capsys), MigrationSettings(owner_database_url=owner_url)
    await asyncio.to_thread(end, settings, made["id"], False)
    assert made["id"] in capsys.readouterr().out
    with pytest.raises(NotFound, match="is valid now"):
        await asyncio.to_thread(end, settings, made["id"], False)
    [key] = await shown(database_url, capsys)
    assert key["valid_until"] is not None


async def test_keeping_a_key_publishes_it_once(database_url: str, owner_url: str, capsys: Capture) -> None:
    secret = base64.b64encode(Signer.fresh().private_key()).decode()
    for _ in range(2):
        await asyncio.to_thread(keep, owner_url, secret)
    [key] = await shown(database_url, capsys)
    assert key["valid_until"] is None


async def test_people_get_a_line_for_each_key(database_url: str, owner_url: str, capsys: Capture) -> None:
    settings = DatabaseSettings(database_url=database_url)
    await asyncio.to_thread(show, settings, False)
    assert "vesper keys rotate" in capsys.readouterr().out
    await asyncio.to_thread(rotate, MigrationSettings(owner_database_url=owner_url), False)
    assert capsys.readouterr().out.startswith("CLOSING_KEY=")
    await asyncio.to_thread(show, settings, False)
    assert capsys.readouterr().out.endswith("UTC until further notice\n")
