"""Notes: the staff of their session read them and sign them once."""

import contextlib
import logging
import secrets

import msgspec

from domain.chart import notes as rules
from domain.chart.notes import NONCE_BYTES, Note, Reader, SealedDraft, Signature, Signing, Version
from domain.errors import NotFound
from domain.events.chart import NoteSigned
from domain.events.schedule import STAFF_ROLES
from domain.ledger.streams import note_stream
from domain.people.roles import may
from runtime.clock import fact_id
from runtime.settings import ServerSettings
from server.chart import payloads
from server.chart.payloads import SignNote
from server.http.calls import Call, SignedIn
from server.http.payloads import Page
from server.http.routes import Route, Staff
from server.schedule.sessions import recorded
from store.chart import drafts, notes
from store.chart.data_keys import UNOPENABLE, NoteKeys
from store.database import Transaction, savepoint
from store.ledger import streams
from store.people import shown as people
from store.schedule import rosters

log = logging.getLogger(__name__)

LONGEST_SIGNING = 640 * 1024
"""Bytes of a request with the longest text allowed: JSON may escape each character in twelve bytes."""


async def list_notes(call: Call[None]) -> Page[payloads.Note]:
    """The notes of a session that the caller may read, each with its newest text as it was typed.

    A note that cannot be opened is listed and marked.
    """
    keys = _keys(call.settings)
    async with call.database.transaction() as tx:
        session = await recorded(tx, call.staff, call.ids["session"])
        reader = await _reader(tx, call.staff, session.id)
        written = {note.id: note for note in await notes.of_session(tx, keys, session.clinic, session.id)}
        for draft in await drafts.of_session(tx, session.clinic, session.id):
            written[draft.note.id] = _with_draft(written.get(draft.note.id, draft.note), draft, keys)
        readable = [note for note in written.values() if rules.may_read(note, reader)]
        names = await _names(tx, session.clinic, readable)
    call.concerns(*(note.client for note in readable if note.client))
    return Page(items=tuple(_view(note, note.newest, names) for note in readable if note.newest), next=None)


async def sign_note(call: Call[SignNote]) -> payloads.Note:
    """Sign a note: the text posted becomes a version, and the signature covers it. Only the first signature succeeds.

    A draft that cannot be opened is kept, and prevents nobody from signing the readable text.
    """
    keys = _keys(call.settings)
    async with call.database.transaction() as tx:
        await _settle(tx, keys, call.staff.clinic, call.ids["note"])
        note = await notes.find(tx, keys, call.staff.clinic, call.ids["note"])
        if note is None:
            raise NotFound
        call.concerns(note.session, *([note.client] if note.client else []))
        version, signature = rules.sign(note, _signing(call), await _reader(tx, call.staff, note.session))
        await notes.write(tx, keys, note, version)
        await notes.append_signature(tx, note, signature)
        signed = msgspec.structs.replace(note, newest=version, signatures=(signature,))
        names = await _names(tx, note.clinic, [signed])
        await streams.record(tx, note.clinic, note_stream(note.session), _fact(note, signature), subject=note.client)
    return _view(signed, version, names)


def _signing(call: Call[SignNote]) -> Signing:
    nonce = secrets.token_bytes(NONCE_BYTES)
    return Signing(version=call.asked.version, text=call.asked.text, at=call.now, nonce=nonce)


def _fact(note: Note, signature: Signature) -> NoteSigned:
    return NoteSigned(
        id=fact_id(),
        at=signature.at,
        session=note.session,
        note=note.id,
        version=signature.version,
        digest=signature.digest,
        by=signature.signer,
        client=note.client,
    )


def _keys(settings: ServerSettings) -> NoteKeys:
    return NoteKeys(settings.note_private_key, {key.id: key.key for key in settings.note_wrapping_keys})


async def _reader(tx: Transaction, staff: SignedIn, session: str) -> Reader:
    role = (await rosters.roles_of(tx, staff.clinic, staff.person, [session])).get(session)
    leads = role in STAFF_ROLES and may(staff.roles, "rooms.lead")
    return Reader(staff.person, leads, audits="auditor" in staff.roles)


async def _settle(tx: Transaction, keys: NoteKeys, clinic: str, note: str) -> None:
    with contextlib.suppress(*UNOPENABLE):
        async with savepoint(tx):
            await drafts.settle(tx, keys, clinic, note, secrets.token_bytes(NONCE_BYTES))


def _with_draft(note: Note, draft: SealedDraft, keys: NoteKeys) -> Note:
    """The note with a draft that the worker has not stored as a version yet."""
    if note.signatures:
        return note
    try:
        version = rules.revise(note, drafts.unseal(keys, draft), b"")
    except UNOPENABLE:
        log.warning("a draft cannot be opened with this server's key", extra={"note": note.id})
        return _without(note, draft)
    return note if version is None else msgspec.structs.replace(note, newest=version, unreadable=None)


def _without(note: Note, draft: SealedDraft) -> Note:
    """The note without its draft, which cannot be opened."""
    if note.newest is not None:
        return msgspec.structs.replace(note, unreadable=note.unreadable or "draft")
    nothing = Version(number=0, author=note.author, at=draft.at, nonce=b"", text="")
    return msgspec.structs.replace(note, newest=nothing, unreadable="text")


async def _names(tx: Transaction, clinic: str, shown: list[Note]) -> dict[str, str]:
    clients = {note.client for note in shown if note.client is not None}
    signers = {signature.signer for note in shown for signature in note.signatures}
    return await people.names(tx, clinic, sorted(clients | signers))


def _view(note: Note, newest: Version, names: dict[str, str]) -> payloads.Note:
    return payloads.Note(
        id=note.id,
        session=note.session,
        client=note.client,
        client_name=None if note.client is None else names.get(note.client),
        kind=note.kind,
        author=note.author,
        version=newest.number,
        text=newest.text,
        saved_at=newest.at,
        unreadable=note.unreadable,
        signatures=tuple(
            payloads.Signature(
                signer=signature.signer, signer_name=names[signature.signer], at=signature.at, digest=signature.digest
            )
            for signature in note.signatures
        ),
    )


ROUTES = (
    Route(
        method="GET",
        path="/api/sessions/{session}/notes",
        handler=list_notes,
        who=Staff("notes.read"),
        audited=True,
        response=Page[payloads.Note],
    ),
    Route(
        method="POST",
        path="/api/notes/{note}/signatures",
        handler=sign_note,
        who=Staff("notes.write"),
        audited=True,
        request=SignNote,
        response=payloads.Note,
        body_limit=LONGEST_SIGNING,
    ),
)
