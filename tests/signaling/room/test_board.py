"""The live board shows each client's billable time so far, and where they are."""

from domain.policy import Policy
from signaling import messages as m
from signaling.room import board
from signaling.room.room import Room
from tests.signaling import stories
from tests.signaling.stories import arrival, at

NAMES = {"pat": "Pat", "sam": "Sam", "dana": "Dana"}


def rows(room: Room, minutes: float, elsewhere: frozenset[str] = frozenset()) -> dict[str, m.ClientAttendance]:
    room.know(NAMES)
    counted = board.count(room, Policy(), elsewhere, at(minutes))
    return {row.person: row for row in counted.clients}


def test_minutes_run_from_admission_while_the_client_is_here() -> None:
    room = stories.group()
    assert rows(room, 31)["pat"].credited_s == 1800
    assert rows(room, 31)["pat"].state == "present"
    assert rows(room, 32)["pat"].credited_s == 1860


def test_each_client_is_somewhere() -> None:
    room = stories.lobby()
    assert rows(room, 5)["pat"].state == "waiting"
    assert rows(room, 5)["sam"].state == "not_here"
    room.drop("pat-phone", at(6))
    assert rows(room, 7)["pat"].state == "away"


def test_the_lobby_decides_lateness_and_the_policy_what_is_late() -> None:
    room = stories.lobby()
    room.enter(arrival("sam-phone"), at(15))
    assert (rows(room, 20)["sam"].late_s, rows(room, 20)["sam"].late) == (900, False)
    room.enter(arrival("lee-phone"), at(15.02))
    assert (rows(room, 20)["lee"].late_s, rows(room, 20)["lee"].late) == (901, True)


def test_a_client_in_another_room_too_is_marked() -> None:
    assert rows(stories.group(), 5, frozenset({"pat"}))["pat"].elsewhere


def test_staff_see_how_the_others_see_a_client() -> None:
    board = rows(stories.group(), 5)
    assert (board["pat"].label, board["sam"].label) == ("Pat", None)


def test_staff_are_not_counted() -> None:
    assert set(rows(stories.group(), 5)) == {"pat", "sam"}
