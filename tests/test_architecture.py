"""The shape of the tree, checked: imports, mirrors, sizes, and the refusals that the edges know."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.errors import Refusal
from server.http.errors import STATUS

PROJECT = Path(__file__).parents[1]
PACKAGES = ("domain", "store", "runtime", "server", "signaling", "workers", "bots", "vesper")
LONGEST_FILE = 300
LONG = {
    "domain/errors.py": "a list of refusals only",
    "signaling/messages.py": "a list of messages only",
}

PURE = {
    "domain", "msgspec",
    "base64", "binascii", "collections", "dataclasses", "datetime", "decimal", "functools", "hashlib",
    "hmac", "itertools", "operator", "re", "typing", "unicodedata", "uuid", "zoneinfo",
    "csv", "email_validator", "html", "io", "phonenumbers",
}  # fmt: skip
"""What the domain may import: the contracts refuse what reads or changes the world by name, and this all the rest."""

TESTED_ELSEWHERE = {
    "domain/access/links.py": "server/access/test_join_links.py",
    "domain/attendance/reasons.py": "domain/attendance/test_derivation.py",
    "domain/attendance/records.py": "domain/attendance/test_credit.py",
    "domain/attendance/timeline.py": "domain/attendance/test_credit.py",
    "domain/errors.py": "test_architecture.py",
    "domain/events/attendance.py": "domain/events/test_catalogue.py",
    "domain/events/billing.py": "domain/events/test_catalogue.py",
    "domain/events/chart.py": "domain/events/test_catalogue.py",
    "domain/events/fact.py": "domain/events/test_catalogue.py",
    "domain/events/ledger.py": "domain/events/test_catalogue.py",
    "domain/events/programs.py": "domain/events/test_catalogue.py",
    "domain/events/privacy.py": "domain/events/test_catalogue.py",
    "domain/events/room.py": "domain/events/test_catalogue.py",
    "domain/events/schedule.py": "domain/events/test_catalogue.py",
    "domain/mail/words/catalogue.py": "domain/mail/test_words.py",
    "domain/mail/words/en.py": "domain/mail/test_words.py",
    "domain/mail/words/es.py": "domain/mail/test_words.py",
    "domain/mail/words/text.py": "domain/mail/test_words.py",
    "domain/people/persons.py": "server/people/test_persons.py",
    "domain/people/ties.py": "server/guests/test_inviting.py",
    "domain/privacy/consents.py": "domain/privacy/test_disclosure.py",
    "domain/privacy/texts.py": "server/guests/test_inviting.py",
    "domain/programs/enrolments.py": "server/programs/test_enrolments.py",
    "domain/schedule/rosters.py": "server/schedule/test_sessions.py",
    "domain/schedule/sessions.py": "server/schedule/test_sessions.py",
}
"""Declarations of the domain, which have no rule of their own: the module, and the tests that use it."""

FOLDERS_TESTED_ELSEWHERE = {
    "domain/mail/words": "domain/mail",
    "store/people": "server/people",
    "store/room": "signaling/hosting",
    "store/schedule": "server/schedule",
    "store/transfer": "server/transfer",
    "workers/transfer": "server/transfer",
    "store/single_sign_on": "server/single_sign_on",
}
"""Folders of shapes and SQL without tests of their own: the folder, and the tests that cover it."""


def sources() -> list[Path]:
    """Every source module, relative to the project."""
    found = (path for package in PACKAGES for path in (PROJECT / package).rglob("*.py"))
    return sorted(path.relative_to(PROJECT) for path in found if path.name != "__init__.py")


def test_imports_point_one_way() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout or done.stderr


def test_the_domain_imports_only_what_is_pure() -> None:
    imported = {
        (str(source), name.partition(".")[0])
        for source in sources()
        if source.parts[0] == "domain"
        for name in re.findall(r"^\s*(?:import|from) ([\w.]+)", (PROJECT / source).read_text(), re.M)
    }
    assert len(imported) > 100
    assert {(source, name) for source, name in imported if name not in PURE} == set()


def mirror(source: Path) -> Path:
    """The test module of a source module."""
    return PROJECT / "tests" / source.parent / f"test_{source.stem.strip('_')}.py"


def test_each_rule_has_its_test_module() -> None:
    rules = [source for source in sources() if source.parts[0] == "domain"]
    assert {str(source) for source in rules if not mirror(source).exists()} == TESTED_ELSEWHERE.keys()


def test_each_folder_has_its_tests() -> None:
    folders = {source.parent for source in sources()}
    untested = {str(folder) for folder in folders if not list((PROJECT / "tests" / folder).glob("test_*.py"))}
    assert untested == FOLDERS_TESTED_ELSEWHERE.keys()


def test_the_tests_elsewhere_exist() -> None:
    for tests in (*TESTED_ELSEWHERE.values(), *FOLDERS_TESTED_ELSEWHERE.values()):
        assert (PROJECT / "tests" / tests).exists(), tests


@pytest.mark.parametrize("source", [source for source in sources() if str(source) not in LONG], ids=str)
def test_files_stay_short(source: Path) -> None:
    assert len((PROJECT / source).read_text().splitlines()) <= LONGEST_FILE


def refusals(root: type[Refusal] = Refusal) -> Iterator[type[Refusal]]:
    """All classes of refusals."""
    for kind in root.__subclasses__():
        yield kind
        yield from refusals(kind)


def test_each_refusal_has_its_own_code_and_a_sentence() -> None:
    kinds = list(refusals())
    assert len({kind.code for kind in kinds}) == len(kinds)
    for kind in kinds:
        assert re.fullmatch(r"[a-z_]+", kind.code)
        assert kind.default[0].isupper() and kind.default.endswith(".")


def test_the_edges_know_each_refusal() -> None:
    at_the_sockets = [*(PROJECT / "signaling").rglob("*.py"), PROJECT / "domain" / "access" / "tickets.py"]
    words = set(re.findall(r"\w+", " ".join(path.read_text() for path in at_the_sockets)))
    unknown = {kind.__name__ for kind in refusals() if kind.code not in STATUS and kind.__name__ not in words}
    assert not unknown
    assert STATUS.keys() <= {kind.code for kind in refusals()}
