"""Staff: who works in the caller's clinic."""

from domain.errors import Conflict, Forbidden
from domain.people.roles import check_until
from server.http.calls import Call
from server.http.routes import Route, Staff
from server.people.payloads import ChangeRoles, StaffMember, StaffMembers
from store.database import Transaction
from store.people import staff
from store.people.staff import Member


async def list_staff(call: Call[None]) -> StaffMembers:
    """Everybody who works in the clinic, or did, by name."""
    async with call.database.transaction() as tx:
        members = await staff.all_of(tx, call.staff.clinic)
    return StaffMembers(items=tuple(member_view(member) for member in members))


async def show_member(call: Call[None]) -> StaffMember:
    """One member of staff."""
    async with call.database.transaction() as tx:
        member = await staff.get(tx, call.staff.clinic, call.ids["member"])
    return member_view(member)


async def change_roles(call: Call[ChangeRoles]) -> StaffMember:
    """Give a member of staff other roles. Nobody changes their own, and the clinic keeps an administrator."""
    clinic, person, asked = call.staff.clinic, call.ids["member"], call.asked
    call.concerns(person)
    async with call.database.transaction() as tx:
        await staff.take_turns(tx, clinic)
        await staff.get(tx, clinic, person)
        if person == call.staff.person:
            raise Forbidden("You cannot change your own roles. Ask another administrator.")
        check_until(asked.roles, asked.auditor_until, call.now)
        await staff.replace_roles(tx, clinic, person, set(asked.roles), asked.auditor_until)
        await check_administered(tx, clinic)
        member = await staff.get(tx, clinic, person)
    return member_view(member)


async def check_administered(tx: Transaction, clinic: str) -> None:
    """Refuse a change that leaves nobody who administers the clinic. Call `staff.take_turns` before the change.

    Raises:
        Conflict
    """
    if not await staff.is_administered(tx, clinic):
        raise Conflict("The clinic would have no administrator left. Give somebody else that role first.")


def member_view(member: Member) -> StaffMember:
    """A member of staff, as pages show them."""
    return StaffMember(
        id=member.id,
        name=member.name,
        email=member.email,
        roles=tuple(member.roles),
        auditor_until=member.auditor_until,
        state=member.state,
        invited_until=member.invited_until,
    )


ROUTES = (
    Route(
        method="GET",
        path="/api/staff",
        handler=list_staff,
        who=Staff("staff.see"),
        audited=False,
        response=StaffMembers,
    ),
    Route(
        method="GET",
        path="/api/staff/{member}",
        handler=show_member,
        who=Staff("staff.see"),
        audited=False,
        response=StaffMember,
    ),
    Route(
        method="PUT",
        path="/api/staff/{member}/roles",
        handler=change_roles,
        who=Staff("staff.manage"),
        audited=True,
        request=ChangeRoles,
        response=StaffMember,
    ),
)
