"""Facts that no release can read. Only the ledger's owner can put them in place of recorded ones."""

import asyncpg

UNREADABLE = {
    "wrong type": '{"type":"connection.admitted","id":"x","at":"2026-09-15T22:00:00Z","connection":7}',
    "newer shape": '{"type":"connection.closed","at":"2026-09-15T22:00:00Z","connection":"c","cause":"beamed_up"}',
    "no instant": '{"type":"from.a.newer.release","id":"x"}',
    "no object": "[1, 2]",
    "nothing": "null",
    "half a character": '{"type":"\\ud800","id":"x","at":"2026-09-15T22:00:00Z"}',
    "a year that is none": '{"type":"session.started","id":"x","at":"99999-09-15T22:00:00Z"}',
    "too deep": '{"type":"session.started","at":"2026-09-15T22:00:00Z","v":' + "[" * 1_500 + "]" * 1_500 + "}",
}


class Owner:
    """The owner of the database, who can change its ledger."""

    def __init__(self, url: str) -> None:
        self._url = url

    async def run(self, statement: str, *arguments: object) -> None:
        """Execute one statement."""
        connection = await asyncpg.connect(self._url)
        try:
            await connection.execute(statement, *arguments)
        finally:
            await connection.close()

    async def fetch(self, query: str, *arguments: object) -> list[asyncpg.Record]:
        """The rows of one query."""
        connection = await asyncpg.connect(self._url)
        try:
            return list(await connection.fetch(query, *arguments))
        finally:
            await connection.close()

    async def poison(self, session: str, place: int = 3, body: str = UNREADABLE["newer shape"]) -> "Poisoned":
        """Replace the session's fact at this index (negative: from the end) by an unreadable body."""
        query = "SELECT position, body::text AS body FROM ledger WHERE session_id = $1::text::uuid ORDER BY position"
        found = (await self.fetch(query, session))[place]
        await self.say(session, found["position"], body)
        return Poisoned(self, session, found["position"], found["body"])

    async def say(self, session: str, position: int, body: str) -> None:
        """Give the session's fact at this position this body."""
        change = "UPDATE ledger SET body = $3::text::json WHERE session_id = $1::text::uuid AND position = $2"
        await self.run(change, session, position, body)


class Poisoned:
    """A fact that cannot be read, and its original body."""

    def __init__(self, owner: Owner, session: str, position: int, body: str) -> None:
        self._owner = owner
        self._session = session
        self.position = position
        self._body = body

    async def heal(self) -> None:
        """Restore the original body, as if a release knew its shape."""
        await self._owner.say(self._session, self.position, self._body)
