"""Group size: how many clients a payer allows, and which seconds cannot be billed when there were more."""

import msgspec

from domain.attendance.session import ClientAttendance, SessionAttendance
from domain.policy import GroupLimit
from domain.spans import Spans, crowded, intersect


class Crowding(msgspec.Struct):
    """How full one session was, against the limits of its clients' payers."""

    participants: int
    """The clients with credited time."""
    limits: dict[str | None, GroupLimit]
    """By payer, in a group."""
    over: dict[int, Spans]
    """By limit: the seconds with more clients admitted than it allows."""

    def holds(self, client: ClientAttendance) -> bool:
        """Whether the client's payer limits the distinct clients, and more than that have credited time."""
        limit = self._limit(client, "distinct")
        return limit is not None and self.participants > limit and bool(client.credited)

    def unbilled(self, client: ClientAttendance) -> Spans:
        """The client's credited seconds in which more clients were in the room than their payer allows at once."""
        limit = self._limit(client, "concurrent")
        return [] if limit is None else intersect(client.credited, self.over[limit])

    def _limit(self, client: ClientAttendance, counting: str) -> int | None:
        limit = self.limits.get(client.payer)
        return limit.group_max if limit is not None and limit.group_count == counting else None


def crowding(session: SessionAttendance) -> Crowding:
    """Count the clients with credited time, and find the seconds that exceed a concurrent limit."""
    clients = session.clients.values()
    payers = {client.payer for client in clients} if session.facts.plan.kind == "group" else set()
    limits = {payer: session.facts.policy.group_limit(payer) for payer in payers}
    concurrent = {limit.group_max for limit in limits.values() if limit.group_count == "concurrent"}
    connected = [client.presence.connected for client in clients] if concurrent else []
    over = {limit: crowded(connected, limit) for limit in concurrent if limit is not None}
    return Crowding(sum(bool(client.credited) for client in clients), limits, over)
