"""A person proves who they are: by password, one-time code, recovery code or passkey. Wrong proofs are delayed."""

from typing import Any, Literal

import msgspec

from domain.access import recovery_codes as paper
from domain.errors import InvalidInput, WrongCredentials, WrongFactor
from runtime.settings import ServerSettings
from server.access import attempts
from server.access.factors import one_time_codes, passkeys
from server.access.payloads import FactorProof, Proof
from server.http.calls import Call
from store.access import recovery_codes, second_factors
from store.chart.data_keys import NoteKeys
from store.database import Transaction
from store.people import passwords


class Whose(msgspec.Struct, frozen=True):
    """The person who is to be proved."""

    clinic: str
    person: str


def note_keys(settings: ServerSettings) -> NoteKeys:
    """The keys that wrap the data keys, which encrypt secrets of factors too."""
    return NoteKeys(settings.note_private_key, {key.id: key.key for key in settings.note_wrapping_keys})


async def prove(call: Call[Any], whose: Whose, proof: Proof | FactorProof) -> None:
    """Check a proof. It counts as wrong until it proves right, so that concurrent attempts cannot outrun the count.

    Raises:
        WrongFactor, WrongCredentials, TooManyAttempts
        InvalidInput: there is not exactly one proof.
    """
    check_single(proof)
    what: Literal["password", "factor"] = (
        "password" if isinstance(proof, Proof) and proof.password is not None else "factor"
    )
    subjects = attempts.proof_subjects(whose.person, what, call.settings.ticket_key)
    async with call.database.transaction() as tx:
        await attempts.check(tx, subjects, call.now)
        await attempts.fail(tx, subjects, call.now)
    if isinstance(proof, Proof) and proof.password is not None:
        await _check_password(call, whose, proof.password)
    else:
        async with call.database.transaction() as tx:
            if not await _uses(tx, call, whose, proof):
                raise WrongFactor
    async with call.database.transaction() as tx:
        for subject in subjects:
            await attempts.clear(tx, subject)


def check_single(proof: Proof | FactorProof) -> None:
    """Require one proof.

    Raises:
        InvalidInput
    """
    given = [name for name in proof.__struct_fields__ if name in PROOFS and getattr(proof, name) is not None]
    if len(given) != 1:
        raise InvalidInput("Give one proof: a password, a code, a recovery code or a passkey.", "$")


PROOFS = frozenset({"password", "code", "recovery_code", "passkey"})


async def _check_password(call: Call[Any], whose: Whose, password: str) -> None:
    async with call.database.transaction() as tx:
        hash = await passwords.of_person(tx, whose.clinic, whose.person)
    if not await call.services.passwords.match(hash, password):
        raise WrongCredentials("That is not your password.")


async def _uses(tx: Transaction, call: Call[Any], whose: Whose, proof: Proof | FactorProof) -> bool:
    if proof.recovery_code is not None:
        return await recovery_codes.use(tx, whose.clinic, whose.person, paper.digest(proof.recovery_code))
    factors = await second_factors.of_person(tx, whose.clinic, whose.person)
    if proof.passkey is not None:
        return await passkeys.use(tx, call, [one for one in factors if one.kind == "passkey"], proof.passkey)
    keys = note_keys(call.settings)
    for factor in factors:
        if factor.kind == "one_time_code" and await one_time_codes.use(tx, keys, factor, proof.code or "", call.now):
            return True
    return False
