"""A group of bots: each opens a personal link, asks for a ticket and takes part until the session is over."""

import asyncio
import logging
from collections.abc import Sequence
from typing import TypeVar

import msgspec
from aiohttp import ClientError, ClientSession

from bots.bot import Bot, Ending
from bots.clip import make
from runtime import clock

log = logging.getLogger(__name__)

WAIT_SECONDS = (1.0, 2.0, 4.0, 8.0, 15.0)
"""Seconds before each next try; the last value repeats."""
FINAL: frozenset[Ending] = frozenset({"left", "removed", "ended", "withdrawn"})

_Answer = TypeVar("_Answer")


class Invitation(msgspec.Struct, frozen=True):
    """The parts of a personal link: its server, and the secret in its fragment."""

    origin: str
    link: str


class _Session(msgspec.Struct):
    id: str


class _Opened(msgspec.Struct):
    session: _Session | None


class _Ticket(msgspec.Struct):
    ticket: str
    url: str


class NotInvited(Exception):
    """The server gave no ticket: the link is invalid, or no session is open now."""


async def party(invitations: Sequence[Invitation]) -> None:
    """Run one bot for each invitation; returns when all have left or were dismissed."""
    async with ClientSession() as http, asyncio.TaskGroup() as seats:
        for number, invitation in enumerate(invitations):
            clip = await asyncio.to_thread(make, number)
            seats.create_task(take_part(http, invitation, Bot(clip, clock.now)))


async def take_part(
    http: ClientSession, invitation: Invitation, bot: Bot, *, waits: Sequence[float] = WAIT_SECONDS
) -> None:
    """One bot's evening: it joins by ticket and resumes after a dropped connection, until its ending is final."""
    tries, url = 0, ""
    while True:
        before = bot.connection
        try:
            ticket, url = (None, url) if bot.resume else await _ticket(http, invitation)
            ending = await bot.sit(url, ticket)
        except (ClientError, NotInvited, TimeoutError) as problem:
            log.info("a bot could not join: %s", type(problem).__name__)
            ending = "refused"
        if ending in FINAL:
            return
        if ending == "refused":
            bot.resume = None
        tries = 0 if bot.connection != before else tries + 1
        await asyncio.sleep(waits[min(tries, len(waits) - 1)])


async def _ticket(http: ClientSession, invitation: Invitation) -> tuple[str, str]:
    """A ticket and the address of the signaling node that takes it."""
    opened = await _ask(http, invitation, "/api/join-links/open", _Opened)
    if opened.session is None:
        raise NotInvited
    given = await _ask(http, invitation, f"/api/sessions/{opened.session.id}/tickets", _Ticket)
    return given.ticket, given.url


async def _ask(http: ClientSession, invitation: Invitation, path: str, answer: type[_Answer]) -> _Answer:
    async with http.post(invitation.origin + path, json={"link": invitation.link}) as response:
        if not response.ok:
            raise NotInvited
        return msgspec.json.decode(await response.read(), type=answer)
