"""Who looked at whose record: the access audit in words. Looking at it leaves a row of its own."""

from collections.abc import Mapping, Sequence

from domain.errors import InvalidInput, NotFound
from server.http.calls import Call
from server.http.routes import Route, Staff
from server.privacy import payloads
from server.privacy.payloads import Did, Looked, LookQuery, Looks
from server.privacy.records import is_read, kind_of
from store.access import api_tokens
from store.database import Transaction
from store.people import persons
from store.privacy import access_audit
from store.privacy.access_audit import Look, Wanted

PAGE_SIZE = 50
NAMED = 3
"""How many of the persons of a look are named: a list is of a hundred."""


async def who_looked(call: Call[LookQuery]) -> Looks:
    """Looks at records of the clinic, newest first, by person, by actor and by time."""
    asked, clinic = call.asked, call.staff.clinic
    if asked.start is not None and asked.end is not None and asked.start >= asked.end:
        raise InvalidInput("The end must come after the start.", "$.to")
    wanted = Wanted(
        clinic=clinic, person=asked.person, actor=asked.actor, start=asked.start, end=asked.end, after=asked.after
    )
    async with call.database.transaction() as tx:
        person = await _found(tx, clinic, asked.person)
        found = await access_audit.looks(tx, wanted, PAGE_SIZE + 1)
        shown = found[:PAGE_SIZE]
        names = await _names(tx, clinic, shown)
    items = tuple(_view(look, names, person) for look in shown)
    call.concerns(*([person.id] if person else (one.id for item in items for one in item.persons)))
    more = len(found) > PAGE_SIZE
    return Looks(items=items, next=str(shown[-1].id) if more else None, person=person)


async def _found(tx: Transaction, clinic: str, id: str | None) -> Looked | None:
    """The person who is asked for, if one is.

    Raises:
        NotFound: the clinic has no such person.
    """
    if id is None:
        return None
    person = await persons.find(tx, clinic, id)
    if person is None:
        raise NotFound
    return Looked(id=person.id, name=person.display_name)


async def _names(tx: Transaction, clinic: str, shown: Sequence[Look]) -> Mapping[str, str]:
    """The names of everybody in these looks, persons and programs with a token, by id."""
    ids = {id for look in shown for id in look.subjects} | {look.actor for look in shown if look.actor}
    people = await persons.of_ids(tx, clinic, sorted(ids))
    tokens = {token.id: token.name for token in await api_tokens.of_clinic(tx, clinic) if token.id in ids}
    return {id: person.display_name for id, person in people.items()} | tokens


def _view(look: Look, names: Mapping[str, str], asked_for: Looked | None) -> payloads.Look:
    subjects = [id for id in look.subjects if id in names] if asked_for is None else []
    return payloads.Look(
        id=str(look.id),
        at=look.at,
        by=None if look.actor is None else Looked(id=look.actor, name=names.get(look.actor)),
        by_program=look.actor_kind == "api_token",
        record=kind_of(look.method, look.route),
        did=_did(look),
        persons=tuple(Looked(id=id, name=names[id]) for id in subjects[:NAMED]),
        further=len(subjects[NAMED:]),
    )


def _did(look: Look) -> Did:
    if look.status >= 400:
        return "tried"
    return "saw" if is_read(look.method, look.route) else "changed"


ROUTES = (
    Route(
        method="GET",
        path="/api/who-looked",
        handler=who_looked,
        who=Staff("access.see"),
        audited=True,
        request=LookQuery,
        response=Looks,
    ),
)
