"""A session's standing is the fold of its facts in order."""

from domain.events.fact import Event
from domain.events.room import (
    BreakEnded,
    BreakStarted,
    ConnectionAdmitted,
    ConnectionClosed,
    ConnectionOpened,
    ConnectionReturned,
    PersonReadmitted,
    PersonRemoved,
    PersonReturned,
    SessionEnded,
    SessionExtended,
    SessionStarted,
)
from domain.room.standing import Standing
from tests.signaling.stories import END, at


def after(*events: Event) -> Standing:
    standing = Standing()
    for event in events:
        standing.apply(event)
    return standing


OPENED = ConnectionOpened(at=at(0), connection="pat-phone", person="pat", role="client")
ADMITTED = ConnectionAdmitted(at=at(1), connection="pat-phone")


def test_admitted_people_may_come_back_and_returned_people_may_not() -> None:
    assert after(OPENED, ADMITTED).admitted == {"pat"}
    assert after(OPENED, ADMITTED, ConnectionReturned(at=at(2), connection="pat-phone")).admitted == set()


def test_removals_are_remembered_and_losses_are_not() -> None:
    lost = after(OPENED, ADMITTED, ConnectionClosed(at=at(2), connection="pat-phone", cause="lost"))
    assert (lost.admitted, lost.removed, lost.open) == ({"pat"}, set(), {})
    removed = after(OPENED, ADMITTED, ConnectionClosed(at=at(2), connection="pat-phone", cause="removed"))
    assert removed.removed == {"pat"}
    silent = ConnectionClosed(at=at(2), connection="pat-phone", cause="lost", last_seen=at(1), act="removed")
    assert after(OPENED, ADMITTED, silent).removed == {"pat"}


def test_a_removed_person_waits_in_the_lobby_once_staff_readmit_them() -> None:
    removed = after(OPENED, ADMITTED, PersonRemoved(at=at(2), person="pat"))
    assert (removed.removed, removed.admitted) == ({"pat"}, set())
    removed.apply(PersonReadmitted(at=at(3), person="pat"))
    assert (removed.removed, removed.admitted) == (set(), set())


def test_a_person_sent_to_the_lobby_while_away_waits_there() -> None:
    assert after(OPENED, ADMITTED, PersonReturned(at=at(2), person="pat")).admitted == set()


def test_a_person_with_a_revoked_link_may_come_back_with_another() -> None:
    closed = ConnectionClosed(at=at(2), connection="pat-phone", cause="removed", why="link_revoked")
    assert after(OPENED, ADMITTED, closed).removed == set()


def test_facts_about_unopened_connections_change_nothing() -> None:
    assert after(ADMITTED, ConnectionClosed(at=at(2), connection="pat-phone", cause="removed")) == Standing()


def test_the_first_start_and_the_first_end_count_and_no_extension_after_it() -> None:
    standing = after(
        SessionStarted(at=at(0)),
        SessionStarted(at=at(5)),
        SessionExtended(at=at(6), until=END),
        SessionEnded(at=at(190)),
        SessionEnded(at=at(191)),
        SessionExtended(at=at(192), until=at(400)),
    )
    assert (standing.started_at, standing.ended_at, standing.extended_to) == (at(0), at(190), END)


def test_a_break_is_open_until_it_ends() -> None:
    assert after(BreakStarted(at=at(90)), BreakStarted(at=at(91))).break_since == at(90)
    assert after(BreakStarted(at=at(90)), BreakEnded(at=at(105))).break_since is None
