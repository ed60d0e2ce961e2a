"""Generated evenings: the same each time, whole, and of every sort."""

from bench.minutes import core
from bench.minutes.evenings import GROUP, Program, evenings
from domain.attendance.credit import attendance
from domain.events.room import RoomClosed
from domain.events.schedule import PolicyReference, SessionPlanned
from domain.policy import Policy

PROGRAM = Program(PolicyReference(id="p", version=1, digest=""))


def test_they_are_the_same_every_time() -> None:
    assert list(evenings(300, PROGRAM)) == list(evenings(300, PROGRAM))


def test_each_is_whole_and_its_room_is_closed_with_the_right_count() -> None:
    for plan, *room in evenings(500, PROGRAM):
        assert isinstance(plan, SessionPlanned)
        assert isinstance(room[-1], RoomClosed)
        assert room[-1].count == len(room)


def test_people_are_credited_and_some_of_them_were_lost_for_good() -> None:
    sessions = core.in_memory(1_000, Policy())
    clients = [each for facts in sessions for each in attendance([facts])[facts.id].clients.values()]
    assert len(clients) == GROUP * len(sessions)
    assert {each.status for each in clients} == {"present", "partial"}
    assert {flag for each in clients for flag in each.flags} == {"never_closed"}
