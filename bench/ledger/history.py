"""Does a long history slow requests? A ticket, a page and a list, in a clinic with few facts and in one with many.

Two databases with a server each; requests alternate between them, so that both meet the same machine load.
"""

import contextlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from datetime import timedelta
from random import Random

import aiohttp
import asyncpg
import msgspec
from rich.progress import Progress

from bench.ledger import clinic as clinics
from bench.ledger.clinic import Client, Clinic
from bench.ledger.evenings import GROUP
from bench.ledger.facts import rebuilding
from bench.ledger.installation import Installation
from bench.ledger.sizes import Sizes
from bench.ledger.timing import percentile, summary
from bench.report import Figure, judged
from domain.people.persons import Person
from domain.privacy.consents import Consent
from runtime.clock import new_id, now
from runtime.secrets import random_secrets
from server.http import callers
from store.access import api_tokens, sign_ins
from store.access.api_tokens import ApiToken
from store.database import Database, Transaction
from store.people import persons
from store.privacy import consents
from workers.rebuild import rebuild

AIM = 1.3
DAYS = 3 * 365
"""Days over which the long history is spread, with one evening per day for each group."""
FACTS_OF_AN_EVENING = 45
SHARE = 10
"""The long history has at least this many times the facts of the short one."""
SHORT = 100_000
PAGE = 500
BILLER = "Biller"
SEED = 1
_SCHEDULE_SQL = """
INSERT INTO sessions (id, clinic_id, program_id, kind, timezone, starts_at, ends_at, policy_id, policy_version,
                      policy_digest)
SELECT session_id, clinic_id, (body ->> 'program')::uuid, body ->> 'kind', body ->> 'timezone',
       (body ->> 'start')::timestamptz, (body ->> 'end')::timestamptz, body -> 'policy' ->> 'id',
       (body -> 'policy' ->> 'version')::integer, body -> 'policy' ->> 'digest'
FROM ledger WHERE type = 'session.planned' ON CONFLICT DO NOTHING
"""
_ROSTERS_SQL = """
INSERT INTO rosters (clinic_id, session_id, person_id, role)
SELECT clinic_id, session_id, (place ->> 'person')::uuid, coalesce(place ->> 'role', 'client')
FROM ledger, json_array_elements(body -> 'roster') AS place WHERE type = 'session.planned' ON CONFLICT DO NOTHING
"""

Times = dict[str, list[float]]


class Side(msgspec.Struct, frozen=True):
    """A clinic with a history, its server, the callers' secrets, and the seconds of each kind of answer."""

    facts: int
    server: str
    sign_in: str
    token: str
    past: Sequence[str]
    """Sessions that are over."""
    coming: Sequence[tuple[str, Client]]
    """(session, client): clients, each with their session that is on."""
    times: Times


class Refused(Exception):
    """A request was not answered as expected, so its time means nothing."""


async def measure(installation: Installation, sizes: Sizes, progress: Progress) -> list[Figure]:
    """The ratio of each kind of request's time with a long history to its time with a short one."""
    long = sizes.events
    short = min(SHORT, long // SHARE)
    groups = max(1, round(long / FACTS_OF_AN_EVENING / DAYS))
    async with (
        _side(installation, short, groups, progress) as few,
        _side(installation, long, groups, progress) as many,
        aiohttp.ClientSession() as http,
    ):
        task = progress.add_task("Requests beside a short history and a long one", total=2 * sizes.requests)
        chance = Random(SEED)
        for number in range(-min(20, sizes.requests), sizes.requests):
            for side in (few, many):
                await _round(side, http, number, chance)
                progress.advance(task, number >= 0)
    return [_compared(what, few, many) for what in few.times]


def _compared(what: str, few: Side, many: Side) -> Figure:
    ratio = percentile(many.times[what], 0.99) / percentile(few.times[what], 0.99)
    figure = f"{summary(many.times[what])}, {ratio:.2f} × {few.facts:,} facts ({summary(few.times[what])})"
    return judged(f"{what} beside {many.facts:,} facts", figure, f"p99 ≤ {AIM} ×", ratio <= AIM)


async def _round(side: Side, http: aiohttp.ClientSession, number: int, chance: Random) -> None:
    """Send one request of each kind; negative numbers are warm-up and not timed."""
    session, client = side.coming[number % len(side.coming)]
    staff = {"Cookie": f"{callers.COOKIE}={side.sign_in}"}
    asking: dict[str, Callable[[], Awaitable[None]]] = {
        "a ticket": lambda: _post(http, f"{side.server}/api/sessions/{session}/tickets", {"link": client.link}),
        "an attendance page": lambda: _get(
            http, f"{side.server}/api/sessions/{chance.choice(side.past)}/attendance", staff
        ),
        "the list of today": lambda: _get(http, f"{side.server}/api/sessions", staff),
        "a page of the feed": lambda: _get(
            http,
            f"{side.server}/api/feed?after={chance.randrange(max(1, side.facts - PAGE))}&limit={PAGE}",
            {"Authorization": f"Bearer {side.token}"},
        ),
    }
    for what, ask in asking.items():
        began = time.perf_counter()
        await ask()
        if number >= 0:
            side.times.setdefault(what, []).append(time.perf_counter() - began)


async def _get(http: aiohttp.ClientSession, address: str, headers: dict[str, str]) -> None:
    async with http.get(address, headers=headers) as response:
        await _read(response)


async def _post(http: aiohttp.ClientSession, address: str, body: dict[str, str]) -> None:
    async with http.post(address, json=body) as response:
        await _read(response)


async def _read(response: aiohttp.ClientResponse) -> None:
    body = await response.read()
    if response.status not in (200, 201):
        raise Refused(f"HTTP {response.status}: {body[:200]!r}")


@contextlib.asynccontextmanager
async def _side(installation: Installation, facts: int, groups: int, progress: Progress) -> AsyncIterator[Side]:
    """A clinic with `facts` facts in its past, and a session today for each group."""
    name = f"history_{facts}"
    application_url, owner_url = await installation.fresh_database(name)
    async with Database.open(application_url, unhurried=True) as database:
        clinic = await clinics.found(database, GROUP * groups)
        async with database.transaction() as tx:
            sign_in, token = await _callers(tx, clinic)
        made, past = await _filled(owner_url, clinic, facts, progress)
        task = progress.add_task(f"Deriving the records of {made:,} facts")
        await rebuild(database, lambda done, of: progress.update(task, completed=done, total=of))
        parts = [clinic.clients[first : first + GROUP] for first in range(0, GROUP * groups, GROUP)]
        sessions = await clinics.plan(database, clinic, parts)
    coming = [(session, client) for session, part in zip(sessions, parts, strict=True) for client in part]
    async with (
        installation.node(name.replace("_", "-"), application_url),
        installation.server(application_url) as server,
    ):
        yield Side(made, server.url, sign_in, token, past, coming, {})


async def _filled(owner_url: str, clinic: Clinic, facts: int, progress: Progress) -> tuple[int, list[str]]:
    """The number of facts now, and the ids of their sessions."""
    task = progress.add_task(f"Filling a ledger with {facts:,} facts", total=facts)
    owner = await asyncpg.connect(owner_url)
    made = await rebuilding.fill(owner, clinic, facts, lambda count: progress.advance(task, count))
    for statement in (_SCHEDULE_SQL, _ROSTERS_SQL, "ANALYZE"):
        await owner.execute(statement)
    past = [row["id"] for row in await owner.fetch("SELECT id::text FROM sessions ORDER BY starts_at LIMIT 10000")]
    await owner.close()
    return made, past


async def _callers(tx: Transaction, clinic: Clinic) -> tuple[str, str]:
    """The secrets of a supervisor and of a biller to whom every client has consented."""
    sign_in, token, at = random_secrets.new(), random_secrets.new(), now()
    supervisor = Person(id=new_id(), display_name="Somebody", email=None, external_id=None, staff_roles=("supervisor",))
    await persons.create(tx, clinic.id, supervisor)
    began = sign_ins.NewSignIn(
        id=new_id(), clinic=clinic.id, person=supervisor.id, secret_hash=random_secrets.digest(sign_in), at=at,
        expires=at + timedelta(hours=12),
    )  # fmt: skip
    await sign_ins.begin(tx, began)
    biller = ApiToken(id=new_id(), clinic=clinic.id, name=BILLER, scopes=["feed"], created_at=at, expires_at=None)
    await api_tokens.create(tx, biller, random_secrets.digest(token))
    for client in clinic.clients:
        consent = Consent(
            id=new_id(), client=client.person, recipient=BILLER, purpose="treatment_payment_operations", signed_at=at
        )
        await consents.file(tx, clinic.id, consent)
    return sign_in, token
