"""The keys of closings from the command line: made, published, ended, listed. No private key is kept here."""

import asyncio
import base64
from collections.abc import Awaitable, Callable
from typing import TypeVar

from domain.errors import NotFound
from domain.ledger.closings import key_id
from runtime.secrets.signatures import Signer
from runtime.settings import DatabaseSettings, MigrationSettings
from store.database import Database, Transaction
from store.ledger import closing_keys
from store.ledger.closing_keys import PublishedKey
from vesper.answers import tell

T = TypeVar("T")
GRACE_SECONDS = 24 * 60 * 60
"""How long the keys before stay good: time to start the workers again with the new one."""


def show(settings: DatabaseSettings, as_json: bool) -> None:
    """Print every public key and for what time it is good."""
    keys = _in_transaction(settings.database_url, closing_keys.every)
    lines = [_line(key) for key in keys] or ["There is no key yet. Make one with: vesper keys rotate"]
    tell(as_json, {"keys": [_plain(key) for key in keys]}, "\n".join(lines))


def rotate(settings: MigrationSettings, as_json: bool) -> None:
    """Make a key, publish it, and print its private half as a line of an environment file."""
    signer = Signer.fresh()
    _in_transaction(settings.owner_database_url, lambda tx: replace_with(tx, signer))
    secret = base64.b64encode(signer.private_key()).decode()
    tell(as_json, {"id": key_id(signer.public_key), "closing_key": secret}, f"CLOSING_KEY={secret}")


def end(settings: MigrationSettings, id: str, as_json: bool) -> None:
    """Let a key be good no longer.

    Raises:
        NotFound: there is none of this name that is good still.
    """
    if not _in_transaction(settings.owner_database_url, lambda tx: closing_keys.end(tx, [id], 0)):
        raise NotFound(f"No key {id} is good now; `vesper keys list` shows which are.")
    tell(as_json, {"ended": id}, f"The key {id} signs nothing that is believed from now on.")


def keep(owner_url: str, closing_key: str) -> None:
    """Have this key (private, base64) published, and the others end in a day; if it is published, nothing changes."""
    signer = Signer(base64.b64decode(closing_key))
    _in_transaction(owner_url, lambda tx: replace_with(tx, signer))


async def replace_with(tx: Transaction, signer: Signer) -> None:
    """Publish a key in the place of those that are good; one that was published before changes nothing."""
    others = [key.id for key in await closing_keys.every(tx)]
    if await closing_keys.publish(tx, key_id(signer.public_key), signer.public_key):
        await closing_keys.end(tx, others, GRACE_SECONDS)


def _line(key: PublishedKey) -> str:
    until = f"until {key.valid_until:%Y-%m-%d %H:%M:%S} UTC" if key.valid_until else "until further notice"
    return f"{key.id}  {key.public_key.hex()}  from {key.valid_from:%Y-%m-%d %H:%M:%S} UTC {until}"


def _plain(key: PublishedKey) -> dict[str, object]:
    return {
        "id": key.id,
        "public_key": key.public_key.hex(),
        "valid_from": key.valid_from,
        "valid_until": key.valid_until,
    }


def _in_transaction(url: str, work: Callable[[Transaction], Awaitable[T]]) -> T:
    async def run() -> T:
        async with Database.open(url) as database, database.transaction() as tx:
            return await work(tx)

    return asyncio.run(run())
