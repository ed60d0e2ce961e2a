"""One key per client (or per session, for notes on its group) encrypts notes; a wrapping key encrypts that key.

Destroying one row makes a client's notes unreadable for ever, and rotating wrapping keys touches no note.
The cipher is XChaCha20-Poly1305, bound to its place: a ciphertext copied to another row does not open there.
"""

import msgspec
from nacl.exceptions import CryptoError
from nacl.secret import Aead
from nacl.utils import random

from store.database import Transaction

UNOPENABLE = (CryptoError, KeyError, UnicodeError)
"""What opening raises for text that was changed, or encrypted with a key that this process does not have."""


class NoteKeys(msgspec.Struct, frozen=True):
    """The keys of a process: `private` opens drafts; `wrapping` has the wrapping keys by id, the current one first."""

    private: bytes
    wrapping: dict[str, bytes]

    @property
    def current(self) -> str:
        """The id of the key that wraps from now on."""
        return next(iter(self.wrapping))

    def __repr__(self) -> str:
        return f"NoteKeys(wrapping={list(self.wrapping)})"


class DataKey(msgspec.Struct, frozen=True):
    """An owner's key, unwrapped."""

    id: str
    key: bytes

    def encrypt(self, text: str, place: str) -> bytes:
        """The text as it is stored at `place`."""
        return bytes(Aead(self.key).encrypt(text.encode(), place.encode()))

    def decrypt(self, stored: bytes, place: str) -> str:
        """The text stored at `place`.

        Raises:
            nacl.exceptions.CryptoError: it was changed, or belongs to another place or key.
        """
        return Aead(self.key).decrypt(stored, place.encode()).decode()

    def __repr__(self) -> str:
        return f"DataKey(id={self.id!r})"


def unwrap(keys: NoteKeys, wrapping_key_id: str, wrapped: bytes, owner: str) -> bytes:
    """The owner's key.

    Raises:
        KeyError: this process does not have the wrapping key.
    """
    return Aead(keys.wrapping[wrapping_key_id]).decrypt(wrapped, owner.encode())


async def for_owner(tx: Transaction, keys: NoteKeys, clinic: str, owner: str) -> DataKey:
    """The owner's key, created when there is none, and wrapped again when an older wrapping key encrypts it."""
    await tx.execute(
        """
        INSERT INTO data_keys (id, clinic_id, owner_id, wrapping_key_id, wrapped)
        VALUES (gen_random_uuid(), $1, $2, $3, $4) ON CONFLICT (clinic_id, owner_id) DO NOTHING
        """,
        clinic,
        owner,
        keys.current,
        _wrap(keys, random(Aead.KEY_SIZE), owner),
    )
    rows = await tx.fetch(
        "SELECT id, wrapping_key_id, wrapped FROM data_keys WHERE clinic_id = $1 AND owner_id = $2", clinic, owner
    )
    identity, wrapped_by, wrapped = rows[0]
    key = unwrap(keys, wrapped_by, wrapped, owner)
    if wrapped_by != keys.current:
        await tx.execute(  # unless it was destroyed meanwhile
            "UPDATE data_keys SET wrapping_key_id = $3, wrapped = $4 WHERE clinic_id = $1 AND id = $2 AND wrapped = $5",
            clinic, identity, keys.current, _wrap(keys, key, owner), wrapped,
        )  # fmt: skip
    return DataKey(identity, key)


def _wrap(keys: NoteKeys, key: bytes, owner: str) -> bytes:
    return bytes(Aead(keys.wrapping[keys.current]).encrypt(key, owner.encode()))
