"""`vesper keys`: create, publish, end and list the keys of closings. Private keys are not stored."""

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
from vesper.answers import print_answer

T = TypeVar("T")
GRACE_SECONDS = 24 * 60 * 60
"""How long earlier keys stay valid after a rotation: time to restart the workers with the new one."""


def show(settings: DatabaseSettings, as_json: bool) -> None:
    """Print every public key and its time of validity."""
    keys = _in_transaction(settings.database_url, closing_keys.every)
    lines = [_line(key) for key in keys] or ["There is no key yet. Make one with: vesper keys rotate"]
    print_answer(as_json, {"keys": [_plain(key) for key in keys]}, "\n".join(lines))


def rotate(settings: MigrationSettings, as_json: bool) -> None:
    """Create a key, publish it, and print its private half as a line of an environment file."""
    signer = Signer.fresh()
    _in_transaction(settings.owner_database_url, lambda tx: replace_with(tx, signer))
    secret = base64.b64encode(signer.private_key()).decode()
    print_answer(as_json, {"id": key_id(signer.public_key), "closing_key": secret}, f"CLOSING_KEY={secret}")


def end(settings: MigrationSettings, id: str, as_json: bool) -> None:
    """End a key's validity now.

    Raises:
        NotFound: no valid key has this id.
    """
    if not _in_transaction(settings.owner_database_url, lambda tx: closing_keys.end(tx, [id], 0)):
        raise NotFound(f"No key {id} is valid now; `vesper keys list` shows which are.")
    print_answer(as_json, {"ended": id}, f"Signatures by the key {id} are not valid from now on.")


def keep(owner_url: str, closing_key: str) -> None:
    """Publish this key (private, base64) and end the others in a day; nothing changes if it is published already."""
    signer = Signer(base64.b64decode(closing_key))
    _in_transaction(owner_url, lambda tx: replace_with(tx, signer))


async def replace_with(tx: Transaction, signer: Signer) -> None:
    """Publish a key, and end the valid ones after `GRACE_SECONDS`; a key published before changes nothing."""
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
