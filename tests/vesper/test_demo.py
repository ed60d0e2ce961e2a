"""`vesper seed`."""

import json

import pytest

from runtime.settings import SeedSettings
from vesper.demo import seed_and_tell


@pytest.fixture
def wanted(database_url: str) -> SeedSettings:
    return SeedSettings(database_url=database_url, public_origin="https://vesper.example.org", password_memory_kib=64)


def test_people_get_a_sign_in_links_and_a_token(wanted: SeedSettings, capsys: pytest.CaptureFixture[str]) -> None:
    seed_and_tell(wanted, as_json=False)
    first, *links, last = capsys.readouterr().out.splitlines()
    assert first.startswith("facilitator  ") and last.startswith("API token  ")
    assert len(links) == 3 and all("https://vesper.example.org/join#" in link for link in links)


def test_the_clinic_stays_and_its_secrets_are_new(wanted: SeedSettings, capsys: pytest.CaptureFixture[str]) -> None:
    seed_and_tell(wanted, as_json=True)
    seed_and_tell(wanted, as_json=True)
    first, second = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert first["clinic"] == second["clinic"]
    for secret in ("password", "links", "api_token"):
        assert first[secret] != second[secret]
