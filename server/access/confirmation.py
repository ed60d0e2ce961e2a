"""Confirming one's own sign-in, using it and locking it."""

from datetime import timedelta

from domain.errors import Forbidden, NotFound
from server.access.factors import passkeys, proofs
from server.access.factors.proofs import Whose
from server.access.payloads import Activity, PasskeyOffer, Proof
from server.http.calls import Call
from server.http.routes import Route, Staff
from store.access import second_factors, sign_ins

OWN = Staff("sign_in.own", ("locked", "factor_missing"))
"""Whoever is signed in, whatever the sign-in's standing."""


async def confirm(call: Call[Proof]) -> None:
    """Prove once more who you are. A password or a passkey unlocks the sign-in; a code alone does not, but is a fresh
    second factor."""
    staff, proof = call.own, call.asked
    call.concerns(staff.person)
    unlocks = proof.password is not None or proof.passkey is not None
    if staff.standing == "locked" and not unlocks:
        raise Forbidden("A code alone does not unlock the page. Use your password or your passkey.")
    await proofs.prove(call, Whose(staff.clinic, staff.person), proof)
    async with call.database.transaction() as tx:
        if unlocks:
            await sign_ins.confirm(tx, staff.clinic, staff.sign_in, call.now, factor=proof.passkey is not None)
        else:
            await sign_ins.give_factor(tx, staff.clinic, staff.sign_in, call.now)


async def ask_passkey(call: Call[None]) -> PasskeyOffer:
    """What the browser is to ask one of your passkeys, to confirm your sign-in."""
    staff = call.own
    async with call.database.transaction() as tx:
        factors = await second_factors.of_person(tx, staff.clinic, staff.person)
        keys = [factor for factor in factors if factor.kind == "passkey"]
        if not keys:
            raise NotFound("You have no passkey. Use your password.")
        return PasskeyOffer(options=await passkeys.ask(tx, call, keys))


async def be_active(call: Call[Activity]) -> None:
    """Say that you used the page. A sign-in without this locks after fifteen minutes."""
    at = call.now - timedelta(seconds=call.asked.seconds_ago)
    async with call.database.transaction() as tx:
        await sign_ins.act(tx, call.own.clinic, call.own.sign_in, at)


async def lock(call: Call[None]) -> None:
    """Lock your sign-in now, until you confirm it."""
    call.concerns(call.own.person)
    async with call.database.transaction() as tx:
        await sign_ins.lock(tx, call.own.clinic, call.own.sign_in, call.now)


ROUTES = (
    Route(method="POST", path="/api/me/confirmation", handler=confirm, who=OWN, audited=True, request=Proof),
    Route(
        method="POST", path="/api/me/passkey-question", handler=ask_passkey, who=OWN, audited=False,
        response=PasskeyOffer,
    ),
    Route(
        method="POST",
        path="/api/me/activity",
        handler=be_active,
        who=Staff("sign_in.own", ("factor_missing",)),
        audited=False,
        request=Activity,
    ),
    Route(method="POST", path="/api/me/lock", handler=lock, who=OWN, audited=True),
)  # fmt: skip
