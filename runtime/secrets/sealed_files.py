"""Files that only a passphrase opens, written piece by piece by whoever does not know it.

The passphrase makes a key pair (Argon2id, then X25519). Whoever writes the file knows the public key alone: it seals
the file's own random key to it, and encrypts each piece with that (XChaCha20-Poly1305 as a stream). A piece that was
changed, moved or left out does not open, and neither does a file that was cut short. docs/decisions says why.
"""

import secrets
import struct
from collections.abc import Callable, Iterator

import msgspec
from nacl import bindings, pwhash
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

from domain.errors import InvalidInput

MAGIC = b"vesper export 1\n"
PIECE = 256 * 1024
"""Bytes of a whole piece before it is encrypted."""
_LONGEST = PIECE + bindings.crypto_secretstream_xchacha20poly1305_ABYTES
_SALT = pwhash.argon2id.SALTBYTES
_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
"""Without those that people mistake for each other."""
_LENGTH = struct.Struct(">I")

NO_EXPORT = "This is no export of Vesper, or it was cut short."
WRONG = "This passphrase does not open the file, or the file was changed. Type the passphrase as it was shown."


class Recipient(msgspec.Struct, frozen=True):
    """Whose passphrase opens a file: the public key, and the salt that the passphrase needs."""

    public: bytes
    salt: bytes


def new_passphrase() -> str:
    """A random passphrase of about 148 bits, in groups that can be read out."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(5)) for _ in range(6))


def recipient(passphrase: str) -> Recipient:
    """The recipient of files that this passphrase shall open. Takes a while and 64 MiB."""
    salt = secrets.token_bytes(_SALT)
    return Recipient(bytes(_private(passphrase, salt).public_key), salt)


def _private(passphrase: str, salt: bytes) -> PrivateKey:
    typed = passphrase.strip().lower().encode()
    seed = pwhash.argon2id.kdf(
        32, typed, salt, opslimit=pwhash.argon2id.OPSLIMIT_INTERACTIVE, memlimit=pwhash.argon2id.MEMLIMIT_INTERACTIVE
    )
    return PrivateKey(seed)


class Sealer:
    """Takes the file's bytes, and gives back what is stored of them."""

    def __init__(self, to: Recipient) -> None:
        key = bindings.crypto_secretstream_xchacha20poly1305_keygen()
        self._state = bindings.crypto_secretstream_xchacha20poly1305_state()
        begin = bindings.crypto_secretstream_xchacha20poly1305_init_push(self._state, key)
        sealed = SealedBox(PublicKey(to.public)).encrypt(key)
        self._out = MAGIC + to.salt + _LENGTH.pack(len(sealed)) + sealed + begin
        self._held = b""

    def take(self, content: bytes) -> bytes:
        """What is stored next, once `content` follows what was taken before; it may be nothing yet."""
        held = memoryview(self._held + content)
        whole = max(len(held) - 1, 0) // PIECE * PIECE
        stored = b"".join(self._piece(bytes(held[at : at + PIECE])) for at in range(0, whole, PIECE))
        self._held = bytes(held[whole:])
        out, self._out = self._out + stored, b""
        return out

    def end(self) -> bytes:
        """What is stored last."""
        out = self._out + self._piece(self._held, last=True)
        self._out = b""
        return out

    def _piece(self, plain: bytes, *, last: bool = False) -> bytes:
        tag = (
            bindings.crypto_secretstream_xchacha20poly1305_TAG_FINAL
            if last
            else bindings.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
        )
        sealed = bindings.crypto_secretstream_xchacha20poly1305_push(self._state, plain, None, tag)
        return _LENGTH.pack(len(sealed)) + sealed


def opened(read: Callable[[int], bytes], passphrase: str) -> Iterator[bytes]:
    """The pieces of the file that `read` reads.

    Raises:
        InvalidInput: it is no such file, it was changed or cut short, or the passphrase is another's.
    """
    if read(len(MAGIC)) != MAGIC:
        raise InvalidInput(NO_EXPORT)
    salt = _exactly(read, _SALT)
    sealed = _exactly(read, _length(read, 1024))
    begin = _exactly(read, bindings.crypto_secretstream_xchacha20poly1305_HEADERBYTES)
    try:
        key = SealedBox(_private(passphrase, salt)).decrypt(sealed)
    except CryptoError:
        raise InvalidInput(WRONG) from None
    state = bindings.crypto_secretstream_xchacha20poly1305_state()
    bindings.crypto_secretstream_xchacha20poly1305_init_pull(state, begin, key)
    final = False
    while not final:
        try:
            plain, tag = bindings.crypto_secretstream_xchacha20poly1305_pull(
                state, _exactly(read, _length(read, _LONGEST))
            )
        except (CryptoError, RuntimeError):
            raise InvalidInput(WRONG) from None
        yield plain
        final = tag == bindings.crypto_secretstream_xchacha20poly1305_TAG_FINAL


def _length(read: Callable[[int], bytes], longest: int) -> int:
    (length,) = _LENGTH.unpack(_exactly(read, _LENGTH.size))
    if length > longest:
        raise InvalidInput(NO_EXPORT)
    return int(length)


def _exactly(read: Callable[[int], bytes], count: int) -> bytes:
    content = read(count)
    if len(content) != count:
        raise InvalidInput(NO_EXPORT)
    return content
