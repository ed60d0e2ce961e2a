"""Write docs/roles.md from the table of roles: `python -m vesper.roles_page`. A test fails when it is out of date."""

from collections.abc import Iterator
from pathlib import Path

from domain.people.roles import LONGEST_AUDIT, MAY, PERMISSIONS, ROLES

PAGE = Path(__file__).parent.parent / "docs" / "roles.md"

_HEAD = f"""\
# Who may do what

Written by `python -m vesper.roles_page` from the one table in `domain/people/roles.py`; change that, and write this
again. A person may have several roles, and may then do what any of them may.

The table says what a role permits at all. What somebody sees of a person depends on the person too: a facilitator or
prescriber sees the sessions that they are on the roster of, and their notes. `tests/server/test_roles.py` asks every
route as every role, and has its expected answers from a second table, written by hand.

An auditor's role ends by itself, after at most {LONGEST_AUDIT.days} days. All others last until they are taken away.
"""


def page() -> str:
    """The page, as it should be."""
    return "\n".join((_HEAD, *_roles(), "", *_matrix(), ""))


def _roles() -> Iterator[str]:
    yield "## What each role is for\n"
    for role, words in ROLES.items():
        yield f"- **{role}**: {words}"


def _matrix() -> Iterator[str]:
    yield "## Who has which permission\n"
    yield f"| may | {' | '.join(ROLES)} | permission |"
    yield f"|---|{':-:|' * len(ROLES)}---|"
    for permission, words in PERMISSIONS.items():
        marks = ("●" if permission in MAY[role] else "" for role in ROLES)
        yield f"| {words} | {' | '.join(marks)} | `{permission}` |"


if __name__ == "__main__":
    PAGE.write_text(page())
