"""One service at a time (step 8): when a person is credited in two sessions at once, one session keeps the seconds."""

from collections.abc import Sequence
from typing import NamedTuple

from domain.attendance.session import ClientAttendance, GivenUp, SessionAttendance
from domain.instants import second
from domain.spans import intersect, subtract


class _Participation(NamedTuple):
    """One client in one session."""

    session: SessionAttendance
    client: ClientAttendance

    @property
    def session_id(self) -> str:
        return self.session.facts.id


def mark_doubles(sessions: Sequence[SessionAttendance]) -> None:
    """Mark each client with the other sessions that credit them the same seconds."""
    for doubled in _doubly_attended(sessions):
        for one in doubled:
            for other in doubled:
                if one is not other and intersect(one.client.earned, other.client.earned):
                    one.client.also_in.add(other.session_id)


def give_up_doubles(sessions: Sequence[SessionAttendance]) -> None:
    """Leave each doubly credited second to the session with precedence, even if that session's seconds are held."""
    for doubled in _doubly_attended(sessions):
        kept: list[_Participation] = []
        for one in sorted(doubled, key=_precedence):
            for keeper in kept:
                _give_up(one.client, keeper)
            kept.append(one)


def _give_up(client: ClientAttendance, keeper: _Participation) -> None:
    doubled = intersect(client.credited, keeper.client.credited)
    if doubled:
        client.lost_to.append(GivenUp(keeper.session_id, doubled))
        client.credited = subtract(client.credited, doubled)


def _doubly_attended(sessions: Sequence[SessionAttendance]) -> list[list[_Participation]]:
    if len(sessions) < 2:
        return []
    by_person: dict[str, list[_Participation]] = {}
    for session in sessions:
        for person, client in session.clients.items():
            if client.earned:
                by_person.setdefault(person, []).append(_Participation(session, client))
    return [each for each in by_person.values() if len(each) > 1]


def _precedence(one: _Participation) -> tuple[bool, bool, int, int, str]:
    plan, lobby_at = one.session.facts.plan, one.client.lobby_at
    return (not plan.pull_out, lobby_at is None, lobby_at or 0, second(plan.start), one.session_id)
