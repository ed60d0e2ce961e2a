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
    "domain/events.py": "one fact after the other, and nothing else",
    "server/http/payloads.py": "one shape after the other, and nothing else",
    "signaling/messages.py": "one message after the other, and nothing else",
}

TOLD_ELSEWHERE = {
    "domain/attendance/timeline.py": "domain/attendance/test_credit.py",
    "domain/errors.py": "test_architecture.py",
    "domain/attendance/reasons.py": "domain/attendance/test_derivation.py",
    "domain/attendance/records.py": "domain/attendance/test_credit.py",
    "domain/access/links.py": "server/access/test_join_links.py",
    "domain/people/persons.py": "server/people/test_persons.py",
    "domain/privacy/consents.py": "domain/privacy/test_disclosure.py",
    "domain/people/roles.py": "server/people/test_persons.py",
    "domain/programs/enrolments.py": "server/programs/test_enrolments.py",
    "domain/programs/programs.py": "server/programs/test_programs.py",
    "domain/schedule/rosters.py": "server/schedule/test_sessions.py",
    "domain/schedule/sessions.py": "server/schedule/test_sessions.py",
    "runtime/release.py": "workers/test_set_aside.py",
    "server/http/callers.py": "server/test_api.py",
    "server/http/calls.py": "server/test_api.py",
    "server/http/decoding.py": "server/test_api.py",
    "server/demo/clinic.py": "server/demo/test_seed.py",
    "server/demo/founding.py": "server/demo/test_seed.py",
    "server/access/known_browsers.py": "server/access/test_sign_ins.py",
    "server/http/pages.py": "server/people/test_persons.py",
    "server/http/payloads.py": "server/http/test_openapi.py",
    "server/schedule/rosters.py": "server/schedule/test_sessions.py",
    "runtime/random_secrets.py": "server/access/test_sign_ins.py",
    "server/http/routes.py": "server/test_api.py",
    "server/schedule/planning.py": "server/schedule/test_sessions.py",
    "signaling/room/connections.py": "signaling/room/test_room.py",
    "signaling/room/effects.py": "signaling/room/test_room.py",
    "signaling/hosting/lease.py": "signaling/test_main.py",
    "signaling/hosting/mail.py": "signaling/hosting/test_live_room.py",
    "signaling/media/bounds.py": "test_wires.py",
    "signaling/media/janus/room.py": "signaling/media/test_engine.py",
    "signaling/media/janus/server.py": "signaling/media/janus/test_engine.py",
    "signaling/hosting/services.py": "signaling/hosting/test_live_room.py",
    "store/access/api_tokens.py": "server/access/test_api_tokens.py",
    "store/privacy/access_audit.py": "server/test_api.py",
    "store/ledger/chains.py": "vesper/proof/test_verify.py",
    "store/people/clinics.py": "server/demo/test_seed.py",
    "store/ledger/closings.py": "workers/test_closings.py",
    "store/privacy/consents.py": "store/billing/test_feed.py",
    "store/access/join_links.py": "server/access/test_join_links.py",
    "store/access/known_browsers.py": "server/access/test_sign_ins.py",
    "store/room/liveness.py": "signaling/journal/test_shipper.py",
    "store/people/notices.py": "server/people/test_persons.py",
    "store/programs/coverages.py": "store/programs/test_enrolments.py",
    "store/people/passwords.py": "server/access/test_sign_ins.py",
    "store/people/persons.py": "server/people/test_persons.py",
    "store/room/placement.py": "signaling/test_main.py",
    "store/programs/programs.py": "server/programs/test_programs.py",
    "store/room/leases.py": "signaling/hosting/test_rooms.py",
    "store/schedule/rosters.py": "server/schedule/test_sessions.py",
    "store/ledger/set_aside.py": "signaling/journal/test_set_aside.py",
    "store/schedule/sessions.py": "server/schedule/test_sessions.py",
    "store/attendance/set_aside.py": "workers/test_set_aside.py",
    "store/access/sign_ins.py": "server/access/test_sign_ins.py",
    "vesper/proof/closings.py": "vesper/proof/test_verify.py",
    "vesper/keys/commands.py": "vesper/keys/test_closing.py",
    "vesper/proof/explained.py": "vesper/proof/test_explain.py",
}
"""Declarations, and SQL whose story is a person's: the module, and the tests that tell it."""


def sources() -> list[Path]:
    """Every source module, relative to the project."""
    found = (path for package in PACKAGES for path in (PROJECT / package).rglob("*.py"))
    return sorted(path.relative_to(PROJECT) for path in found if path.name != "__init__.py")


def test_imports_point_one_way() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout or done.stderr


def mirror(source: Path) -> Path:
    """The test module of a source module."""
    return PROJECT / "tests" / source.parent / f"test_{source.stem.strip('_')}.py"


def test_each_module_has_its_test_module() -> None:
    assert [
        str(source) for source in sources() if not mirror(source).exists() and str(source) not in TOLD_ELSEWHERE
    ] == []


def test_what_is_told_elsewhere_is_told_there_and_only_there() -> None:
    for source, tests in TOLD_ELSEWHERE.items():
        assert (PROJECT / source).exists() and (PROJECT / "tests" / tests).exists(), source
        assert not mirror(Path(source)).exists(), f"{source} has its own test module: take it off the list"


@pytest.mark.parametrize("source", [source for source in sources() if str(source) not in LONG], ids=str)
def test_files_stay_short(source: Path) -> None:
    assert len((PROJECT / source).read_text().splitlines()) <= LONGEST_FILE


def refusals(root: type[Refusal] = Refusal) -> Iterator[type[Refusal]]:
    """All kinds of refusal."""
    for kind in root.__subclasses__():
        yield kind
        yield from refusals(kind)


def test_refusals_have_a_code_of_their_own_and_a_sentence() -> None:
    kinds = list(refusals())
    assert len({kind.code for kind in kinds}) == len(kinds)
    for kind in kinds:
        assert re.fullmatch(r"[a-z_]+", kind.code)
        assert kind.default[0].isupper() and kind.default.endswith(".")


def test_each_refusal_is_known_to_the_edge_that_meets_it() -> None:
    at_the_sockets = [*(PROJECT / "signaling").rglob("*.py"), PROJECT / "domain" / "access" / "tickets.py"]
    words = set(re.findall(r"\w+", " ".join(path.read_text() for path in at_the_sockets)))
    unknown = {kind.__name__ for kind in refusals() if kind.code not in STATUS and kind.__name__ not in words}
    assert not unknown
    assert STATUS.keys() <= {kind.code for kind in refusals()}
