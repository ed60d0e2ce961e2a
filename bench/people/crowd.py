"""Invented clients in many scripts, and what staff type to find them."""

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import asyncpg
import msgspec

from domain.people.short_names import short_name
from runtime.clock import new_id
from store.people.search import searched

_GIVEN = (
    "Maria José Ana Luis Robert Jennifer Michael Patricia Sam Alex Jordan Casey Noor Amina Fatima Yusuf Wei Li Min Ji "
    "Thi Nguyen Priya Arjun Chidi Ngozi Siobhán Seán Zoë Chloé André Renée Björn Åsa Łukasz Oľga Jiří Ömer Şeyma Igor "
    "Мария Пётр Ольга Γιώργος Ελένη محمد فاطمة דנה יוסף 王小明 山田 김민수 สมชาย पूजा Kit Remy Wren Mika Theo Alba Ivo"
)
_FAMILY = (
    "Smith Johnson García Martínez López Hernández Williams Brown Jones Miller Davis Rodríguez O’Brien McDonald Nguyen "
    "Tran Kim Park Chen Wang Singh Patel Khan Ahmed Okonjo Adeyemi Müller Schröder Østergård Nowak Dvořák Popescu "
    "Silva Иванова Петров Παπαδόπουλος العلي כהן 田中 이 ใจดี शर्मा Doyle-Hart Castellan Achterberg Lindqvist Ferrant"
)
_SYLLABLES = "ba be bo da de do ka ke ko la le lo ma me mo na ne no ra re ro sa se so ta te to va ve vo"
"""Half of the family names are put together from these, because a clinic has more names than a list."""

_COLUMNS = {
    "persons": ["id", "clinic_id", "display_name"],
    "client_records": ["clinic_id", "person_id", "legal_name", "date_of_birth"],
    "aliases": ["clinic_id", "person_id", "alias", "skeleton", "reserved_at"],
    "external_ids": ["clinic_id", "system", "value", "person_id"],
    "enrolments": ["id", "clinic_id", "program_id", "client_id", "starts_on", "ends_on", "phase_id"],
    "person_search": ["clinic_id", "person_id", "programs", "first_on", "sort_name", "words", "grams"],
}  # fmt: skip


class Invented(msgspec.Struct, frozen=True):
    """A client to be: what can be searched."""

    id: str
    name: str
    legal: str
    alias: str
    record: str


def invented(count: int, chance: random.Random) -> Iterator[Invented]:
    """So many clients."""
    for number in range(count):
        given, family = chance.choice(_GIVEN.split()), _family(chance)
        name = f"{given} {family}"
        legal = (
            f"{chance.choice(_GIVEN.split())} {chance.choice(_GIVEN.split())} {family}" if chance.random() < 0.2 else ""
        )
        yield Invented(new_id(), name, legal, f"{short_name(name)} {number}", f"MRN-{1_000_000 + number * 7}")


def _family(chance: random.Random) -> str:
    if chance.random() < 0.5:
        return chance.choice(_FAMILY.split())
    return "".join(chance.choice(_SYLLABLES.split()) for _ in range(chance.randint(2, 4))).capitalize()


async def fill(
    owner: asyncpg.Connection, clinic: str, phases: Sequence[tuple[str, str]], people: Sequence[Invented], today: date
) -> None:
    """Make them clients of the clinic, each enrolled in a phase; `phases` are pairs of a program and its phase."""
    at = await owner.fetchval("SELECT clock_timestamp()")
    rows: dict[str, list[tuple[object, ...]]] = {
        "persons": [(one.id, clinic, one.name) for one in people],
        "client_records": [(clinic, one.id, one.legal, date(1985, 5, 17)) for one in people],
        "aliases": [(clinic, one.id, one.alias, one.id, at) for one in people],
        "external_ids": [(clinic, "record", one.record, one.id) for one in people],
        "person_search": [
            (clinic, one.id, [phases[place % len(phases)][0]], today - timedelta(days=place % 900 + 1),
             *searched(clinic, [one.name, one.legal, one.alias], [one.record]))
            for place, one in enumerate(people)
        ],
        "enrolments": [
            (new_id(), clinic, phases[place % len(phases)][0], one.id, today - timedelta(days=place % 900 + 1),
             None if place % 5 == 0 else today - timedelta(days=1), phases[place % len(phases)][1])
            for place, one in enumerate(people)
        ],
    }  # fmt: skip
    index = await owner.fetchval("SELECT indexdef FROM pg_indexes WHERE indexname = 'person_search_grams'")
    await owner.execute("DROP INDEX person_search_grams")
    for table, columns in _COLUMNS.items():
        await owner.copy_records_to_table(table, records=rows[table], columns=columns)
    await owner.execute(index)


def typed(people: Sequence[Invented], count: int, chance: random.Random) -> Iterator[str]:
    """What people type: each is a moment in the typing of a name, an alias, an id, a part of one, or nobody's."""
    for _ in range(count):
        one = chance.choice(people)
        whole = chance.choice([one.name, one.name, one.legal or one.name, one.alias, one.record])
        begin = chance.randrange(len(whole)) if chance.random() < 0.3 else 0
        text = whole[begin : begin + chance.randint(1, 10)]
        yield text if chance.random() < 0.95 else text + "zq"
