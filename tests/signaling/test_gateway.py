"""The door: who comes in, who does not and why, and that nobody's mistake disturbs the room."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from domain.events import AnyEvent, ConnectionAdmitted, ConnectionOpened
from domain.events import ConnectionClosed as Closed
from runtime.clock import new_id, now
from signaling.media.fake import OFFER
from store.database import Database
from tests import ledgers
from tests.waiting import eventually

Look = Callable[[], Awaitable[list[Any]]]


@pytest.fixture
def facts(database: Database, evening: Any) -> Callable[..., Look]:
    """What the ledger holds of the evening, of one type."""

    def of(kind: type[AnyEvent], count: int = 1) -> Look:
        async def look() -> list[Any]:
            async with database.transaction() as tx:
                found = [fact.event for fact in await ledgers.of_session(tx, evening.session)]
            wanted = [event for event in found if isinstance(event, kind)]
            return wanted if len(wanted) >= count else []

        return look

    return of


async def refusal_of(door: Any, first: str | bytes) -> dict[str, Any]:
    """What the door says to a first message before it closes."""
    async with door.socket() as stranger:
        await stranger.socket.send(first)
        refused = await stranger.hear("refused")
        with pytest.raises(ConnectionClosed):
            await stranger.socket.recv()
    return refused


async def test_an_evening_by_socket(door: Any, facts: Callable[..., Look]) -> None:
    async with door.enter("dana", "facilitator") as dana, door.enter("pat") as pat:
        welcomed = await pat.hear("welcomed")
        await pat.see(here=False, phase="before")
        await dana.say(type="start_session")
        await dana.say(type="admit", person=door.evening.people["pat"])
        picture = await pat.see(here=True)
        assert {one["name"] for one in picture["participants"]} == {"Dana", "Pat"}
        await pat.say(type="leave")
        assert (await pat.hear("dismissed"))["cause"] == "left"
    (closed,) = [fact for fact in await eventually(facts(Closed, 2)) if fact.connection == welcomed["connection"]]
    assert closed.cause == "left"
    (opened,) = [fact for fact in await facts(ConnectionOpened)() if fact.person == door.evening.people["pat"]]
    assert opened.connection == welcomed["connection"]


async def test_media_reaches_the_others_by_the_engine(door: Any) -> None:
    async with door.enter("dana", "facilitator") as dana, door.enter("pat") as pat:
        await dana.say(type="start_session")
        await pat.hear("welcomed")
        await dana.say(type="admit_all")
        await pat.see(here=True)
        await pat.say(type="publish", offer=OFFER)
        assert (await pat.hear("answered"))["answer"]
        offered = await dana.hear("offered")
        assert {feed["kind"] for feed in offered["feeds"].values()} == {"audio", "video"}
        await dana.say(type="accept", offer_id=offered["offer_id"], answer="v=0\r\n")


async def test_the_live_board_counts_with_the_same_arithmetic(door: Any) -> None:
    async with door.enter("dana", "facilitator") as dana, door.enter("pat") as pat:
        await pat.hear("welcomed")
        await dana.say(type="start_session")
        await dana.say(type="admit_all")

        async def credited() -> bool:
            board = await dana.hear("attendance_counted")
            rows = {row["name"]: row for row in board["clients"]}
            assert rows["sam"]["state"] == "not_here"
            return bool(rows["pat"]["state"] == "present" and rows["pat"]["credited_s"] >= 1)

        await eventually(credited)


async def test_every_heartbeat_is_answered_with_its_own_clock(door: Any) -> None:
    async with door.enter("pat") as pat:
        await pat.hear("welcomed")
        for clock in ("2026-03-04T23:00:00Z", "2026-03-04T23:00:05Z"):
            await pat.say(type="heartbeat", clock=clock)
            assert (await pat.hear("heartbeat_heard"))["clock"] == clock


async def test_a_reload_resumes_the_same_person_without_lobby_or_ghost(door: Any, facts: Callable[..., Look]) -> None:
    async with door.enter("dana", "facilitator") as dana:
        async with door.enter("pat") as pat:
            first = await pat.hear("welcomed")
            await dana.say(type="start_session")
            await dana.say(type="admit_all")
            await pat.see(here=True)
        async with door.socket() as again:
            await again.say(type="resume_session", token=first["resume"], replaces=first["connection"])
            second = await again.hear("welcomed")
            assert second["person"] == first["person"]
            assert second["connection"] != first["connection"]
            await again.see(here=True)
            picture = await dana.see(waiting=[])
            devices = {one["name"]: one["devices"] for one in picture["participants"]}
            await eventually(facts(Closed))
            assert len(devices.get("Pat", [])) <= 1
    admitted = await facts(ConnectionAdmitted)()
    assert [fact.connection for fact in admitted if fact.connection == second["connection"]]


async def test_a_socket_that_dies_is_a_loss_dated_at_its_last_evidence(door: Any, facts: Callable[..., Look]) -> None:
    async with door.enter("dana", "facilitator") as dana, door.socket() as pat:
        await pat.say(type="join", ticket=door.ticket("pat"))
        welcomed = await pat.hear("welcomed")
        await dana.say(type="start_session")
        before = now()
        pat.socket.transport.abort()
        (closed,) = await eventually(facts(Closed))
    assert (closed.connection, closed.cause) == (welcomed["connection"], "lost")
    assert closed.last_seen is not None
    assert closed.last_seen <= before + timedelta(seconds=0.1)


async def test_a_socket_that_only_falls_silent_is_found_lost_within_fifteen_seconds(
    door: Any, facts: Callable[..., Look]
) -> None:
    async with door.enter("dana", "facilitator") as dana, door.enter("pat") as pat:
        welcomed = await pat.hear("welcomed")
        await dana.say(type="start_session")
        pat.socket.transport.pause_reading()
        (closed,) = await eventually(facts(Closed), 20)
        assert (closed.connection, closed.cause) == (welcomed["connection"], "lost")
        assert closed.at - closed.last_seen <= timedelta(seconds=15)
        await dana.say(type="heartbeat", clock=now())
        await dana.see(waiting=[])
        pat.socket.transport.abort()  # who reads nothing would wait long for a goodbye


async def test_a_ticket_admits_once(door: Any) -> None:
    ticket = door.ticket("pat")
    async with door.socket() as pat:
        await pat.say(type="join", ticket=ticket)
        await pat.hear("welcomed")
        refused = await refusal_of(door, msgspec.json.encode({"type": "join", "ticket": ticket}).decode())
    assert refused["code"] == "ticket_used"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"expires": now() - timedelta(seconds=30)}, "ticket_expired"),
        ({"node": "node-z"}, "ticket_for_another_node"),
        ({"session": new_id()}, "not_found"),
    ],
)
async def test_a_ticket_for_another_time_node_or_room_is_refused(door: Any, changes: dict[str, Any], code: str) -> None:
    first = {"type": "join", "ticket": door.ticket("pat", **changes)}
    assert (await refusal_of(door, msgspec.json.encode(first).decode()))["code"] == code


@pytest.mark.parametrize(
    ("first", "code"),
    [
        ('{"type":"join","ticket":"bm9ib2R5.c2lnbmVk"}', "ticket_forged"),
        ('{"type":"join","ticket":"not a ticket"}', "ticket_forged"),
        ('{"type":"resume_session","token":"bm9ib2R5.c2lnbmVk"}', "ticket_forged"),
        ('{"type":"leave"}', "ticket_missing"),
        ('{"type":"join"}', "ticket_missing"),
        ("hello", "ticket_missing"),
        (b"\x00\x01", "ticket_missing"),
    ],
)
async def test_without_a_good_ticket_nobody_comes_in(door: Any, first: str | bytes, code: str) -> None:
    refused = await refusal_of(door, first)
    assert refused["code"] == code
    assert refused["closing"] is True
    assert refused["sentence"].endswith(".")


async def test_who_says_nothing_is_not_waited_for(door: Any) -> None:
    async with door.socket() as stranger:
        assert (await stranger.hear("refused"))["code"] == "ticket_missing"


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
async def test_a_bad_message_is_refused_in_words_and_the_connection_lives(
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
async def test_what_cannot_even_be_read_ends_that_socket_alone(door: Any, data: str | bytes) -> None:
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


async def test_another_web_page_may_not_open_a_socket(door: Any) -> None:
    with pytest.raises(InvalidStatus):
        async with connect(door.url, origin="https://elsewhere.example"):
            pass


async def test_a_note_is_confirmed_when_it_is_safe(door: Any) -> None:
    async with door.enter("dana", "facilitator") as dana:
        await dana.say(type="save_note", client=None, kind="progress", revision=1, text="A calm start. 🌿")
        assert (await dana.hear("note_saved"))["revision"] == 1


@pytest.mark.parametrize("written", ["𝕻", "\\ud835\\udd7b", "\\u0001", "ß", "x"])
async def test_a_note_of_the_greatest_length_fits_the_frame(door: Any, written: str) -> None:
    """In any script, and however its characters are written in JSON."""
    save = '{"type":"save_note","client":null,"kind":"progress","revision":7,"text":"TEXT"}'
    async with door.enter("dana", "facilitator") as dana:
        await dana.hear("welcomed")
        await dana.socket.send(save.replace("TEXT", written * 48_000))
        assert (await dana.hear("note_saved"))["revision"] == 7
        await dana.socket.send(save.replace("TEXT", written * 48_001))
        assert (await dana.hear("refused"))["code"] == "invalid_input"


async def test_who_has_shown_no_ticket_cannot_send_what_staff_may(door: Any) -> None:
    async with door.socket() as stranger:
        with contextlib.suppress(ConnectionClosed):
            await stranger.socket.send("x" * 300_000)
            async with asyncio.timeout(5):
                while True:
                    await stranger.socket.recv()
        assert stranger.socket.close_code == 1009


async def test_the_end_is_told_to_everyone_and_nobody_comes_back(door: Any, facts: Callable[..., Look]) -> None:
    async with door.enter("dana", "facilitator") as dana, door.enter("pat") as pat:
        await pat.hear("welcomed")
        await dana.say(type="end_session")
        assert (await pat.hear("dismissed"))["cause"] == "ended"
        assert (await dana.hear("dismissed"))["cause"] == "ended"
    first = {"type": "join", "ticket": door.ticket("pat")}
    assert (await refusal_of(door, msgspec.json.encode(first).decode()))["code"] == "session_over"
    assert {fact.cause for fact in await eventually(facts(Closed, 2))} == {"ended"}
