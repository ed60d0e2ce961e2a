"""The secrets of one installation: created once, in one file that only its owner can read."""

import base64
import os
import secrets
from pathlib import Path

import msgspec
from nacl.public import PrivateKey

from runtime.errors import CannotStart
from runtime.secrets import private_files
from runtime.secrets.signatures import KEY_BYTES, Signer

_WRAPPING_KEY_BYTES = 32


class Keys(msgspec.Struct, frozen=True):
    """The keys, named and encoded like the settings that hold them."""

    ticket_key: str
    note_public_key: str
    note_private_key: str
    note_wrapping_keys: str

    def __repr__(self) -> str:
        return "Keys(hidden)"

    def settings(self) -> dict[str, str]:
        """The keys as environment variables."""
        return {name.upper(): value for name, value in msgspec.structs.asdict(self).items()}


def make() -> Keys:
    """New keys."""
    private = PrivateKey.generate()
    return Keys(
        ticket_key=secrets.token_hex(32),
        note_public_key=_base64(bytes(private.public_key)),
        note_private_key=_base64(bytes(private)),
        note_wrapping_keys=f"1:{_base64(os.urandom(_WRAPPING_KEY_BYTES))}",
    )


def kept(path: Path) -> Keys:
    """The keys in the file at `path`, which is created when it is missing.

    Raises:
        CannotStart: the file is damaged. It is never replaced: notes would be lost with it.
    """
    try:
        return msgspec.json.decode(path.read_bytes(), type=Keys)
    except FileNotFoundError:
        keys = make()
    except msgspec.MsgspecError:
        raise CannotStart(
            f"{path} is damaged; restore it from a backup, because notes can only be read with its keys."
        ) from None
    private_files.write(path, msgspec.json.encode(keys))
    return keys


def closing_key(path: Path) -> str:
    """The private key of closings (base64) in the file at `path`, which is created when it is missing.

    Raises:
        CannotStart: the file is damaged.
    """
    try:
        text = path.read_bytes().decode("ascii", "replace").strip()
    except FileNotFoundError:
        text = _base64(Signer.fresh().private_key())
        private_files.write(path, text.encode())
    if not _is_key(text):
        raise CannotStart(f"{path} is damaged; restore it from a backup, or remove it to get a new key.")
    return text


def _is_key(text: str) -> bool:
    try:
        return len(base64.b64decode(text, validate=True)) == KEY_BYTES
    except ValueError:  # no base64, or no ASCII
        return False


def _base64(key: bytes) -> str:
    return base64.b64encode(key).decode()
