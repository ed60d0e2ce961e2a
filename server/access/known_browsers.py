"""Browsers that have signed in as a person before: a cookie that survives the sign-out.

The cookie opens nothing. It spares its owner the delays that others cause by guessing the password. A browser that
several people use holds one secret for each; it sends them only to the sign-in.
"""

from datetime import datetime, timedelta
from typing import Protocol

from aiohttp import web

from runtime.secrets import random_secrets
from store.access import known_browsers
from store.database import Transaction

COOKIE = "vesper_known_browser"
PATH = "/api/sign-in"
LIFE = timedelta(days=400)
"""The longest time that browsers keep a cookie (RFC 6265bis §5.5)."""
MOST = 8
"""The most people whom one browser is remembered for."""


class Person(Protocol):
    """A person of a clinic, by their ids."""

    @property
    def clinic(self) -> str: ...
    @property
    def person(self) -> str: ...


def secrets_of(request: web.Request) -> list[str]:
    """The secrets that the browser sends, newest last."""
    return [secret for secret in request.cookies.get(COOKIE, "").split(".") if secret][-MOST:]


async def knows(tx: Transaction, request: web.Request, person: Person) -> bool:
    """Whether this browser has signed in as that person before."""
    hashes = [random_secrets.digest(secret) for secret in secrets_of(request)]
    return await known_browsers.known(tx, person.clinic, person.person, hashes)


async def remember(tx: Transaction, request: web.Request, person: Person, now: datetime) -> str | None:
    """Remember the browser as this person's. Returns the cookie's new text; None if it was known already."""
    shown = secrets_of(request)
    hashes = [random_secrets.digest(secret) for secret in shown]
    if await known_browsers.touch(tx, person.clinic, person.person, hashes, now):
        return None
    secret = random_secrets.new()
    browser = known_browsers.KnownBrowser(
        clinic=person.clinic, person=person.person, secret_hash=random_secrets.digest(secret), at=now
    )
    await known_browsers.forget_before(tx, person.clinic, person.person, now - LIFE)
    await known_browsers.add(tx, browser)
    return ".".join([*shown, secret][-MOST:])


def set_cookie(response: web.StreamResponse, text: str, *, secure: bool) -> None:
    """Set the cookie with the browser's secrets."""
    age = int(LIFE.total_seconds())
    response.set_cookie(COOKIE, text, max_age=age, path=PATH, httponly=True, samesite="Strict", secure=secure)
