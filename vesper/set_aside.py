"""What was set aside, for operators: ids and codes, since when and why."""

import asyncio

import msgspec

from runtime.settings import DatabaseSettings
from store.attendance import set_aside as set_aside_sessions
from store.chart import drafts as note_drafts
from store.database import Database
from store.ledger import set_aside
from vesper.answers import print_answer


class SetAside(msgspec.Struct, frozen=True, kw_only=True):
    """Sessions that cannot be computed, journals' entries that the database refuses, drafts that cannot be opened."""

    sessions: list[set_aside_sessions.Listed]
    entries: list[set_aside.Listed]
    drafts: list[note_drafts.Listed]
    tried_again: int = 0
    """How many of the sessions the workers were asked to try again."""

    def lines(self) -> list[str]:
        """A line for each of them, and one for the sessions that are tried again."""
        sessions = [
            f"session {one.session}  {one.consumer}  {one.reason} at position {one.position}  since {one.since:%F %T}"
            f"  {'waits to be tried again' if one.tried_by is None else f'tried by {one.tried_by}'}"
            for one in self.sessions
        ]
        entries = [
            f"entry {one.digest}  {one.kind}  {one.reason}  session {one.session}  since {one.at:%F %T}"
            for one in self.entries
        ]
        drafts = [
            f"draft of note {one.note}  session {one.session}  sealed with key {one.key_id}  since {one.since:%F %T}"
            for one in self.drafts
        ]
        found = [*sessions, *entries, *drafts] or ["Nothing was set aside."]
        return [*found, *([f"The workers try {self.tried_again} sessions again."] if self.tried_again else [])]


def show(settings: DatabaseSettings, again: bool, as_json: bool) -> None:
    """Print what was set aside; with `again`, have the workers try the sessions again."""

    async def run() -> SetAside:
        async with Database.open(settings.database_url) as database, database.transaction() as tx:
            tried = await set_aside_sessions.ask_all_again(tx) if again else 0
            return SetAside(
                sessions=await set_aside_sessions.listed(tx),
                entries=await set_aside.listed(tx),
                drafts=await note_drafts.listed_set_aside(tx),
                tried_again=tried,
            )

    found = asyncio.run(run())
    print_answer(as_json, found, "\n".join(found.lines()))
