"""Recovery codes: ten secrets on paper that stand in for a lost second factor, each once."""

import hashlib

COUNT = 10
FEW = 3
"""With fewer than this many left, the person is told."""
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: without letters that look like digits."""
_READ_AS = str.maketrans({"I": "1", "L": "1", "O": "0", " ": "", "-": ""})
LENGTH = 16
"""Letters of 5 bits each: 80 bits, too many to guess from the digest."""


def written(number: int) -> str:
    """A random number below 2**80 as a code, in groups of four."""
    letters = "".join(_ALPHABET[number >> 5 * place & 31] for place in range(LENGTH))
    return "-".join(letters[start : start + 4] for start in range(0, LENGTH, 4))


def digest(code: str) -> bytes:
    """The stored hash of a code, however it is typed: small letters, no hyphens, O for 0, I or L for 1."""
    read = code.upper().translate(_READ_AS)
    return hashlib.sha256(read.encode(errors="surrogatepass")).digest()
