"""Each client's notes have their own key, which Postgres stores only wrapped."""

import asyncio

import pytest
from nacl.exceptions import CryptoError

from runtime.clock import new_id
from store.chart import data_keys
from store.chart.data_keys import DataKey, NoteKeys
from store.database import Database

KEYS = NoteKeys(b"p" * 32, {"2026": b"w" * 32})
ROTATED = NoteKeys(b"p" * 32, {"2027": b"n" * 32, **KEYS.wrapping})


async def key_of(database: Database, clinic: str, owner: str, keys: NoteKeys = KEYS) -> DataKey:
    async with database.transaction() as tx:
        return await data_keys.for_owner(tx, keys, clinic, owner)


async def test_concurrent_callers_get_one_key_for_an_owner(database: Database, clinic: str) -> None:
    pat, sam = new_id(), new_id()
    found = await asyncio.gather(*(key_of(database, clinic, pat) for _ in range(4)))
    assert len({key.key for key in found}) == 1
    assert (await key_of(database, clinic, sam)).key != found[0].key


async def test_the_key_is_stored_wrapped(database: Database, clinic: str) -> None:
    key = await key_of(database, clinic, new_id())
    async with database.transaction() as tx:
        [row] = await tx.fetch("SELECT * FROM data_keys")
    assert row["wrapping_key_id"] == "2026"
    assert key.key not in row["wrapped"]


async def test_using_it_with_a_newer_wrapping_key_wraps_it_again(database: Database, clinic: str) -> None:
    pat = new_id()
    before = await key_of(database, clinic, pat)
    assert await key_of(database, clinic, pat, ROTATED) == before
    newest_alone = NoteKeys(b"p" * 32, {"2027": b"n" * 32})
    assert await key_of(database, clinic, pat, newest_alone) == before


async def test_a_wrapped_key_does_not_open_for_another_owner(database: Database, clinic: str) -> None:
    pat, sam = new_id(), new_id()
    await key_of(database, clinic, pat)
    async with database.transaction() as tx:
        wrapped = await tx.fetchval("SELECT wrapped FROM data_keys")
    assert len(data_keys.unwrap(KEYS, "2026", wrapped, pat)) == 32
    with pytest.raises(CryptoError):
        data_keys.unwrap(KEYS, "2026", wrapped, sam)


def test_a_text_opens_only_in_its_place() -> None:
    key = DataKey("id", b"k" * 32)
    stored = key.encrypt("naïve 🙂", "note/1")
    assert key.decrypt(stored, "note/1") == "naïve 🙂"
    assert stored != key.encrypt("naïve 🙂", "note/1")
    with pytest.raises(CryptoError):
        key.decrypt(stored, "note/2")


def test_the_repr_of_keys_shows_only_ids() -> None:
    assert repr(KEYS) == "NoteKeys(wrapping=['2026'])"
    assert repr(DataKey("id", b"k" * 32)) == "DataKey(id='id')"
