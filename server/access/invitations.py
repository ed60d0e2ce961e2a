"""Invitations of staff: sent, sent again and withdrawn by administrators; opened and accepted by the invited."""

from datetime import datetime

from domain.access.invitations import LIFE, Invitation, Invited, check
from domain.errors import Conflict, LinkRevoked, LinkUnknown
from domain.mail.mails import Mail
from domain.people.names import checked_name
from domain.people.persons import Person
from domain.people.roles import check_until
from runtime.clock import new_id
from runtime.secrets import new_passwords
from server.access import attempts
from server.http.calls import Actor, Call
from server.http.routes import ANYONE, Route, Staff
from server.people.payloads import AcceptInvitation, InviteStaff, OpenInvitation, StaffInvitation, StaffMember
from server.people.staff import member_view
from store.access import invitations
from store.database import Transaction
from store.mail import outbox
from store.people import aliases, clinics, passwords, persons, staff
from store.single_sign_on import providers


async def invite(call: Call[InviteStaff]) -> StaffMember:
    """Invite somebody to work here: they get a link by mail, and set their password themselves.

    An address that signs somebody in at another clinic gets the same answer as any other, so that clinics cannot probe
    each other for people. Its owner gets a notice, and no link.
    """
    asked = call.asked
    check_until(asked.roles, asked.auditor_until, call.now)
    person = Person(
        id=new_id(),
        display_name=checked_name(asked.name, "$.name"),
        email=asked.email,
        external_id=None,
        staff_roles=sorted(set(asked.roles)),
        auditor_until=asked.auditor_until,
    )
    call.concerns(person.id)
    elsewhere = await _notified_elsewhere(call, person)
    async with call.database.transaction() as tx:
        signs_in = await persons.create(tx, call.staff.clinic, person, elsewhere=elsewhere)
        if not signs_in and not elsewhere:
            await _notify_owner(tx, person, call.now)
        await aliases.give_way(tx, call.staff.clinic, person.display_name, call.now)
        await _send(tx, call.staff.clinic, person.id, call.now)
        member = await staff.get(tx, call.staff.clinic, person.id)
    return member_view(member)


async def invite_again(call: Call[None]) -> None:
    """Send a new link to somebody who has not accepted yet; the one before stops working."""
    clinic, person = call.staff.clinic, call.ids["member"]
    call.concerns(person)
    async with call.database.transaction() as tx:
        member = await staff.get(tx, clinic, person)
        if member.state != "invited":
            raise Conflict("Only somebody who has not accepted yet can be invited again. Load the page again.")
        await _send(tx, clinic, person, call.now)


async def withdraw_invitation(call: Call[None]) -> None:
    """Withdraw an invitation: its link stops working, and the person's access is switched off."""
    clinic, person = call.staff.clinic, call.ids["member"]
    call.concerns(person)
    async with call.database.transaction() as tx:
        member = await staff.get(tx, clinic, person)
        if member.state != "invited":
            raise Conflict("This person has accepted already. Switch their access off instead.")
        await invitations.withdraw(tx, clinic, person, call.now)
        await persons.deactivate(tx, clinic, person, call.now)


async def open_invitation(call: Call[OpenInvitation]) -> StaffInvitation:
    """What the link invites to: the clinic, the roles, and the address that will sign in."""
    invited = await invited_by(call, call.asked.link)
    async with call.database.transaction() as tx:
        provider = await providers.of_clinic(tx, invited.clinic)
    return StaffInvitation(
        clinic_name=invited.clinic_name,
        name=invited.name,
        email=invited.email,
        roles=tuple(invited.roles),
        expires=invited.expires_at,
        provider=provider.label if provider else None,
    )


async def accept_invitation(call: Call[AcceptInvitation]) -> None:
    """Accept: the name and the password are the invited's own from now on, and they sign in like everybody."""
    invited, asked = await invited_by(call, call.asked.link), call.asked
    name = checked_name(asked.name, "$.name")
    new_passwords.check(asked.password, (name, invited.email, invited.clinic_name))
    hash = await call.services.passwords.hash(asked.password)
    async with call.database.transaction() as tx:
        if not await invitations.accept(tx, invited.clinic, invited.invitation, call.now):
            raise LinkRevoked("This invitation was used or withdrawn a moment ago. Try to sign in.")
        await persons.rename(tx, invited.clinic, invited.person, name)
        await aliases.give_way(tx, invited.clinic, name, call.now)
        await passwords.replace(tx, invited.clinic, invited.person, hash, call.now)


async def invited_by(call: Call[OpenInvitation] | Call[AcceptInvitation], secret: str) -> Invited:
    """What a valid link proves. Unknown links count as failures of their origin, as clients' links do.

    Raises:
        LinkUnknown, LinkRevoked, LinkExpired, TooManyAttempts
    """
    invited = await attempts.behind_link(call, secret, invitations.with_secret)
    if invited is None:
        raise LinkUnknown("This link is not valid. Ask an administrator of your clinic to invite you again.")
    call.acts(Actor(clinic=invited.clinic, kind="person", id=invited.person))
    call.concerns(invited.person)
    check(invited, call.now)
    return invited


async def _send(tx: Transaction, clinic: str, person: str, now: datetime) -> None:
    """A new invitation. Its link goes to the person by mail, unless somebody signs in elsewhere with their address."""
    invitation = Invitation(id=new_id(), clinic=clinic, person=person, created_at=now, expires_at=now + LIFE)
    await invitations.create(tx, invitation)
    if await persons.signs_in(tx, clinic, person):
        mail = Mail(
            id=new_id(),
            clinic=clinic,
            kind="invitation",
            reference=invitation.id,
            person=person,
            language=(await clinics.get(tx, clinic)).language,
            queued_at=now,
        )
        await outbox.queue(tx, mail)


async def _notified_elsewhere(call: Call[InviteStaff], invited: Person) -> bool:
    """Whether the address signs somebody in at another database; its owner gets a notice."""
    for database in call.services.others:
        async with database.transaction() as tx:
            if await _notify_owner(tx, invited, call.now):
                return True
    return False


async def _notify_owner(tx: Transaction, invited: Person, now: datetime) -> bool:
    owner = await persons.with_email(tx, invited.email or "")
    if owner is not None:
        mail = Mail(id=new_id(), clinic=owner.clinic, kind="invited_elsewhere", person=owner.person, queued_at=now)
        await outbox.queue(tx, mail)
    return owner is not None


ROUTES = (
    Route(
        method="POST",
        path="/api/staff",
        handler=invite,
        who=Staff("staff.manage"),
        audited=True,
        request=InviteStaff,
        response=StaffMember,
        status=201,
    ),
    Route(
        method="POST",
        path="/api/staff/{member}/invitation",
        handler=invite_again,
        who=Staff("staff.manage"),
        audited=True,
    ),
    Route(
        method="DELETE",
        path="/api/staff/{member}/invitation",
        handler=withdraw_invitation,
        who=Staff("staff.manage"),
        audited=True,
    ),
    Route(
        method="POST",
        path="/api/invitations/open",
        handler=open_invitation,
        who=ANYONE,
        audited=True,
        request=OpenInvitation,
        response=StaffInvitation,
    ),
    Route(
        method="POST",
        path="/api/invitations/accept",
        handler=accept_invitation,
        who=ANYONE,
        audited=True,
        request=AcceptInvitation,
    ),
)
