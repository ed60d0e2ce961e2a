"""The room's promises about evidence without a goodbye: from silent devices, and on a node that was asleep."""

from datetime import timedelta

from domain.attendance.facts import SessionFacts
from domain.attendance.reasons import error_s
from domain.attendance.session import work_out
from domain.events.room import ConnectionClosed
from domain.instants import second
from domain.ledger.streams import LEASE
from domain.policy import Policy
from signaling import messages as m
from signaling.room.requests import receive
from tests.signaling.stories import PLAN, at, facts, group

SILENT = timedelta(seconds=15)


def test_the_end_of_a_session_proves_nothing_about_a_client_who_fell_silent_before() -> None:
    room = group()
    room.witness("pat-phone", at(30), "media")
    room.witness("dana-laptop", at(30) + SILENT, "media")
    receive(room, "dana-laptop", m.EndSession(), at(30) + SILENT)
    attended = work_out(SessionFacts(id="evening", plan=PLAN, policy=Policy(), events=room.facts), None)
    (stay,) = attended.clients["pat"].presence.stays
    proved_until = max(stay.end - error_s(stay, attended.window.end), second(at(30)))
    assert min(stay.end, proved_until) == second(at(30))


def test_messages_that_a_node_reads_after_a_sleep_are_no_evidence_for_that_sleep() -> None:
    room = group()
    room.witness("pat-phone", at(30), "socket")
    room.tick(at(30))
    room.witness("pat-phone", at(31), "socket")
    lost, _ = facts(room.drop("pat-phone", at(31)))
    assert isinstance(lost, ConnectionClosed)
    assert lost.last_seen is not None and lost.last_seen <= at(30) + LEASE
