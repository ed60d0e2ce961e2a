"""One-time codes of an authenticator app: made, encrypted, compared."""

from datetime import datetime

import pyotp
import segno

from domain.access import one_time_codes
from domain.errors import WrongFactor
from server.access.payloads import OneTimeCodeOffer
from store.access import second_factors
from store.access.second_factors import Factor
from store.chart import data_keys
from store.chart.data_keys import UNOPENABLE, NoteKeys
from store.database import Transaction

ISSUER = "Vesper"


def offer(clinic: str, account: str) -> OneTimeCodeOffer:
    """A new secret, as text and as a picture for the app's camera."""
    secret = pyotp.random_base32()
    address = pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name=f"{ISSUER} {clinic}")
    picture = segno.make(address, error="m", micro=False)
    return OneTimeCodeOffer(secret=secret, address=address, picture=picture.svg_data_uri(border=4, light="#fff"))


def first_step(secret: str, code: str, now: datetime) -> int:
    """The step of the first code, which shows that the app has the secret.

    Raises:
        WrongFactor
    """
    step = one_time_codes.step_of(code, pyotp.TOTP(secret).generate_otp, now, 0)
    if step is None:
        raise WrongFactor
    return step


async def encrypt(tx: Transaction, keys: NoteKeys, factor: Factor, secret: str) -> bytes:
    """The secret as the factor stores it: encrypted with the person's own data key."""
    key = await data_keys.for_owner(tx, keys, factor.clinic, factor.person)
    return key.encrypt(secret, _place(factor))


async def use(tx: Transaction, keys: NoteKeys, factor: Factor, code: str, now: datetime) -> bool:
    """Whether the code is right; then it, and all before it, never work again."""
    if factor.secret is None or factor.last_step is None:
        return False
    key = await data_keys.for_owner(tx, keys, factor.clinic, factor.person)
    try:
        secret = key.decrypt(factor.secret, _place(factor))
    except UNOPENABLE:
        return False
    step = one_time_codes.step_of(code, pyotp.TOTP(secret).generate_otp, now, factor.last_step)
    return step is not None and await second_factors.use_step(tx, factor, step, now)


def _place(factor: Factor) -> str:
    return f"second factor {factor.id}"
