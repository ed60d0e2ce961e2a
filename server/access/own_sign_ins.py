"""One's own sign-ins, and one's own password."""

from domain.access.standing import ABSOLUTE, AFTER_SESSION
from domain.access.tickets import LONGEST_EXTENSION
from domain.errors import NotFound
from runtime.secrets import new_passwords
from server.access.factors import proofs
from server.access.factors.proofs import Whose
from server.access.payloads import ChangePassword, OwnSignIn, Proof
from server.http.calls import Call
from server.http.payloads import Page
from server.http.routes import Route, Staff
from store.access import email_changes, pending_sign_ins, sign_ins
from store.people import passwords

LONGEST = 2 * ABSOLUTE + LONGEST_EXTENSION + AFTER_SESSION
"""No sign-in is older than this."""
OWN = Staff("sign_in.own")


async def list_own(call: Call[None]) -> Page[OwnSignIn]:
    """Your sign-ins, the last used first."""
    staff = call.staff
    async with call.database.transaction() as tx:
        found = await sign_ins.of_person(tx, staff.clinic, staff.person, call.now - LONGEST)
    views = tuple(
        OwnSignIn(id=one.id, begun=one.begun, used=one.used, browser=one.browser, this=one.id == staff.sign_in)
        for one in found
    )
    return Page(items=views, next=None)


async def end_own(call: Call[None]) -> None:
    """End one of your sign-ins, wherever it is, with all that it opened."""
    staff = call.staff
    call.concerns(staff.person)
    async with call.database.transaction() as tx:
        if not await sign_ins.end_one(tx, staff.clinic, staff.person, call.ids["sign_in"], call.now):
            raise NotFound


async def end_others(call: Call[None]) -> None:
    """End all your sign-ins but this one."""
    staff = call.staff
    call.concerns(staff.person)
    async with call.database.transaction() as tx:
        await sign_ins.end_others(tx, staff.clinic, staff.person, staff.sign_in, call.now)


async def change_password(call: Call[ChangePassword]) -> None:
    """Change your password. All your other sign-ins end."""
    staff = call.staff
    call.concerns(staff.person)
    await proofs.prove(call, Whose(staff.clinic, staff.person), Proof(password=call.asked.current))
    async with call.database.transaction() as tx:
        known = await passwords.known_words(tx, staff.clinic, staff.person)
    new_passwords.check(call.asked.password, known)
    hash = await call.services.passwords.hash(call.asked.password)
    async with call.database.transaction() as tx:
        await passwords.replace(tx, staff.clinic, staff.person, hash, call.now)
        await email_changes.end_all(tx, staff.clinic, staff.person)
        await pending_sign_ins.end_all(tx, staff.clinic, staff.person)
        await sign_ins.end_others(tx, staff.clinic, staff.person, staff.sign_in, call.now)
        await sign_ins.confirm(tx, staff.clinic, staff.sign_in, call.now, factor=False)


ROUTES = (
    Route(
        method="GET", path="/api/me/sign-ins", handler=list_own, who=OWN, audited=False, response=Page[OwnSignIn]
    ),
    Route(method="DELETE", path="/api/me/sign-ins", handler=end_others, who=OWN, audited=True),
    Route(method="DELETE", path="/api/me/sign-ins/{sign_in}", handler=end_own, who=OWN, audited=True),
    Route(
        method="PUT", path="/api/me/password", handler=change_password, who=OWN, audited=True, request=ChangePassword
    ),
)  # fmt: skip
