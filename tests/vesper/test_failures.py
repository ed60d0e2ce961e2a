"""A failed command says in a sentence what to put right; a bug keeps its traceback."""

import asyncpg

from domain.errors import NotFound
from runtime.errors import CannotStart
from vesper.failures import sentence


def test_an_error_that_an_operator_can_fix_is_a_sentence() -> None:
    assert sentence(NotFound("There is no session 7.")) == "There is no session 7."
    assert sentence(CannotStart("Port 8080 is taken.")) == "Port 8080 is taken."
    assert "vesper migrate" in (sentence(asyncpg.UndefinedTableError("relation")) or "")
    assert "OWNER_DATABASE_URL" in (sentence(asyncpg.InsufficientPrivilegeError("ledger")) or "")


def test_a_bug_has_no_sentence() -> None:
    for bug in (RuntimeError("a bug"), asyncpg.SyntaxOrAccessError("a bug"), OSError("no words"), KeyError("x")):
        assert sentence(bug) is None
