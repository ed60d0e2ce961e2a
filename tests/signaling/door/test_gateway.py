"""The door: who is admitted, who is refused and why; no person's mistake disturbs the room."""

import asyncio
import contextlib
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from domain.events.room import ConnectionAdmitted, ConnectionOpened
from domain.events.room import ConnectionClosed as Closed
from runtime.clock import new_id, now
from signaling.media.fake import OFFER
from tests.waiting import eventually


async def refusal_of(door: Any, first: str | bytes) -> dict[str, Any]:
    """The door's refusal of a first message."""
    async with door.socket() as stranger:
        await stranger.socket.send(first)
        refused = await stranger.hear("refused")
        with pytest.raises(ConnectionClosed):
            await stranger.socket.recv()
    return refused


async def test_an_evening_by_socket(door: Any, recorded: Any) -> None:
    async with door.enter("dana", "facilitator") as dana, door.enter("pat") as pat:
        welcomed = await pat.hear("welcomed")
        await pat.see(here=False, phase="before")
        await dana.say(type="start_session")
        await dana.say(type="admit", person=door.evening.people["pat"])
        picture = await pat.see(here=True)
        assert {one["label"] for one in picture["participants"]} == {"dana", "pat"}
        await pat.say(type="leave")
        assert (await pat.hear("dismissed"))["cause"] == "left"
    (closed,) = [fact for fact in await eventually(recorded(Closed, 2)) if fact.connection == welcomed["connection"]]
    assert closed.cause == "left"
    (opened,) = [fact for fact in await recorded(ConnectionOpened)() if fact.person == door.evening.people["pat"]]
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


async def test_a_reload_resumes_the_same_person_without_lobby_or_ghost(door: Any, recorded: Any) -> None:
    async with door.enter("dana", "facilitator") as dana:
        async with door.enter("pat") as pat:
            first = await pat.hear("welcomed")
            await dana.say(type="start_session")
            await dana.say(type="admit_all")
            await pat.see(here=True)
        async with door.socket() as again:
            await again.say(type="resume_session", token=first["resume"], replaces=first["connection"])
            second = await again.hear("welcomed")
            assert second["member"] == first["member"]
            assert second["connection"] != first["connection"]
            await again.see(here=True)
            picture = await dana.see(waiting=[])
            devices = {one["identity"]["name"]: one["devices"] for one in picture["participants"]}
            await eventually(recorded(Closed))
            assert len(devices.get("Pat", [])) <= 1
    admitted = await recorded(ConnectionAdmitted)()
    assert [fact.connection for fact in admitted if fact.connection == second["connection"]]


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
async def test_nobody_comes_in_without_a_good_ticket(door: Any, first: str | bytes, code: str) -> None:
    refused = await refusal_of(door, first)
    assert refused["code"] == code
    assert refused["closing"] is True
    assert refused["sentence"].endswith(".")


async def test_a_socket_that_sends_nothing_is_closed(door: Any) -> None:
    async with door.socket() as stranger:
        assert (await stranger.hear("refused"))["code"] == "ticket_missing"


async def test_another_web_page_may_not_open_a_socket(door: Any) -> None:
    with pytest.raises(InvalidStatus):
        async with connect(door.url, origin="https://elsewhere.example"):
            pass


async def test_a_note_is_confirmed_when_it_is_safe(door: Any) -> None:
    async with door.enter("dana", "facilitator") as dana:
        await dana.say(type="save_note", client=None, kind="progress", revision=1, text="A calm start. 🌿")
        assert (await dana.hear("note_saved"))["revision"] == 1


async def test_a_socket_without_a_ticket_cannot_send_long_messages_as_staff_may(door: Any) -> None:
    async with door.socket() as stranger:
        with contextlib.suppress(ConnectionClosed):
            await stranger.socket.send("x" * 300_000)
            async with asyncio.timeout(5):
                while True:
                    await stranger.socket.recv()
        assert stranger.socket.close_code == 1009


async def test_everyone_hears_of_the_end_and_nobody_comes_back(door: Any, recorded: Any) -> None:
    async with door.enter("dana", "facilitator") as dana, door.enter("pat") as pat:
        await pat.hear("welcomed")
        await dana.say(type="end_session")
        assert (await pat.hear("dismissed"))["cause"] == "ended"
        assert (await dana.hear("dismissed"))["cause"] == "ended"
    first = {"type": "join", "ticket": door.ticket("pat")}
    assert (await refusal_of(door, msgspec.json.encode(first).decode()))["code"] == "session_over"
    assert {fact.cause for fact in await eventually(recorded(Closed, 2))} == {"ended"}
