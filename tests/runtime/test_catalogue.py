"""The catalogue explains each setting to a person."""

import pytest

from runtime.catalogue import CATALOGUE, Setting, WrappingKey


@pytest.mark.parametrize("setting", CATALOGUE.values(), ids=CATALOGUE)
def test_each_setting_says_in_a_line_what_it_is(setting: Setting) -> None:
    assert 10 < len(setting.what) < 118
    assert "\n" not in setting.what


def test_what_holds_a_key_or_a_password_is_secret() -> None:
    telling = {
        name for name in CATALOGUE if name.endswith(("_key", "_keys", "_secret", "database_url", "database_urls"))
    }
    assert {name for name, setting in CATALOGUE.items() if setting.secret} == telling - {"note_public_key"}


def test_a_wrapping_key_shows_its_name_only() -> None:
    assert repr(WrappingKey("2026", b"secret")) == "WrappingKey(id='2026')"
