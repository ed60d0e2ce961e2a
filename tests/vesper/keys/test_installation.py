"""The keys of an installation are made once, and the processes accept them."""

from pathlib import Path

import pytest
from nacl.public import PrivateKey, SealedBox

from runtime.catalogue import CATALOGUE
from runtime.errors import CannotStart
from vesper.keys import installation


def test_the_settings_accept_them() -> None:
    for name, value in installation.make().settings().items():
        CATALOGUE[name.lower()].parse(value)


def test_the_private_key_opens_what_the_public_key_seals() -> None:
    read = {name: CATALOGUE[name.lower()].parse(value) for name, value in installation.make().settings().items()}
    private = PrivateKey(read["NOTE_PRIVATE_KEY"])
    assert bytes(private.public_key) == read["NOTE_PUBLIC_KEY"]
    assert SealedBox(private).decrypt(SealedBox(private.public_key).encrypt(b"a note")) == b"a note"


def test_the_next_start_has_the_same_keys(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    assert installation.kept(path) == installation.kept(path)
    assert path.stat().st_mode & 0o777 == 0o600


def test_damaged_keys_are_never_replaced(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    path.write_text("{")
    with pytest.raises(CannotStart, match="restore it from a backup"):
        installation.kept(path)
    assert path.read_text() == "{"


def test_the_key_of_closings_has_its_own_file(tmp_path: Path) -> None:
    path = tmp_path / "closing-key"
    key = installation.closing_key(path)
    assert installation.closing_key(path) == key
    assert len(CATALOGUE["closing_key"].parse(key)) == 32
    assert path.stat().st_mode & 0o777 == 0o600
    for damage in (b"damaged", b"", b"\xff\xfe", "Schlüssel".encode(), key.encode()[:-4]):
        path.write_bytes(damage)
        with pytest.raises(CannotStart, match="is damaged"):
            installation.closing_key(path)


def test_they_are_not_shown() -> None:
    made = installation.make()
    assert made.ticket_key not in repr(made)
