"""The file of a clinic's export: read in one moment, zipped, encrypted and stored piece by piece."""

import io
import zipfile
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import datetime
from typing import Any

import msgspec

from domain.chart.notes import Note
from domain.transfer import cells
from runtime import release
from runtime.secrets.sealed_files import Recipient, Sealer
from store.chart import data_keys, notes
from store.chart.data_keys import UNOPENABLE, DataKey, NoteKeys
from store.database import Database, Transaction
from store.transfer import exports, opened, tables
from store.transfer.exports import Export, Piece

STORED_AT_ONCE = 1 << 20
"""Bytes of a stored piece, about."""
README = """This is everything that the clinic kept in Vesper when the file was made, without private reflections,
secrets and keys.

tables/*.jsonl   the records, one JSON object on each line; instants are UTC
notes.jsonl      notes, opened, each with its newest text and its signatures
acts.jsonl       what staff wrote beside dated acts
inquiries.jsonl  what was said at the steps of inquiries
clients.csv      the list of clients, for a spreadsheet
manifest.json    who asked for it, who approved it, and how many records there are

42 CFR part 2 prohibits unauthorized use or disclosure of these records.
"""


class Stopped(Exception):
    """Somebody stopped the export while it was written."""


async def next_export(database: Database, url: str, keys: NoteKeys, clock: Callable[[], datetime]) -> bool:
    """Write the file of the export that waits for longest; False if none does."""
    async with database.transaction() as tx:
        export = await exports.claim_due(tx, clock())
    if export is None:
        return False
    try:
        async with Database.open(url, unhurried=True) as unhurried:
            await _Writer(database, export, clock).write(unhurried, keys)
    except Stopped:
        async with database.transaction() as tx:
            await exports.forget(tx, export.clinic, export.id)
    return True


class _Writer:
    """Writes one file: what goes into the archive comes out encrypted, and is stored."""

    def __init__(self, database: Database, export: Export, clock: Callable[[], datetime]) -> None:
        self._database, self._export, self._clock = database, export, clock
        self._out = io.BytesIO()
        self._archive = zipfile.ZipFile(_Unseekable(self._out), "w", zipfile.ZIP_DEFLATED)
        self._sealer = Sealer(Recipient(export.public_key, export.salt))
        self._waiting = b""
        self._number = 0
        self._done = 0
        self._total = len(tables.EXPORTED) + 4
        self._counts: dict[str, int] = {}

    async def write(self, unhurried: Database, keys: NoteKeys) -> None:
        """Write the whole file."""
        clinic = self._export.clinic
        async with unhurried.transaction() as tx:
            await tables.see_one_moment(tx)
            self._archive.writestr("README.txt", README)
            for table in tables.EXPORTED:
                await self._lines(f"tables/{table}.jsonl", tables.rows(tx, table, clinic))
            await self._lines("notes.jsonl", _notes(tx, keys, clinic))
            await self._lines("acts.jsonl", _opened(tx, keys, clinic, "acts"))
            await self._lines("inquiries.jsonl", _opened(tx, keys, clinic, "inquiries"))
            clients = await opened.clients(tx, clinic)
        self._archive.writestr("clients.csv", cells.written(opened.HEADER, [one.cells for one in clients]))
        self._archive.writestr("manifest.json", self._manifest())
        self._archive.close()
        self._done += 1
        await self._store(last=True)
        async with self._database.transaction() as tx:
            await exports.finish(tx, self._export, [one.id for one in clients], self._clock())

    async def _lines(self, name: str, batches: AsyncIterator[Sequence[str]]) -> None:
        count = 0
        with self._archive.open(name, "w", force_zip64=True) as file:
            async for batch in batches:
                file.write("".join(f"{line}\n" for line in batch).encode())
                count += len(batch)
                await self._store()
        self._counts[name] = count
        self._done += 1
        await self._store()

    async def _store(self, *, last: bool = False) -> None:
        self._waiting += self._sealer.take(self._out.getvalue())
        self._out.seek(0)
        self._out.truncate()
        if last:
            self._waiting += self._sealer.end()
        content = self._waiting if last or len(self._waiting) >= STORED_AT_ONCE else b""
        piece = Piece(self._number, content, self._done, self._total)
        async with self._database.transaction() as tx:
            if not await exports.keep(tx, self._export, piece, self._clock()):
                raise Stopped
        if content:
            self._number += 1
            self._waiting = b""

    def _manifest(self) -> bytes:
        export = self._export
        said = {
            "release": release.VERSION,
            "clinic": export.clinic,
            "asked_by": export.asked_by,
            "asked_at": export.asked_at,
            "approved_by": export.approved_by,
            "approved_at": export.approved_at,
            "made_at": self._clock(),
            "records": self._counts,
        }
        return msgspec.json.format(msgspec.json.encode(said), indent=2)


class _Unseekable(io.RawIOBase):
    """A place for an archive that is written once, from the front; what was written leaves it at once."""

    def __init__(self, out: io.BytesIO) -> None:
        self._out = out

    def writable(self) -> bool:
        return True

    def write(self, content: Any) -> int:
        return self._out.write(content)


async def _notes(tx: Transaction, keys: NoteKeys, clinic: str) -> AsyncIterator[Sequence[str]]:
    after: str | None = None
    while batch := await notes.page(tx, keys, clinic, after, tables.AT_A_TIME):
        yield [msgspec.json.encode(_told(note)).decode() for note in batch]
        after = batch[-1].id


def _told(note: Note) -> dict[str, Any]:
    newest = note.newest
    return {
        "id": note.id,
        "session": note.session,
        "client": note.client,
        "kind": note.kind,
        "author": note.author,
        "version": newest.number if newest else None,
        "at": newest.at if newest else None,
        "text": newest.text if newest else None,
        "unreadable": note.unreadable is not None,
        "signatures": note.signatures,
    }


async def _opened(tx: Transaction, keys: NoteKeys, clinic: str, what: opened.What) -> AsyncIterator[Sequence[str]]:
    async for batch in opened.sealed(tx, clinic, what):
        yield [msgspec.json.encode({"id": one.id, "text": _text(keys, one)}).decode() for one in batch]


def _text(keys: NoteKeys, one: opened.Sealed) -> str | None:
    """The text; None if this worker lacks its key."""
    try:
        key = data_keys.unwrap(keys, one.wrapping_key, one.wrapped, one.owner)
        return DataKey(one.owner, key).decrypt(one.sealed, one.id)
    except UNOPENABLE:
        return None
