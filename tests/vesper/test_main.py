"""The command line explains itself, and reports in one sentence what it cannot do."""

import json
import subprocess
import sys
from pathlib import Path

import asyncpg
import pytest

from runtime.postgres.embedded import OWNER_ROLE, Embedded
from store.migrate import migrate, shipped

COMMANDS = (
    "run", "server", "signaling", "worker", "migrate", "make-keys", "create-clinic", "reset-link", "seed", "bots",
    "rebuild", "export-session", "ship-journal", "explain", "verify", "closing-root", "keys", "set-aside", "licences",
    "mail-secrets", "open-export", "retention",
)  # fmt: skip


def vesper(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in an environment with only these settings."""
    command = [Path(sys.executable).with_name("vesper"), *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_help_names_every_command() -> None:
    done = vesper("--help")
    assert done.returncode == 0
    assert [command for command in COMMANDS if command not in done.stdout] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_explains_itself(command: str) -> None:
    done = vesper(command, "--help")
    assert done.returncode == 0 and len(done.stdout.splitlines()) > 4


def test_an_unknown_command_is_refused_with_the_likely_one() -> None:
    done = vesper("migrte")
    assert done.returncode == 2 and "migrate" in done.stderr


@pytest.mark.parametrize("command", ["server", "signaling", "worker", "migrate", "seed", "rebuild"])
def test_missing_settings_are_named_one_per_line(command: str) -> None:
    done = vesper(command)
    assert done.returncode == 2
    assert done.stdout == "" and "Traceback" not in done.stderr
    assert all(line.startswith("vesper: ") and "is missing. " in line for line in done.stderr.splitlines())


def test_a_database_that_is_away_is_one_sentence() -> None:
    done = vesper("migrate", OWNER_DATABASE_URL="postgresql://vesper_owner:x@127.0.0.1:1/vesper")
    assert (done.returncode, done.stderr) == (
        2, "vesper: The records cannot be reached just now. Try again in a minute.\n"
    )  # fmt: skip


def test_migrating_again_changes_nothing_and_answers_programs_in_json(owner_url: str) -> None:
    done = vesper("migrate", "--json", OWNER_DATABASE_URL=owner_url)
    assert json.loads(done.stdout) == {"applied": []}
    assert vesper("migrate", OWNER_DATABASE_URL=owner_url).stdout == "Already up to date.\n"


def test_a_wrong_password_is_one_sentence(postgres: Embedded, database_url: str) -> None:
    done = vesper("rebuild", DATABASE_URL=database_url.replace(postgres.passwords.application, "guessed"))
    assert done.returncode == 2
    assert "Traceback" not in done.stderr and "guessed" not in done.stderr


@pytest.fixture
async def before(postgres: Embedded, database_name: str, owner_url: str) -> None:
    """The database with the first release's schema."""
    superuser = await asyncpg.connect(postgres.superuser_url())
    await superuser.execute(f"DROP DATABASE {database_name}")
    await superuser.execute(f"CREATE DATABASE {database_name} OWNER {OWNER_ROLE}")
    await superuser.close()
    await migrate(owner_url, [migration for migration in shipped() if migration.name < "0015"])


@pytest.mark.usefixtures("before")
@pytest.mark.parametrize("command", [("verify",), ("keys", "list"), ("keys", "rotate"), ("closing-root", "2026-11-26")])
def test_a_schema_of_another_release_is_one_sentence(
    command: tuple[str, ...], database_url: str, owner_url: str
) -> None:
    """For example during a maintenance window."""
    done = vesper(*command, DATABASE_URL=database_url, OWNER_DATABASE_URL=owner_url)
    assert (done.returncode, done.stderr) == (
        2, "vesper: The database does not have this release's schema; run this release's `vesper migrate` first.\n"
    )  # fmt: skip


def test_a_role_without_the_right_is_one_sentence(database_url: str) -> None:
    done = vesper("keys", "rotate", OWNER_DATABASE_URL=database_url)
    assert done.returncode == 2 and "needs the owner's role" in done.stderr and "Traceback" not in done.stderr
    assert done.stdout == "", "a key that is not published is not shown"


def test_a_folder_that_is_no_journal_is_one_sentence(database_url: str) -> None:
    done = vesper("ship-journal", "/nowhere", DATABASE_URL=database_url)
    assert done.returncode == 2
    assert done.stderr.startswith("vesper: /nowhere is not a folder; give the JOURNAL_DIR")


def test_keys_are_printed_as_lines_of_an_environment_file() -> None:
    lines = vesper("make-keys").stdout.splitlines()
    assert [line.split("=")[0] for line in lines] == [
        "TICKET_KEY", "NOTE_PUBLIC_KEY", "NOTE_PRIVATE_KEY", "NOTE_WRAPPING_KEYS",
    ]  # fmt: skip
