"""One's own second factors and recovery codes: seen, added, named and removed."""

import secrets
from collections.abc import Sequence
from typing import Any

import msgspec

from domain.access import recovery_codes as paper
from domain.errors import Conflict, NotFound
from domain.people.names import checked_name
from runtime.clock import new_id
from server.access.factors import one_time_codes, passkeys
from server.access.factors.proofs import note_keys
from server.access.payloads import (
    AddOneTimeCode,
    AddPasskey,
    OneTimeCodeOffer,
    PasskeyOffer,
    RenameFactor,
    SecondFactor,
    SecondFactors,
)
from server.http.calls import Call
from server.http.routes import Route, Staff
from store.access import recovery_codes, second_factors, sign_ins
from store.access.second_factors import Factor
from store.database import Transaction
from store.people import persons

MOST = 10
"""Factors of one person."""
ADDING = Staff("sign_in.own", ("factor_missing",))
"""Who must add a factor first can do so, and nothing else."""
OWN = Staff("sign_in.own")


async def list_factors(call: Call[None]) -> SecondFactors:
    """Your second factors, and how many recovery codes are left."""
    async with call.database.transaction() as tx:
        return await _shown(tx, call)


async def offer_one_time_code(call: Call[None]) -> OneTimeCodeOffer:
    """A secret for an authenticator app; nothing is kept until its first code comes back."""
    call.check_confirmed()
    staff = call.own
    async with call.database.transaction() as tx:
        person = await persons.find(tx, staff.clinic, staff.person)
    account = person.email if person is not None and person.email else staff.name
    return one_time_codes.offer(staff.clinic_name, account)


async def add_one_time_code(call: Call[AddOneTimeCode]) -> SecondFactors:
    """Add an authenticator app. The first factor brings recovery codes, shown this once."""
    call.check_confirmed()
    staff, asked = call.own, call.asked
    call.concerns(staff.person)
    factor = Factor(
        id=new_id(),
        clinic=staff.clinic,
        person=staff.person,
        kind="one_time_code",
        name=checked_name(asked.name, "$.name"),
        created_at=call.now,
        last_step=one_time_codes.first_step(asked.secret, asked.code, call.now),
    )
    async with call.database.transaction() as tx:
        secret = await one_time_codes.encrypt(tx, note_keys(call.settings), factor, asked.secret)
        return await _add(tx, call, msgspec.structs.replace(factor, secret=secret))


async def offer_passkey(call: Call[None]) -> PasskeyOffer:
    """What the browser is to ask for, so that the person makes a passkey."""
    call.check_confirmed()
    async with call.database.transaction() as tx:
        known = await second_factors.of_person(tx, call.own.clinic, call.own.person)
        return PasskeyOffer(options=await passkeys.offer(tx, call, known))


async def add_passkey(call: Call[AddPasskey]) -> SecondFactors:
    """Add a passkey. The first factor brings recovery codes, shown this once."""
    call.check_confirmed()
    call.concerns(call.own.person)
    async with call.database.transaction() as tx:
        factor = await passkeys.enrol(tx, call, checked_name(call.asked.name, "$.name"), call.asked.passkey)
        return await _add(tx, call, factor)


async def rename_factor(call: Call[RenameFactor]) -> SecondFactors:
    """Name a second factor, so that you know which one it is."""
    staff = call.staff
    call.concerns(staff.person)
    async with call.database.transaction() as tx:
        name = checked_name(call.asked.name, "$.name")
        if not await second_factors.rename(tx, staff.clinic, staff.person, call.ids["factor"], name):
            raise NotFound
        return await _shown(tx, call)


async def remove_factor(call: Call[None]) -> SecondFactors:
    """Remove a second factor; with the last one the recovery codes go too."""
    staff, id = call.staff, call.ids["factor"]
    call.concerns(staff.person)
    async with call.database.transaction() as tx:
        known = await second_factors.of_person(tx, staff.clinic, staff.person)
        if id not in {factor.id for factor in known}:
            raise NotFound
        call.check_fresh_factor()
        if len(known) == 1 and staff.asked_for_factor:
            raise Conflict("Your clinic asks for a second step at sign-in. Add another one before you remove this one.")
        await second_factors.remove(tx, staff.clinic, staff.person, id)
        if len(known) == 1:
            await recovery_codes.replace(tx, staff.clinic, staff.person, ())
        return await _shown(tx, call)


async def renew_recovery_codes(call: Call[None]) -> SecondFactors:
    """Ten new recovery codes, shown this once; the old ones stop working."""
    call.check_fresh_factor()
    call.concerns(call.staff.person)
    async with call.database.transaction() as tx:
        return await _shown(tx, call, await _make_codes(tx, call))


async def _add(tx: Transaction, call: Call[Any], factor: Factor) -> SecondFactors:
    known = await second_factors.of_person(tx, factor.clinic, factor.person)
    if len(known) >= MOST:
        raise Conflict("You have ten already. Remove one that you no longer use.")
    await second_factors.add(tx, factor)
    await sign_ins.give_factor(tx, factor.clinic, call.own.sign_in, call.now)
    return await _shown(tx, call, () if known else await _make_codes(tx, call))


async def _make_codes(tx: Transaction, call: Call[Any]) -> tuple[str, ...]:
    codes = tuple(paper.written(secrets.randbits(80)) for _ in range(paper.COUNT))
    await recovery_codes.replace(tx, call.own.clinic, call.own.person, [paper.digest(code) for code in codes])
    return codes


async def _shown(tx: Transaction, call: Call[Any], codes: Sequence[str] = ()) -> SecondFactors:
    staff = call.own
    return SecondFactors(
        factors=tuple(_view(factor) for factor in await second_factors.of_person(tx, staff.clinic, staff.person)),
        asked=staff.asked_for_factor,
        recovery_codes=await recovery_codes.left(tx, staff.clinic, staff.person),
        codes=tuple(codes) or None,
    )


def _view(factor: Factor) -> SecondFactor:
    return SecondFactor(
        id=factor.id, kind=factor.kind, name=factor.name, added=factor.created_at, last_used=factor.last_used_at
    )


ROUTES = (
    Route(
        method="GET", path="/api/me/factors", handler=list_factors, who=ADDING, audited=False, response=SecondFactors
    ),
    Route(
        method="POST", path="/api/me/factors/one-time-code/offer", handler=offer_one_time_code, who=ADDING,
        audited=False, response=OneTimeCodeOffer,
    ),
    Route(
        method="POST", path="/api/me/factors/one-time-code", handler=add_one_time_code, who=ADDING, audited=True,
        request=AddOneTimeCode, response=SecondFactors, status=201,
    ),
    Route(
        method="POST", path="/api/me/factors/passkey/offer", handler=offer_passkey, who=ADDING, audited=False,
        response=PasskeyOffer,
    ),
    Route(
        method="POST", path="/api/me/factors/passkey", handler=add_passkey, who=ADDING, audited=True,
        request=AddPasskey, response=SecondFactors, status=201,
    ),
    Route(
        method="PUT", path="/api/me/factors/{factor}", handler=rename_factor, who=OWN, audited=True,
        request=RenameFactor, response=SecondFactors,
    ),
    Route(
        method="DELETE", path="/api/me/factors/{factor}", handler=remove_factor, who=OWN, audited=True,
        response=SecondFactors,
    ),
    Route(
        method="POST", path="/api/me/recovery-codes", handler=renew_recovery_codes, who=OWN, audited=True,
        response=SecondFactors, status=201,
    ),
)  # fmt: skip
