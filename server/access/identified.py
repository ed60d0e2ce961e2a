"""Browsers in which a client has proved who they are: a cookie that pages cannot read, for 30 days.

Several clients may share a browser, so the cookie holds one secret for each.
"""

from datetime import datetime
from typing import Any

from aiohttp import web

from domain.access.identity import BROWSER_LIFE, IdentifiedBrowser
from domain.access.links import LinkHolder
from domain.errors import IdentityNeeded
from runtime.clock import new_id
from runtime.secrets import random_secrets
from server.http.calls import Call
from store.access import identified_browsers
from store.database import Transaction

COOKIE = "vesper_identified"
PATH = "/api"
MOST = 8
"""The most people whom one browser is remembered for."""


async def check(call: Call[Any], tx: Transaction, holder: LinkHolder) -> None:
    """Refuse unless this browser is known to be the link holder's.

    Raises:
        IdentityNeeded
    """
    hashes = [random_secrets.digest(secret) for secret in _secrets_of(call.request)]
    found = await identified_browsers.with_secrets(tx, holder.clinic, holder.person, hashes)
    if not any(browser.counts(call.now) for browser in found):
        raise IdentityNeeded


async def remember(tx: Transaction, request: web.Request, holder: LinkHolder, now: datetime) -> str:
    """Remember the browser as the link holder's; returns the cookie's new text."""
    secret = random_secrets.new()
    browser = IdentifiedBrowser(id=new_id(), identified_at=now, expires_at=now + BROWSER_LIFE)
    await identified_browsers.add(tx, holder.clinic, holder.person, browser, random_secrets.digest(secret))
    return ".".join([*_secrets_of(request), secret][-MOST:])


def set_cookie(response: web.StreamResponse, text: str, *, secure: bool) -> None:
    """Set the cookie with the browser's secrets."""
    age = int(BROWSER_LIFE.total_seconds())
    response.set_cookie(COOKIE, text, max_age=age, path=PATH, httponly=True, samesite="Strict", secure=secure)


def _secrets_of(request: web.Request) -> list[str]:
    return [secret for secret in request.cookies.get(COOKIE, "").split(".") if secret][-MOST:]
