"""Staff: who works in the caller's clinic."""

from server.http.calls import Call
from server.http.routes import Route, Staff
from server.people.payloads import StaffMember, StaffMembers
from store.people import staff
from store.people.staff import Member


async def list_staff(call: Call[None]) -> StaffMembers:
    """Everybody who works in the clinic, or did, by name."""
    async with call.database.transaction() as tx:
        members = await staff.all_of(tx, call.staff.clinic)
    return StaffMembers(items=tuple(_view(member) for member in members))


def _view(member: Member) -> StaffMember:
    return StaffMember(
        id=member.id, name=member.name, email=member.email, roles=tuple(member.roles), state=member.state
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
)
