"""The sockets of locked sign-ins: they are there, and do nothing else."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.access.standing import LOCKS_AFTER
from domain.errors import Locked
from signaling import messages as m
from signaling.hosting.locks import Locks
from store.access.sign_ins import Idle

SIX = datetime(2026, 11, 23, 18, tzinfo=UTC)
NOTE = m.SaveNote(client=None, kind="progress", revision=1, text="…")
BEING_THERE = (
    m.Leave(), m.Heartbeat(clock=SIX), m.Publish(offer=""), m.Accept(offer_id=1, answer=""), m.Resubscribe(),
    m.View(cameras={}, screens={}), m.SetDevices(microphone=False, camera=False),
)  # fmt: skip
ACTS = (
    NOTE, m.StartSession(), m.EndSession(), m.ExtendSession(until=SIX), m.StartBreak(), m.EndBreak(), m.AdmitAll(),
    m.Admit(person="p"), m.ReturnToLobby(person="p"), m.Remove(person="p"), m.Readmit(person="p"),
)  # fmt: skip


def heard(*, active: datetime = SIX, locked: datetime | None = None) -> Locks:
    locks = Locks()
    locks.learn([Idle(id="danas", active_at=active, locked_at=locked)])
    return locks


@pytest.mark.parametrize("request_", ACTS, ids=lambda one: type(one).__name__)
def test_a_locked_sign_in_does_nothing_in_the_room(request_: m.Request) -> None:
    with pytest.raises(Locked):
        heard().check("danas", request_, SIX + LOCKS_AFTER)


@pytest.mark.parametrize("request_", BEING_THERE, ids=lambda one: type(one).__name__)
def test_a_locked_sign_in_stays_is_heard_and_leaves(request_: m.Request) -> None:
    heard().check("danas", request_, SIX + LOCKS_AFTER)


def test_a_node_locks_by_itself_when_the_time_has_come() -> None:
    heard().check("danas", NOTE, SIX + LOCKS_AFTER - timedelta(seconds=1))
    with pytest.raises(Locked):
        heard(locked=SIX).check("danas", NOTE, SIX)


def test_input_and_a_confirmation_move_the_lock() -> None:
    locks = heard()
    locks.learn([Idle(id="danas", active_at=SIX + LOCKS_AFTER, locked_at=None)])
    locks.check("danas", NOTE, SIX + LOCKS_AFTER)


def test_clients_and_sign_ins_of_which_nothing_is_known_are_open() -> None:
    heard().check(None, NOTE, SIX + LOCKS_AFTER)
    heard().check("another", NOTE, SIX + LOCKS_AFTER)
