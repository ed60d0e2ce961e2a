"""Whom the clinic asks for a second factor."""

from domain.access import standing
from domain.errors import InvalidInput
from server.access.payloads import ChangeFactorPolicy, FactorPolicy
from server.http.calls import Call
from server.http.routes import Route, Staff
from store.access import factor_policies


async def show_policy(call: Call[None]) -> FactorPolicy:
    """Whom the clinic asks for a second factor."""
    async with call.database.transaction() as tx:
        policy = await factor_policies.of_clinic(tx, call.staff.clinic)
    return FactorPolicy(required=policy.required, roles=policy.roles)


async def change_policy(call: Call[ChangeFactorPolicy]) -> FactorPolicy:
    """Change whom the clinic asks for a second factor. Who lacks one is asked at the next sign-in."""
    staff, asked = call.staff, call.asked
    call.concerns(staff.clinic)
    if asked.required == "by_role" and not asked.roles:
        raise InvalidInput("Choose the roles that need a second step.", "$.roles")
    roles = tuple(sorted(set(asked.roles))) if asked.required == "by_role" else ()
    policy = standing.FactorPolicy(required=asked.required, roles=roles)
    async with call.database.transaction() as tx:
        await factor_policies.replace(tx, staff.clinic, policy, staff.person, call.now)
    return FactorPolicy(required=policy.required, roles=policy.roles)


ROUTES = (
    Route(
        method="GET", path="/api/clinic/second-factor", handler=show_policy, who=Staff("clinic.see"), audited=False,
        response=FactorPolicy,
    ),
    Route(
        method="PUT", path="/api/clinic/second-factor", handler=change_policy, who=Staff("clinic.manage"),
        audited=True, request=ChangeFactorPolicy, response=FactorPolicy,
    ),
)  # fmt: skip
