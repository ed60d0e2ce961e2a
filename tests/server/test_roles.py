"""Every route, asked by every role: for a session they are on the roster of, for one they are not, and for another
clinic's. Who is expected where is written by hand in `roles/entrance.py`; it is not derived from the table of roles.
"""

import hashlib
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, get_args

import msgspec
import pytest

from domain.people.roles import StaffRole
from runtime.clock import new_id
from runtime.secrets.passwords import Passwords
from runtime.settings import ServerSettings, WrappingKey
from server.api import table
from server.http.routes import Route
from store.database import Database, Transaction
from store.people import clinics
from store.people.clinics import Clinic
from tests.needles import valid
from tests.server.access.test_tickets import add_node
from tests.server.conftest import MEMORY_KIB, PASSWORD, Answer, Browser, Clock
from tests.server.roles.entrance import BODIES, EVERYONE, GETS_IN, LETTERS, NOT_PLANTED, READS_BY_POST, SEES, TOKENS
from tests.server.roles.places import PRIVATE, Place, Where, employ, furnish

ROUTES = {f"{route.method} {route.path}": route for route in table()}
KEPT_OUT = {"forbidden", "not_found", "not_on_roster", "not_signed_in"}
"""Refusals that say: this is not for you. Any other says that you got in, and that something else is wrong."""
UNTOUCHED_BY_READING = {
    "access_audit", "sign_ins", "known_browsers", "failed_attempts",
    # by looking after their own sign-in, which auditors do too:
    "access_changes", "sign_in_failures", "passkey_challenges",
}  # fmt: skip


def letter_of(letters: str, role: StaffRole) -> str:
    """The role's letter among these, as it stands there, or nothing."""
    (letter,) = (letter for letter, named in LETTERS.items() if named == role)
    return next((one for one in letters.split() if one.upper() == letter), "")


def let_in(letters: str, role: StaffRole, where: Where) -> bool:
    """Whether these letters let the role in there."""
    letter = letter_of(letters, role)
    return where != "in another clinic" and bool(letter) and (letter.isupper() or where == "on the roster")


@dataclass
class World:
    """Two clinics, a browser for each role of the first, and what the walk found."""

    places: tuple[Place, ...]
    browsers: dict[StaffRole, Browser]
    emails: dict[StaffRole, str]
    auditor: str
    visitor: Browser
    database: Database
    wrong: list[str] = field(default_factory=list)
    seen: set[tuple[str, StaffRole, Where]] = field(default_factory=set)

    async def ask(self, route: Route, role: StaffRole, place: Place) -> Answer:
        """The answer to this role. Whoever was signed out by an answer before signs in again."""
        browser = self.browsers[role]
        answer = await send(browser, route, place)
        if answer.code in {"not_signed_in", "locked"} if answer.status >= 400 else False:
            assert (await browser.sign_in(self.emails[role])).status == 200
            answer = await send(browser, route, place)
        return answer

    async def walk(self, routes: list[Route], role: StaffRole) -> None:
        """Ask each route for each place, as this role."""
        for route in routes:
            for place in self.places if asks_for_a_place(route) else self.places[:1]:
                answer = await self.ask(route, role, place)
                self.judge(route, role, place, answer)
                self.search(route, role, answer)

    def judge(self, route: Route, role: StaffRole, place: Place, answer: Answer) -> None:
        """Compare who got in with who was expected to."""
        name = f"{route.method} {route.path}"
        expected = let_in(GETS_IN[name], role, place.where)
        code = answer.code if answer.status >= 400 else ""
        got_in = code not in KEPT_OUT and answer.status < 500
        if not expected and "{" not in route.path and letter_of(GETS_IN[name], role):
            got_in = answer.status < 400  # what the body names is not there, or not theirs
        if got_in != expected or answer.status >= 500:
            says = f"answered {answer.status} {code}".strip()
            self.wrong.append(f"{name}: {role}, {place.where}: {says}, expected {'in' if expected else 'out'}")

    def search(self, route: Route, role: StaffRole, answer: Answer) -> None:
        """Look for every needle in the body and the headers."""
        text = text_of(answer) + str(dict(answer.headers))
        for place in self.places:
            for kind, needles in place.needles.items():
                if any(needle in text for needle in needles):
                    self.seen.add((kind, role, place.where))
                    if not let_in(SEES[kind], role, place.where):
                        self.wrong.append(f"{route.method} {route.path} shows {role} {kind}, {place.where}")


def text_of(answer: Answer) -> str:
    """The whole text of an answer; of an archive, that of its files."""
    if not isinstance(answer.body, bytes):
        return msgspec.json.encode(answer.body).decode()
    if answer.headers["Content-Type"] != "application/zip":
        return answer.body.decode()
    with zipfile.ZipFile(io.BytesIO(answer.body)) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist())


async def send(browser: Browser, route: Route, place: Place, **headers: str) -> Answer:
    """Ask the route with the ids of the place in its address and, where it takes one, in a valid body."""
    path = re.sub(r"{(\w+)}", lambda found: place.ids.get(found[1]) or new_id(), route.path)
    return await browser.ask(route.method, path, body_of(route, place), **headers)


def body_of(route: Route, place: Place) -> Any:
    """A body that the route accepts, with the ids of the place."""
    if route.request is None or route.method == "GET":
        return None
    known: dict[str, Any] = {**place.ids, "roster": [{"person": place.ids["client"], "role": "client"}]}
    own = BODIES.get(f"{route.method} {route.path}")
    made = valid(route.request, known) if own is None else own
    return {name: place.ids.get(str(value).strip("{}"), value) for name, value in made.items()}


def asks_for_a_place(route: Route) -> bool:
    """Whether the answer depends on the place that is asked for: its address or its body names an id of one."""
    fields = [] if route.request is None or route.method == "GET" else msgspec.structs.fields(route.request)
    return "{" in route.path or any(one.encode_name in ("person", "client", "session", "enrolment") for one in fields)


@pytest.fixture
def settings(settings: ServerSettings) -> ServerSettings:
    """The server's settings, with keys that open notes."""
    keys = (WrappingKey("2026", b"w" * 32),)
    return msgspec.structs.replace(settings, note_private_key=PRIVATE, note_wrapping_keys=keys)


@pytest.fixture
async def world(database: Database, clock: Clock, browse: Callable[[], Browser]) -> World:
    """Two clinics with everything planted; all six roles of the first are on one roster, and signed in."""
    hash = await Passwords(MEMORY_KIB).hash(PASSWORD)
    here, elsewhere = (Clinic(id=new_id(), name=name, timezone="America/New_York") for name in ("Here", "Elsewhere"))
    places = (
        Place("on the roster", here.id), Place("off the roster", here.id), Place("in another clinic", elsewhere.id),
    )  # fmt: skip
    emails: dict[StaffRole, str] = {role: f"{role}@here.example" for role in get_args(StaffRole)}
    async with database.transaction() as tx:
        await add_node(tx, "node-1")
        for clinic in (here, elsewhere):
            await clinics.create(tx, clinic)
        ids = {role: await employ(tx, here.id, role, email, hash) for role, email in emails.items()}
        for place in places:
            lee = await employ(tx, place.clinic, "facilitator", f"lee@{place.where[:2]}.example", hash)
            await furnish(tx, place, lee, list(ids.values()) if place.where == "on the roster" else [], clock.now)
            place.keep("a secret", hash)
    browsers = {role: browse() for role in emails}
    for role, browser in browsers.items():
        answer = await browser.sign_in(emails[role])
        assert answer.status == 200
        places[0].keep("a secret", re.findall(r"=([^;]+);", answer.headers["Set-Cookie"])[0])
    return World(places, browsers, emails, ids["auditor"], browse(), database)


def of_staff() -> Iterator[Route]:
    """The routes that ask for somebody."""
    return (ROUTES[name] for name, letters in GETS_IN.items() if letters not in (EVERYONE, TOKENS) and name in ROUTES)


def changes(route: Route) -> bool:
    """Whether the route is expected to change something."""
    return route.method != "GET" and f"{route.method} {route.path}" not in READS_BY_POST


def is_own(route: Route) -> bool:
    """Whether the route is about the caller's own sign-in, which everybody looks after, auditors too."""
    return route.path.startswith("/api/me/")


async def test_every_role_gets_in_where_it_is_needed_and_nowhere_else(world: World) -> None:
    routes = sorted(of_staff(), key=lambda route: route.path)
    reading = [route for route in routes if not changes(route)]
    changing = [route for route in routes if changes(route) and not is_own(route)]
    for role in get_args(StaffRole):
        await world.walk(reading, role)
    before = await contents(world.database)
    await world.walk(changing, "auditor")
    assert await contents(world.database) == before, "an auditor changed something"
    for role in get_args(StaffRole):
        await world.walk(changing, role)
    for role in get_args(StaffRole):  # last: these may end the sign-in that asks
        await world.walk([route for route in routes if changes(route) and is_own(route)], role)
    assert not world.wrong, "\n" + "\n".join(sorted(set(world.wrong)))
    unseen = [
        f"{kind} of a client {where} is shown to the {role} nowhere"
        for kind, letters in SEES.items()
        for role in get_args(StaffRole)
        for where in get_args(Where)
        if let_in(letters, role, where) and (kind, role, where) not in world.seen
    ]
    assert not unseen, "\n" + "\n".join(unseen)


async def test_what_the_routes_name_is_planted(world: World) -> None:
    named = {id for route in ROUTES.values() for id in re.findall(r"{(\w+)}", route.path)}
    missing = named - NOT_PLANTED - set.intersection(*(set(place.ids) for place in world.places))
    assert not missing, (
        f"Nothing is planted for {sorted(missing)}: give each place one in `_plant` of tests/server/roles/places.py "
        "(place.ids), with needles for what it keeps about people, and say in SEES of entrance.py who may find them."
    )
    kinds = {kind for place in world.places for kind in place.needles}
    assert kinds == SEES.keys(), "each kind of needle has its line in SEES, and is planted"


async def test_strangers_and_programs_get_in_nowhere(world: World) -> None:
    here = world.places[0]
    token = {"Authorization": f"Bearer {here.needles['a secret'][1]}"}
    for route in of_staff():
        for headers in ({}, token):
            answer = await send(world.visitor, route, here, **headers)
            assert answer.status in (401, 403), (route.method, route.path, answer.status)
    (feed,) = (ROUTES[name] for name, letters in GETS_IN.items() if letters == TOKENS)
    assert (await send(world.visitor, feed, here, **token)).status == 200
    for role in get_args(StaffRole):
        assert (await send(world.browsers[role], feed, here)).code == "not_signed_in"


async def test_each_read_of_an_auditor_is_recorded(world: World) -> None:
    routes = [route for route in of_staff() if not changes(route)]
    await world.walk(routes, "auditor")
    async with world.database.transaction() as tx:
        rows = await tx.fetch("SELECT DISTINCT actor_id, method, route FROM access_audit WHERE status = 200")
    recorded = {f"{row['method']} {row['route']}" for row in rows if row["actor_id"] == world.auditor}
    asked = {f"{route.method} {route.path}" for route in routes}
    assert recorded - {"POST /api/sign-in"} == {name for name in asked if letter_of(GETS_IN[name], "auditor")}


async def contents(database: Database) -> dict[str, str]:
    """A digest of each table that reading leaves as it is."""
    async with database.transaction() as tx:
        names = await tx.fetch("""
            SELECT relname FROM pg_class
            WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace AND has_table_privilege(oid, 'SELECT')
        """)
        tables = sorted({row["relname"] for row in names} - UNTOUCHED_BY_READING)
        return {name: await _digest(tx, name) for name in tables}


async def _digest(tx: Transaction, name: str) -> str:
    rows = await tx.fetch(f"SELECT one::text AS row FROM {name} one ORDER BY 1")
    return hashlib.sha256("\n".join(row["row"] for row in rows).encode()).hexdigest()
