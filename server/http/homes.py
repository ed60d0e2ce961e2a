"""Which of the server's databases a call is about: each clinic is in exactly one.

It is found once, by what the call brings (a cookie, a token, a link, an address), before anything else is read; from
then on the call uses only that database.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any, TypeVar

from aiohttp import web

from domain.errors import DatabaseAway
from server.http import callers
from server.http.calls import Call, Caller, Services
from store.database import Database, Transaction

Found = TypeVar("Found")


async def identify(request: web.Request, services: Services, now: datetime) -> tuple[Services, Caller | None]:
    """The services with the database of the caller's clinic first, and the caller; unchanged, and None, if unknown.

    Raises:
        DatabaseAway: the caller is unknown, and a database that might know them is away.
    """

    async def in_one(database: Database) -> Caller | None:
        return await callers.identify(request, database, now)

    found: tuple[Database, Caller | None] = await _first(services, in_one)
    home, caller = found
    return services.at_home(home), caller


async def settle(call: Call[Any], look: Callable[[Transaction], Awaitable[object | None]]) -> None:
    """Make the database in which `look` finds something the call's own; if none does, the call keeps its database.

    Raises:
        DatabaseAway: `look` finds nothing, and a database is away.
    """

    async def in_one(database: Database) -> object | None:
        async with database.transaction() as tx:
            return await look(tx)

    if call.services.others:
        home, _ = await _first(call.services, in_one)
        call.services = call.services.at_home(home)


async def _first(
    services: Services, look: Callable[[Database], Awaitable[Found | None]]
) -> tuple[Database, Found | None]:
    away: DatabaseAway | None = None
    for database in services.databases:
        try:
            if (found := await look(database)) is not None:
                return database, found
        except DatabaseAway as error:
            away = error
    if away is not None:
        raise away
    return services.database, None
