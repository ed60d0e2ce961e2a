"""Passkeys (WebAuthn): what the browser is asked, and what its answer proves. Each answer works once."""

import binascii
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Literal
from urllib.parse import urlsplit

import msgspec
import webauthn
from webauthn.helpers import base64url_to_bytes
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from domain.errors import InvalidInput, WrongFactor
from runtime.clock import new_id
from server.http.calls import Call
from store.access import passkey_challenges, second_factors
from store.access.passkey_challenges import Challenge
from store.access.second_factors import Factor
from store.database import Transaction

Purpose = Literal["enrol", "confirm"]

LIFE = timedelta(minutes=10)
_REFUSED = (WebAuthnException, ValueError, KeyError, TypeError)
"""What the library raises for answers that are wrong, or that no browser sends."""


class _ClientData(msgspec.Struct, frozen=True):
    challenge: str


class _Response(msgspec.Struct, frozen=True):
    clientDataJSON: str  # the browser's name


class _Answer(msgspec.Struct, frozen=True):
    """The part of a browser's answer that says which challenge it is for, and by which passkey."""

    id: str
    response: _Response


async def offer(tx: Transaction, call: Call[None], known: Sequence[Factor]) -> str:
    """What the browser needs to make a passkey for the caller, as JSON."""
    staff = call.own
    options = webauthn.generate_registration_options(
        rp_id=_site(call),
        rp_name="Vesper",
        user_id=staff.person.encode(),
        user_name=staff.name,
        user_display_name=staff.name,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
        exclude_credentials=_described(known),
    )
    await passkey_challenges.add(tx, _challenge(call, staff.clinic, staff.person, options.challenge, "enrol"), call.now)
    return webauthn.options_to_json(options)


async def enrol(tx: Transaction, call: Call[Any], name: str, answer: str) -> Factor:
    """The passkey that the browser has made for the caller.

    Raises:
        InvalidInput
    """
    staff = call.own
    challenge = _challenge(call, staff.clinic, staff.person, _challenge_in(answer), "enrol")
    try:
        made = webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=challenge.challenge,
            expected_rp_id=_site(call),
            expected_origin=call.settings.public_origin,
            require_user_verification=True,
        )
    except _REFUSED:
        raise InvalidInput("This passkey could not be used. Try again, or use another one.", "$.passkey") from None
    if not await passkey_challenges.use(tx, challenge, call.now):
        raise InvalidInput("This took too long. Try again.", "$.passkey")
    return Factor(
        id=new_id(),
        clinic=staff.clinic,
        person=staff.person,
        kind="passkey",
        name=name,
        created_at=call.now,
        credential_id=made.credential_id,
        public_key=made.credential_public_key,
        sign_count=made.sign_count,
    )


async def ask(tx: Transaction, call: Call[Any], known: Sequence[Factor]) -> str:
    """What one of these passkeys is to sign, as JSON for the browser."""
    options = webauthn.generate_authentication_options(
        rp_id=_site(call),
        allow_credentials=_described(known),
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    clinic, person = known[0].clinic, known[0].person
    await passkey_challenges.add(tx, _challenge(call, clinic, person, options.challenge, "confirm"), call.now)
    return webauthn.options_to_json(options)


async def use(tx: Transaction, call: Call[Any], factors: Sequence[Factor], answer: str) -> bool:
    """Whether the answer is by one of these passkeys, to a challenge of this person that was not answered before."""
    factor = _named(factors, answer)
    if factor is None:
        return False
    challenge = _challenge(call, factor.clinic, factor.person, _challenge_in(answer), "confirm")
    try:
        proved = webauthn.verify_authentication_response(
            credential=answer,
            expected_challenge=challenge.challenge,
            expected_rp_id=_site(call),
            expected_origin=call.settings.public_origin,
            credential_public_key=factor.public_key or b"",
            credential_current_sign_count=factor.sign_count or 0,
            require_user_verification=True,
        )
    except _REFUSED:
        return False
    if not await passkey_challenges.use(tx, challenge, call.now):
        return False
    await second_factors.use_passkey(tx, factor, proved.new_sign_count, call.now)
    return True


def _named(factors: Sequence[Factor], answer: str) -> Factor | None:
    credential = _bytes(_read(answer).id)
    return next((factor for factor in factors if factor.credential_id == credential), None)


def _challenge_in(answer: str) -> bytes:
    try:
        client_data = msgspec.json.decode(_bytes(_read(answer).response.clientDataJSON), type=_ClientData)
    except msgspec.MsgspecError:
        raise WrongFactor("That is no answer of a passkey.") from None
    return _bytes(client_data.challenge)


def _read(answer: str) -> _Answer:
    try:
        return msgspec.json.decode(answer, type=_Answer)
    except (msgspec.MsgspecError, UnicodeError):
        raise WrongFactor("That is no answer of a passkey.") from None


def _bytes(text: str) -> bytes:
    try:
        return base64url_to_bytes(text)
    except (binascii.Error, ValueError):
        raise WrongFactor("That is no answer of a passkey.") from None


def _challenge(call: Call[Any], clinic: str, person: str, text: bytes, purpose: Purpose) -> Challenge:
    return Challenge(clinic=clinic, person=person, purpose=purpose, challenge=text, expires_at=call.now + LIFE)


def _described(factors: Sequence[Factor]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=factor.credential_id) for factor in factors if factor.credential_id]


def _site(call: Call[Any]) -> str:
    return urlsplit(call.settings.public_origin).hostname or ""
