"""What staff write beside acts: encrypted with the client's key, which an erasure destroys."""

from collections.abc import Mapping, Sequence
from typing import Any

from runtime.settings import ServerSettings
from server.http.calls import Call
from store.chart import data_keys
from store.chart.data_keys import UNOPENABLE, NoteKeys
from store.database import Transaction
from store.programs import acts

UNREADABLE = "⟨…⟩"
"""Shown for words whose key this server does not have."""


async def keep(tx: Transaction, call: Call[Any], client: str, act: str, text: str) -> None:
    """Store the words beside an act."""
    key = await data_keys.for_owner(tx, keys_of(call.settings), call.staff.clinic, client)
    await acts.keep_words(tx, call.staff.clinic, acts.Words(act=act, data_key=key.id, sealed=key.encrypt(text, act)))


async def of_acts(tx: Transaction, call: Call[Any], client: str, which: Sequence[str]) -> Mapping[str, str]:
    """By act, the words beside it."""
    found = await acts.words_of(tx, call.staff.clinic, which)
    if not found:
        return {}
    try:
        key = await data_keys.for_owner(tx, keys_of(call.settings), call.staff.clinic, client)
        return {words.act: key.decrypt(words.sealed, words.act) for words in found}
    except UNOPENABLE:
        return {words.act: UNREADABLE for words in found}


def keys_of(settings: ServerSettings) -> NoteKeys:
    """The keys that encrypt words about people."""
    return NoteKeys(settings.note_private_key, {key.id: key.key for key in settings.note_wrapping_keys})
