"""After an upgrade with new rules: work out every record by older rules again, once, at the lowest priority.

A record holds the version of its rules, so the work can stop and start at any time without repeating itself. Statements
whose claim differs are stated again with the cause `rule_changed`; the others stay.
"""

import asyncio
import functools
import logging
from collections.abc import Sequence

from domain.attendance.records import RULES
from domain.projection.gathering import Aside
from store.attendance import records
from store.attendance.records import Older
from store.attendance.set_aside import ATTENDANCE
from store.database import Database, Transaction
from store.ledger import cursors
from workers import attendance
from workers.consumer import repeat
from workers.set_aside import isolate_failures, report, settle

log = logging.getLogger(__name__)

SESSIONS_AT_A_TIME = 20
POLL_SECONDS = 60.0
_FIRST = "00000000-0000-0000-0000-000000000000"


async def follow(database: Database) -> None:
    """Work out the remaining sessions, for as long as the task runs."""
    restatement = Restatement(database)
    await repeat("restatement", restatement.go_on, functools.partial(asyncio.sleep, POLL_SECONDS))


class Restatement:
    """One pass over the sessions with older records; sessions that fail are skipped until the next start."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._after = (_FIRST, _FIRST)
        self._done = 0

    async def go_on(self) -> bool:
        """Work out the next sessions; False if none is left, or while another worker reads this clinic."""
        async with self._database.transaction() as tx:
            due = await records.next_of_older_rules(tx, *self._after, SESSIONS_AT_A_TIME)
            if not due or await cursors.claim(tx, ATTENDANCE, due[0].clinic) is None:
                return False
            aside = await isolate_failures(tx, due, functools.partial(_work_out, tx), _failed)
            news = await settle(tx, ATTENDANCE, due[0].clinic, [one.session for one in due], aside)
        report(ATTENDANCE, news)
        self._after = (due[-1].clinic, due[-1].session)
        self._done += len(due)
        log.info("records were worked out again by the current rules", extra={"rules": RULES, "sessions": self._done})
        return True


async def _work_out(tx: Transaction, some: Sequence[Older]) -> dict[str, Aside]:
    return await attendance.work_out(tx, some[0].clinic, [one.session for one in some])


def _failed(one: Older, where: str) -> Aside:
    return Aside(session=one.session, clinic=one.clinic, position=one.position, reason="failed", frames=where)
