"""One service at a time (step 8): where a person is credited in two sessions at once, one of them keeps the seconds."""

from collections.abc import Sequence
from typing import NamedTuple

from domain.instants import second
from domain.sitting import Client, Sitting
from domain.spans import intersect, subtract


class _Attended(NamedTuple):
    session: str
    sitting: Sitting
    client: Client


def mark_doubles(sittings: Sequence[Sitting]) -> None:
    """Say of each client in which other sessions they were in service in the same seconds."""
    for attended in _doubly_attended(sittings):
        for one in attended:
            for other in attended:
                if one is not other and intersect(one.client.earned, other.client.earned):
                    one.client.also_in.add(other.session)


def give_up_doubles(sittings: Sequence[Sitting]) -> None:
    """Leave each doubly credited second with the session that keeps it, whether or not its seconds are held."""
    for attended in _doubly_attended(sittings):
        kept: list[_Attended] = []
        for one in sorted(attended, key=_precedence):
            for keeper in kept:
                _give_up(one.client, keeper)
            kept.append(one)


def _give_up(client: Client, keeper: _Attended) -> None:
    doubled = intersect(client.credited, keeper.client.credited)
    if doubled:
        client.lost_to.append((keeper.session, doubled))
        client.credited = subtract(client.credited, doubled)


def _doubly_attended(sittings: Sequence[Sitting]) -> list[list[_Attended]]:
    if len(sittings) < 2:
        return []
    by_person: dict[str, list[_Attended]] = {}
    for sitting in sittings:
        for person, client in sitting.clients.items():
            if client.earned:
                by_person.setdefault(person, []).append(_Attended(sitting.facts.id, sitting, client))
    return [attended for attended in by_person.values() if len(attended) > 1]


def _precedence(attended: _Attended) -> tuple[bool, bool, int, int, str]:
    plan, lobby_at = attended.sitting.facts.plan, attended.client.lobby_at
    return (not plan.pull_out, lobby_at is None, lobby_at or 0, second(plan.start), attended.session)
