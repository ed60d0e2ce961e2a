"""The first run of a clinic: a link that makes its first administrator, and what is left to do after that."""

from domain.access import first_runs as rules
from domain.access.first_runs import FirstRun, Left
from domain.errors import InvalidInput, LinkRevoked, LinkUnknown
from domain.people.names import checked_name
from domain.people.persons import Person
from runtime.clock import new_id
from runtime.secrets import new_passwords
from server.access import attempts
from server.clinic.payloads import BeAdministrator, FirstRunView, OpenFirstRun
from server.http.calls import Actor, Call
from server.http.routes import ANYONE, Route, Staff
from store.access import first_runs
from store.people import passwords, persons


async def open_first_run(call: Call[OpenFirstRun]) -> FirstRunView:
    """Which clinic the link begins, and until when."""
    run = await _run(call, call.asked.link)
    return FirstRunView(clinic_name=run.clinic_name, expires=run.expires_at)


async def be_administrator(call: Call[BeAdministrator]) -> None:
    """Become the clinic's first administrator, who then signs in like everybody. The link is spent."""
    asked = call.asked
    run = await _run(call, asked.link)
    name = checked_name(asked.name, "$.name")
    new_passwords.check(asked.password, (asked.name, asked.email, run.clinic_name))
    person = Person(
        id=new_id(),
        display_name=name,
        email=asked.email,
        external_id=None,
        staff_roles=("administrator", "facilitator") if asked.leads_groups else ("administrator",),
    )
    hash = await call.services.passwords.hash(asked.password)
    elsewhere = await _signs_in_elsewhere(call, asked.email)
    call.acts(Actor(clinic=run.clinic, kind="person", id=person.id))
    call.concerns(person.id)
    async with call.database.transaction() as tx:
        if not await first_runs.use(tx, run.clinic, call.now):
            raise LinkRevoked("This link was used a moment ago. Sign in, and go on with what is left.")
        if elsewhere or not await persons.create(tx, run.clinic, person):
            raise InvalidInput("Somebody signs in with this address already. Give a different one.", "$.email")
        await passwords.replace(tx, run.clinic, person.id, hash, call.now)


async def show_left(call: Call[None]) -> Left:
    """What of the first run is there, so that an administrator goes on where they were."""
    async with call.database.transaction() as tx:
        return await first_runs.left(tx, call.staff.clinic, call.staff.person)


async def _run(call: Call[OpenFirstRun] | Call[BeAdministrator], secret: str) -> FirstRun:
    """What a valid link proves. Unknown links count as failures of their origin, as clients' links do.

    Raises:
        LinkUnknown, LinkRevoked, LinkExpired, TooManyAttempts
    """
    run = await attempts.behind_link(call, secret, first_runs.with_secret)
    if run is None:
        raise LinkUnknown(f"This link is not valid, or a newer one took its place. {rules.AGAIN}")
    call.acts(Actor(clinic=run.clinic, kind="unknown"))
    call.concerns(run.clinic)
    rules.check(run, call.now)
    return run


async def _signs_in_elsewhere(call: Call[BeAdministrator], email: str) -> bool:
    """Whether the address signs somebody in at another database."""
    for database in call.services.others:
        async with database.transaction() as tx:
            if await persons.with_email(tx, email) is not None:
                return True
    return False


ROUTES = (
    Route(
        method="POST",
        path="/api/first-run/open",
        handler=open_first_run,
        who=ANYONE,
        audited=True,
        request=OpenFirstRun,
        response=FirstRunView,
    ),
    Route(
        method="POST",
        path="/api/first-run/administrator",
        handler=be_administrator,
        who=ANYONE,
        audited=True,
        request=BeAdministrator,
    ),
    Route(
        method="GET",
        path="/api/first-run",
        handler=show_left,
        who=Staff("clinic.manage"),
        audited=False,
        response=Left,
    ),
)
