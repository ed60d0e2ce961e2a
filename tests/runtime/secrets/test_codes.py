"""Codes of six digits, whose digests cannot be tried out without a key."""

import hashlib

from runtime.secrets import codes

KEY = codes.key_from(b"a secret of the server")


def test_a_code_has_six_digits_and_is_seldom_the_same() -> None:
    made = {codes.new() for _ in range(200)}
    assert all(len(code) == 6 and code.isdecimal() for code in made)
    assert len(made) > 190


def test_a_digest_depends_on_the_key_the_id_and_the_code() -> None:
    digest = codes.digest(KEY, "one", "012345")
    assert codes.match(digest, codes.digest(KEY, "one", "012345"))
    others = [
        codes.digest(codes.key_from(b"another"), "one", "012345"),
        codes.digest(KEY, "two", "012345"),
        codes.digest(KEY, "one", "112345"),
        hashlib.sha256(b"one 012345").digest(),
    ]
    assert not any(codes.match(digest, other) for other in others)


def test_any_text_has_a_digest() -> None:
    assert codes.digest(KEY, "one", "\udc80") != codes.digest(KEY, "one", "")
