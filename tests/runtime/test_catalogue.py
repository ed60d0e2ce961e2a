"""The catalogue explains each setting to a person."""

import pytest

from runtime.catalogue import CATALOGUE, Setting, WrappingKey


@pytest.mark.parametrize("setting", CATALOGUE.values(), ids=CATALOGUE)
def test_each_setting_is_explained_in_one_line(setting: Setting) -> None:
    assert 10 < len(setting.what) < 118
    assert "\n" not in setting.what


def test_settings_with_a_key_or_a_password_are_secret() -> None:
    named = {
        name
        for name in CATALOGUE
        if name.endswith(("_key", "_keys", "_secret", "_password", "database_url", "database_urls"))
    }
    assert {name for name, setting in CATALOGUE.items() if setting.secret} == named - {"note_public_key"}


def test_a_wrapping_key_shows_only_its_id() -> None:
    assert repr(WrappingKey("2026", b"secret")) == "WrappingKey(id='2026')"
