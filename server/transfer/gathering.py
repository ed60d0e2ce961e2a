"""What a clinic keeps about one person, gathered for their copy."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Any

import msgspec

from domain.chart.notes import Note
from domain.instants import instant
from domain.people.clients import Client
from domain.proof.wording import reason
from domain.transfer import copies
from domain.transfer.copies import Copy
from runtime import policies
from server.http.calls import Call
from server.privacy.records import is_read, kind_of
from server.way import words
from store.chart import data_keys, notes
from store.chart.data_keys import UNOPENABLE
from store.database import Transaction
from store.people import clinics, diagnoses, persons
from store.privacy import access_audit, consents, disclosures
from store.privacy.access_audit import Look, Wanted
from store.programs import acts, enrolments, phases, programs
from store.transfer import copies as stored
from store.transfer.copies import Attended

MOST_LOOKS = 5_000


class Whose(msgspec.Struct, frozen=True, kw_only=True):
    """The client, and which of their notes go into the copy."""

    clinic: str
    client: Client
    timezone: str
    readable: Callable[[Sequence[Note]], Awaitable[Sequence[Note]]]


async def gather(tx: Transaction, call: Call[Any], whose: Whose) -> Copy:
    """The whole copy."""
    clinic, client = whose.clinic, whose.client.id
    signed = await notes.signed_of(tx, words.keys_of(call.settings), clinic, client)
    readable = await whose.readable(signed)
    looks = await access_audit.looks(tx, Wanted(clinic=clinic, person=client), MOST_LOOKS + 1)
    names = await _names(tx, clinic, readable, looks)
    filed = await consents.of_clients(tx, clinic, [client])
    return Copy(
        made_at=call.now,
        clinic=await clinics.name_of(tx, clinic),
        timezone=whose.timezone,
        client=msgspec.structs.replace(whose.client, changed=None),
        diagnoses=[
            copies.CopiedDiagnosis(code=one.code, starts_on=one.starts_on, ends_on=one.ends_on)
            for one in await diagnoses.of_client(tx, clinic, client)
        ],
        enrolments=await _enrolments(tx, call, whose),
        sessions=[_session(one) for one in await stored.attended(tx, clinic, client)],
        notes=[_note(note, names) for note in readable],
        notes_left_out=len(signed) - len(readable),
        consents=[_plain(one, copies.CopiedConsent) for one in sorted(filed, key=_signed_at)],
        disclosures=[_plain(one, copies.CopiedDisclosure) for one in await disclosures.of_client(tx, clinic, client)],
        looks=[_look(one, names) for one in looks[:MOST_LOOKS]],
        more_looks=len(looks) > MOST_LOOKS,
    )


def _signed_at(consent: Any) -> datetime:
    at: datetime = consent.signed_at
    return at


def _plain(one: msgspec.Struct, shape: type[Any]) -> Any:
    """The same, with the fields of that shape alone."""
    return shape(**{field: getattr(one, field) for field in shape.__struct_fields__})


async def _names(tx: Transaction, clinic: str, signed: Sequence[Note], looks: Sequence[Look]) -> dict[str, str]:
    """The names of staff who wrote, signed or looked. Nobody else's name is in a copy."""
    ids = {look.actor for look in looks if look.actor} | {note.author for note in signed}
    ids |= {signature.signer for note in signed for signature in note.signatures}
    found = await persons.of_ids(tx, clinic, sorted(ids))
    return {id: person.display_name for id, person in found.items() if person.staff_roles}


async def _enrolments(tx: Transaction, call: Call[Any], whose: Whose) -> list[copies.CopiedEnrolment]:
    clinic = whose.clinic
    found = await enrolments.of_client(tx, clinic, whose.client.id)
    named = {one.id: one.name for one in await programs.of_clinic(tx, clinic)}
    dated = await acts.of_enrolments(tx, clinic, [one.id for one in found])
    said = await _words(tx, call, whose, [act.id for all in dated.values() for act in all])
    steps = {phase.id: phase.name for one in found for phase in await phases.of_program(tx, clinic, one.program)}
    return [
        copies.CopiedEnrolment(
            program=named.get(one.program, ""),
            starts_on=one.starts_on,
            ends_on=one.ends_on,
            acts=[
                copies.CopiedAct(
                    kind=act.kind,
                    from_on=act.from_on,
                    phase=steps.get(act.phase or ""),
                    reason=act.reason or "",
                    words=said.get(act.id, ""),
                    withdrawn=act.withdrawn is not None,
                )
                for act in dated[one.id]
            ],
        )
        for one in found
    ]


async def _words(tx: Transaction, call: Call[Any], whose: Whose, which: Sequence[str]) -> dict[str, str]:
    """By act, what staff wrote beside it."""
    found = await acts.words_of(tx, whose.clinic, which)
    if not found:
        return {}
    try:
        key = await data_keys.for_owner(tx, words.keys_of(call.settings), whose.clinic, whose.client.id)
        return {one.act: key.decrypt(one.sealed, one.act) for one in found}
    except UNOPENABLE:
        return {one.act: words.UNREADABLE for one in found}


def _session(one: Attended) -> copies.CopiedSession:
    bridged = policies.by_digest(one.policy).bridge_max_s
    return copies.CopiedSession(
        session=one.session,
        title=one.title,
        kind=one.kind,
        starts=one.starts,
        timezone=one.timezone,
        service_date=one.service_date,
        status=one.record.status,
        credited_s=one.record.credited_s,
        derivation=[
            copies.CopiedSpan(
                start=instant(span.start.at),
                end=instant(span.end.at),
                seconds=span.seconds,
                reason=reason(span, bridged),
                facts=span.facts,
            )
            for span in one.record.derivation or ()
        ],
    )


def _note(note: Note, names: dict[str, str]) -> copies.CopiedNote:
    signature = note.signatures[0]
    return copies.CopiedNote(
        session=note.session,
        author=names.get(note.author, ""),
        text=note.newest.text if note.newest else "",
        signed_by=names.get(signature.signer, ""),
        signed_at=signature.at,
        digest=signature.digest,
    )


def _look(look: Look, names: dict[str, str]) -> copies.CopiedLook:
    return copies.CopiedLook(
        at=look.at,
        by=names.get(look.actor or ""),
        record=kind_of(look.method, look.route),
        did="tried" if look.status >= 400 else "saw" if is_read(look.method, look.route) else "changed",
    )
