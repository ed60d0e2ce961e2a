"""A process reads its environment once, and names everything that is wrong with it."""

from pathlib import Path

import msgspec
import pytest

from runtime.settings import (
    SHAPES,
    MigrationSettings,
    ServerSettings,
    Settings,
    SettingsRefused,
    SignalingSettings,
    example,
    read,
)

PROJECT = Path(__file__).parents[2]
EXAMPLE = dict(line.split("=", 1) for line in example().splitlines() if line and not line.startswith("#"))
SECRETS = ("password@", "73616d706c65", "c2FtcGxl", "sample key", "relay-secret")


def test_the_example_file_lists_exactly_the_settings() -> None:
    assert (PROJECT / ".env.example").read_text() == example()
    assert set(EXAMPLE) == {name.upper() for shape in SHAPES for name in shape.__struct_fields__}


@pytest.mark.parametrize("shape", SHAPES)
def test_the_examples_are_valid_and_have_the_types_declared(shape: type[Settings]) -> None:
    settings = read(shape, EXAMPLE)
    for field in msgspec.structs.fields(shape):
        msgspec.convert(getattr(settings, field.name), field.type)


def test_missing_settings_are_named_together_each_with_how_to_fix_it() -> None:
    with pytest.raises(SettingsRefused) as refused:
        read(ServerSettings, {})
    named = [problem.split()[0] for problem in refused.value.problems]
    assert named == ["DATABASE_URL", "TICKET_KEY", "NOTE_PRIVATE_KEY", "NOTE_WRAPPING_KEYS"]
    assert "openssl rand -hex 32" in refused.value.problems[1]


@pytest.mark.parametrize(
    ("name", "wrong", "sentence"),
    [
        ("DATABASE_URL", "mysql://x", "must be an address like postgresql://"),
        ("SIGNALING_PORT", "http", "must be a port number"),
        ("SIGNALING_PORT", "70000", "must be a port number"),
        ("SIGNALING_URL", "http://localhost:8081", "must be a WebSocket address"),
        ("PUBLIC_ORIGIN", "http://localhost:8080/", "no slash"),
        ("PUBLIC_ORIGIN", "localhost", "must be an origin"),
        ("NODE_ID", "node one", "must be a short name"),
        ("MEDIA_ADDRESS", "here", "must be an IP address"),
        ("TICKET_KEY", "abc", "must be 32 bytes in hex"),
        ("NOTE_PUBLIC_KEY", "!!!", "must be 32 bytes in base64"),
        ("TURN_URLS", "stun:x", "must be addresses like turn:"),
        ("JANUS_URLS", "ws://one:8188,http://two:8188", "must be a WebSocket address"),
        ("MEDIA", "mediasoup", "must be one of: built-in, janus"),
        ("LOG_LEVEL", "loud", "must be one of: debug, info, warning, error"),
    ],
)
def test_a_wrong_setting_is_named(name: str, wrong: str, sentence: str) -> None:
    with pytest.raises(SettingsRefused) as refused:
        read(SignalingSettings, EXAMPLE | {name: wrong})
    [problem] = refused.value.problems
    assert problem.startswith(f"{name} ") and sentence in problem


@pytest.mark.parametrize("wrong", ["only-a-key", "a:x", "a:c2FtcGxl", ","])
def test_wrapping_keys_need_an_id_and_a_whole_key(wrong: str) -> None:
    with pytest.raises(SettingsRefused, match="NOTE_WRAPPING_KEYS"):
        read(ServerSettings, EXAMPLE | {"NOTE_WRAPPING_KEYS": wrong})


def test_two_wrapping_keys_may_not_share_an_id() -> None:
    key = EXAMPLE["NOTE_WRAPPING_KEYS"]
    with pytest.raises(SettingsRefused, match="ids that differ"):
        read(ServerSettings, EXAMPLE | {"NOTE_WRAPPING_KEYS": f"{key},{key}"})


def test_the_first_wrapping_key_is_the_current_one() -> None:
    old = EXAMPLE["NOTE_WRAPPING_KEYS"]
    new = old.replace("2026", "2027")
    keys = read(ServerSettings, EXAMPLE | {"NOTE_WRAPPING_KEYS": f"{new}, {old}"}).note_wrapping_keys
    assert [key.id for key in keys] == ["2027", "2026"]


def test_an_empty_variable_counts_as_not_set() -> None:
    assert read(SignalingSettings, EXAMPLE | {"SIGNALING_PORT": ""}).signaling_port == 8081
    with pytest.raises(SettingsRefused, match="OWNER_DATABASE_URL is missing"):
        read(MigrationSettings, {"OWNER_DATABASE_URL": ""})


@pytest.mark.parametrize("shape", SHAPES)
def test_secrets_are_never_shown(shape: type[Settings]) -> None:
    settings = read(shape, EXAMPLE | {"TURN_SECRET": "relay-secret"})
    for shown in (repr(settings), str(settings), f"{settings}", repr(settings.__rich_repr__())):
        assert not [secret for secret in SECRETS if secret in shown]
    assert "log_level='info'" in repr(settings)
