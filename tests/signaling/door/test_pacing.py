"""Requests that cost others something wait for their turn, and only the newest of a kind; all others pass at once."""

import asyncio

from signaling import messages as m
from signaling.door.limits import OF_REQUEST, STATES
from signaling.door.pacing import Pacing, newest
from tests.waiting import eventually

BEAT = m.Heartbeat(clock="2026-09-15T22:00:00Z")  # type: ignore[arg-type]


def devices(number: int) -> m.SetDevices:
    return m.SetDevices(microphone=bool(number % 2), camera=True)


async def test_only_the_newest_state_that_waits_is_passed_on() -> None:
    passed: list[m.Request] = []

    async def pass_on(request: m.Request) -> None:
        passed.append(request)

    async with asyncio.TaskGroup() as group:
        pacing = Pacing(group, pass_on)
        taken = [await pacing.take(devices(number)) for number in range(1_001)]
        assert taken == [True] * int(STATES.burst) + [False] * (1_001 - int(STATES.burst))
        assert await pacing.take(BEAT)
        assert await pacing.take(m.Leave())
    assert passed[-3:] == [BEAT, m.Leave(), devices(1_000)]
    assert len(passed) == STATES.burst + 3


async def test_each_kind_has_its_own_pace() -> None:
    passed: list[m.Request] = []

    async def pass_on(request: m.Request) -> None:
        passed.append(request)

    async with asyncio.TaskGroup() as group:
        pacing = Pacing(group, pass_on)
        for number in range(int(OF_REQUEST[m.Publish].burst) + 5):
            await pacing.take(m.Publish(offer=f"v={number}"))
        assert await pacing.take(m.Resubscribe())

        async def last_offer() -> list[m.Request]:
            return [request for request in passed if request == m.Publish(offer="v=9")]

        await eventually(last_offer)
    assert len(passed) == OF_REQUEST[m.Publish].burst + 2


def test_two_requests_together_lose_nothing_that_the_earlier_one_needs() -> None:
    old, new = m.Accept(offer_id=3, answer="v=3"), m.Accept(offer_id=4, answer="v=4")
    assert newest(old, new) == newest(new, old) == new
    broken, astray = m.Resubscribe(), m.Resubscribe(keep=True)
    assert newest(broken, astray) == newest(astray, broken) == broken
    assert newest(astray, astray) == astray
