"""Compute minutes again from files alone: check, print and explain case files or exported sessions.

It needs no database and no settings, so that anyone with a file can check it.
"""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from domain.attendance.credit import attendance
from domain.attendance.records import SessionRecord
from domain.errors import InvalidInput, Refusal
from domain.proof import cases, closings, export
from domain.proof.cases import Case
from runtime.secrets.signatures import is_signed
from vesper.proof import explained

DIFFERENT = 1
"""The exit code when a file does not give what it expects."""

Complaints = list[str] | None
"""The differences from what a file expects; None when it expects nothing, as an exported session does."""


def main(paths: list[Path], as_json: bool, why: str | None) -> int:
    """Explain one file, or check several against what they expect; returns the exit code.

    For one file it prints the records; with `as_json` exactly the `expect` of the case format, with `why` one
    person's derivation. It checks each of several files, or of a folder. Differences from what a file expects go to
    standard error, and make the exit code 1.

    Raises:
        InvalidInput: a malformed file, with its name and the path to the wrong field.
    """
    if len(paths) == 1 and not paths[0].is_dir():
        return _explain(paths[0], as_json, why)
    return _check(_files(paths), as_json)


def read(path: Path) -> Case:
    """The case in a file of either format.

    Raises:
        InvalidInput: with the file's name before the path to the wrong field.
    """
    try:
        body = path.read_bytes()
        return _exported(body) if _is_export(body) else cases.read(body)
    except OSError as error:
        raise InvalidInput(f"{path}: {error.strerror}") from None
    except Refusal as error:
        raise InvalidInput(f"{path}: {error.sentence}") from None


class _Shape(msgspec.Struct, frozen=True):
    session: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET


def _is_export(body: bytes) -> bool:
    try:
        return msgspec.json.decode(body, type=_Shape).session is not msgspec.UNSET
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False  # reading it as a case says what is wrong with it


def _exported(body: bytes) -> Case:
    found = export.read(body)
    wrong = [*export.chain_faults(found), *closings.faults(found, is_signed)]
    if wrong:
        raise InvalidInput("\n".join(wrong))
    return Case(found.session, export.facts(found), None, tuple(closings.summary(found)))


def _explain(path: Path, as_json: bool, why: str | None) -> int:
    case = read(path)
    records = attendance(case.sessions, explain=why is not None)
    if as_json:
        sys.stdout.write(_indented(cases.plain(records)))
    elif why is not None:
        sys.stdout.write(_why(case, records, why, path))
    else:
        sys.stdout.write(explained.records(case.sessions, records))
        sys.stdout.writelines(f"{line}\n" for line in case.closed)
    complaints = _complaints(case, records)
    says_so = bool(complaints) or not (as_json or why is not None)
    return _report({str(path): complaints} if says_so and complaints is not None else {})


def _why(case: Case, records: dict[str, SessionRecord], person: str, path: Path) -> str:
    text = explained.derivations(case.sessions, records, person)
    if not text:
        raise InvalidInput(f"{path}: it has no client {person!r}")
    return text


def _indented(value: Any) -> str:
    return msgspec.json.format(msgspec.json.encode(value), indent=1).decode() + "\n"


def _files(paths: Iterable[Path]) -> list[Path]:
    return [file for path in paths for file in (_in_folder(path) if path.is_dir() else [path])]


def _in_folder(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*.json") if not path.is_dir())


def _check(files: list[Path], as_json: bool) -> int:
    """Check each file; with `as_json`, print each file's records by its name."""
    if not files:
        raise InvalidInput("There is no .json file to check.")
    complaints: dict[str, Complaints] = {}
    answers: dict[str, Any] = {}
    for path in explained.with_progress(files):
        complaints[str(path)], answers[str(path)] = _checked(path)
    if as_json:
        sys.stdout.write(_indented(answers))
    return _report(complaints)


def _checked(path: Path) -> tuple[Complaints, Any]:
    try:
        case = read(path)
    except InvalidInput as error:
        return [error.sentence.removeprefix(f"{path}: ")], None
    records = attendance(case.sessions)
    return _complaints(case, records), cases.plain(records)


def _complaints(case: Case, records: dict[str, SessionRecord]) -> Complaints:
    if case.expect is None:
        return None
    return explained.differences(case.expect, cases.plain(records))


def _report(complaints: dict[str, Complaints]) -> int:
    wrong = {path: lines for path, lines in complaints.items() if lines}
    for path, lines in wrong.items():
        sys.stderr.writelines(f"{path}: {line}\n" for line in lines)
    if complaints:
        silent = sum(lines is None for lines in complaints.values())
        sys.stderr.write(f"{len(complaints) - silent - len(wrong)} of {len(complaints)} match what they expect.\n")
        sys.stderr.write(f"{silent} were computed; they do not say what to expect.\n" if silent else "")
    return DIFFERENT if wrong else 0
