"""Anyone can verify a signature, and only the right key over the right bytes passes."""

from runtime.secrets.signatures import Signer, is_signed

# RFC 8032, section 7.1, test 2.
PRIVATE = bytes.fromhex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
PUBLIC = bytes.fromhex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
SIGNATURE = bytes.fromhex(
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
    "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
)


def test_it_gives_the_signature_of_the_rfc() -> None:
    assert (Signer(PRIVATE).public_key, Signer(PRIVATE).sign(b"\x72")) == (PUBLIC, SIGNATURE)
    assert is_signed(b"\x72", SIGNATURE, PUBLIC)


def test_other_bytes_another_key_and_another_signature_are_refused() -> None:
    assert not is_signed(b"\x73", SIGNATURE, PUBLIC)
    assert not is_signed(b"\x72", SIGNATURE, Signer.fresh().public_key)
    assert not is_signed(b"\x72", bytes(64), PUBLIC)
    assert not is_signed(b"\x72", b"", PUBLIC)
    assert not is_signed(b"\x72", SIGNATURE, b"short")


def test_a_new_key_is_unique_and_its_repr_does_not_show_it() -> None:
    signer = Signer.fresh()
    assert Signer(signer.private_key()).public_key == signer.public_key != Signer.fresh().public_key
    assert signer.private_key().hex() not in repr(signer)
