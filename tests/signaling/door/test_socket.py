"""A joined socket: its heartbeats are answered and its silence is found; no person's mistake disturbs the room."""

import asyncio
import contextlib
from datetime import timedelta
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed

from domain.events.room import ConnectionClosed as Closed
from runtime.clock import now
from tests.waiting import eventually


async def test_every_heartbeat_is_answered_with_its_own_clock(door: Any) -> None:
    async with door.enter("pat") as pat:
        await pat.hear("welcomed")
        for clock in ("2026-03-04T23:00:00Z", "2026-03-04T23:00:05Z"):
            await pat.say(type="heartbeat", clock=clock)
            assert (await pat.hear("heartbeat_heard"))["clock"] == clock


async def test_a_socket_that_dies_is_a_loss_dated_at_its_last_evidence(door: Any, recorded: Any) -> None:
    async with door.enter("dana", "facilitator") as dana, door.socket() as pat:
        await pat.say(type="join", ticket=door.ticket("pat"))
        welcomed = await pat.hear("welcomed")
        await dana.say(type="start_session")
        before = now()
        pat.socket.transport.abort()
        (closed,) = await eventually(recorded(Closed))
    assert (closed.connection, closed.cause) == (welcomed["connection"], "lost")
    assert closed.last_seen is not None
    assert closed.last_seen <= before + timedelta(seconds=0.1)


async def test_a_socket_that_only_falls_silent_is_found_lost_within_fifteen_seconds(door: Any, recorded: Any) -> None:
    async with door.enter("dana", "facilitator") as dana, door.enter("pat") as pat:
        welcomed = await pat.hear("welcomed")
        await dana.say(type="start_session")
        pat.socket.transport.pause_reading()
        (closed,) = await eventually(recorded(Closed), 20)
        assert (closed.connection, closed.cause) == (welcomed["connection"], "lost")
        assert closed.at - closed.last_seen <= timedelta(seconds=15)
        await dana.say(type="heartbeat", clock=now())
        await dana.see(waiting=[])
        pat.socket.transport.abort()  # a reader that has stopped would wait long for a goodbye


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ('{"type":"fly"}', "invalid_input"),
        ('{"type":"heartbeat","clock":"2026-09-15T22:00:00Z","admin":true}', "invalid_input"),
        ('{"type":"heartbeat","clock":7}', "invalid_input"),
        ('{"type":"heartbeat"}', "invalid_input"),
        ("[1, 2]", "invalid_input"),
        ("{", "bad_message"),
        (b"{}", "bad_message"),
        ('{"type":"save_note","text":"' + "x" * 66_000 + '"}', "too_large"),
        ('{"type":"join","ticket":"again"}', "already_joined"),
        ('{"type":"end_session"}', "forbidden"),
        ('{"type":"publish","offer":"v=0"}', "not_admitted"),
    ],
)
async def test_a_bad_message_gets_a_sentence_and_the_connection_lives(
    door: Any, message: str | bytes, code: str
) -> None:
    async with door.enter("pat") as pat:
        await pat.hear("welcomed")
        await pat.socket.send(message)
        refused = await pat.hear("refused")
        assert (refused["code"], refused["closing"]) == (code, False)
        await pat.say(type="set_devices", microphone=True, camera=False)
        await pat.hear("room_changed")


@pytest.mark.parametrize("data", ["x" * 300_000, b"\xff\xfe"])
async def test_unreadable_data_ends_its_own_socket_alone(door: Any, data: str | bytes) -> None:
    async with door.enter("dana", "facilitator") as dana:
        await dana.hear("welcomed")
        async with door.enter("pat") as pat:
            await pat.hear("welcomed")
            with contextlib.suppress(ConnectionClosed):
                await pat.socket.send(data, text=True)
                async with asyncio.timeout(5):
                    while True:
                        await pat.socket.recv()
            assert pat.socket.close_code in (1007, 1009)
        await dana.say(type="start_session")
        await dana.see(phase="live")


@pytest.mark.parametrize("written", ["𝕻", "\\ud835\\udd7b", "\\u0001", "ß", "x"])
async def test_a_note_of_the_greatest_length_fits_the_frame(door: Any, written: str) -> None:
    """In any script, and with any JSON escapes."""
    save = '{"type":"save_note","client":null,"kind":"progress","revision":7,"text":"TEXT"}'
    async with door.enter("dana", "facilitator") as dana:
        await dana.hear("welcomed")
        await dana.socket.send(save.replace("TEXT", written * 48_000))
        assert (await dana.hear("note_saved"))["revision"] == 7
        await dana.socket.send(save.replace("TEXT", written * 48_001))
        assert (await dana.hear("refused"))["code"] == "invalid_input"
