"""What clients and guests are sent of an evening: nobody's legal name beyond the label, and no id that lasts.

An evening of twelve clients, two guests, two observers, a facilitator and bots is recorded at their sockets, frame by
frame, with each engine.
"""

import asyncio
import base64
import re
import uuid
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack, suppress
from copy import copy
from datetime import datetime, timedelta
from typing import Any

import msgspec
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from bots import clip
from bots.bot import Bot
from domain.events.schedule import Role
from runtime import clock
from runtime.settings import SignalingSettings
from signaling.main import serving
from signaling.media.engine import MediaEngine
from signaling.media.janus.engine import JanusEngine
from signaling.media.sfu import BuiltInEngine, Listening
from store.database import Database
from tests.signaling.conftest import Clinic, Door, Evening, Person, found_clinic, plan_evening
from tests.signaling.media.real_janus import SECRET, real_janus
from tests.waiting import eventually

NAMES = {
    "dana": "Dana Whitlocke-Sorensen", "ruth": "Ruth Abernathy", "otto": "Otto Vanderhoeven",
    "mona": "Mona Castellanos", "ivan": "Ivan Petrosyan",
    "pat": "Pat Quillfeather", "kim": "Kim Mastroianni", "max": "Kim Moresby", "sam": "Sam Ellingboe",
    "lee": "Hollingsworth, Lee", "ada": "Ada (Addie) Birtwhistle", "bo": "王小明", "cy": "Cyrus Featherstonehaugh",
    "di": "Diana Örnsköld", "eve": "Eve von Steigerwald", "flo": "Flo.Nightingirl@wobblemail.org",
    "gus": "محمد القحطاني",
}  # fmt: skip
"""Legal names; no word but the first occurs in anything else that the service says."""
ROLES: dict[str, Role] = {
    "dana": "facilitator", "ruth": "observer", "otto": "observer", "mona": "family_member", "ivan": "interpreter",
}  # fmt: skip
LABELS = {
    "Dana W.", "Ruth A.", "Otto V.", "Mona C.", "Ivan P.", "Pat Q.", "Kim M.", "Kim M. 2", "Sam E.", "Lee H.", "Ada B.",
    "王", "Cyrus F.", "Diana Ö.", "Eve S.", "Flo O.", "محمد ا.",
}  # fmt: skip
BOTS = ("pat", "kim", "max")
"""These clients send and receive; the others look on."""
SENT_TO_CLIENTS = {
    "welcomed", "resume_renewed", "heartbeat_heard", "room_changed", "answered", "offered", "refused", "dismissed",
}  # fmt: skip
SHOWN = {word for label in LABELS for word in label.split()}
TOKEN = re.compile(r"eyJ[\w-]+")


def legal(name: str) -> Iterator[str]:
    """What may stand nowhere of a name: all of it, and each of its words but the one that its label shows."""
    yield name
    yield from (word for word in re.findall(r"[^\W\d_]{4,}", name) if word not in SHOWN)


def lasting(person: str) -> Iterator[str]:
    """An id as it may be written."""
    data = uuid.UUID(person).bytes
    yield from (
        person,
        data.hex(),
        base64.b64encode(data).decode(),
        base64.urlsafe_b64encode(data).decode().rstrip("="),
    )


def needles_of(evening: Evening, people: Iterable[str]) -> set[str]:
    return {
        needle.casefold() for person in people for needle in (*legal(NAMES[person]), *lasting(evening.people[person]))
    }


def texts_of(frame: str | bytes) -> Iterator[str]:
    """A frame as text, and as text what its tokens say."""
    text = frame.decode(errors="replace") if isinstance(frame, bytes) else frame
    yield str(msgspec.json.decode(text)).casefold()
    yield text.casefold()
    for token in TOKEN.findall(text):
        yield base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)).decode().casefold()


def without_tokens(frame: str | bytes) -> str:
    return TOKEN.sub("", frame if isinstance(frame, str) else frame.decode(errors="replace"))


def found(needles: Iterable[str], frames: Iterable[str | bytes]) -> list[str]:
    """The needles that stand in any of these frames."""
    everything = "\n".join(text for frame in frames for text in texts_of(frame))
    return sorted(needle for needle in needles if needle in everything)


class Recorder:
    """Stands between people and the node, and keeps every frame that the node sends, by whose it is."""

    def __init__(self, node: str) -> None:
        self._node = node
        self.url = ""
        self.sent: dict[str, list[str | bytes]] = {}
        self._upstream: dict[str, ClientConnection] = {}

    async def handle(self, socket: ServerConnection) -> None:
        who = socket.request.path.strip("/") if socket.request else ""
        async with connect(self._node) as upstream, asyncio.TaskGroup() as both:
            self._upstream[who] = upstream
            passing_on = both.create_task(self._pass_on(socket, upstream))
            with suppress(ConnectionClosed):
                async for frame in upstream:
                    self.sent.setdefault(who, []).append(frame)
                    await socket.send(frame)
            await socket.close()
            passing_on.cancel()

    async def _pass_on(self, socket: ServerConnection, upstream: ClientConnection) -> None:
        with suppress(ConnectionClosed):
            async for frame in socket:
                await upstream.send(frame)
        await upstream.close()

    async def say(self, who: str, **message: Any) -> None:
        """Put in a word of somebody's page."""
        await self._upstream[who].send(msgspec.json.encode(message).decode())

    def kinds(self, who: str) -> Counter[str]:
        return Counter(msgspec.json.decode(frame)["type"] for frame in self.sent.get(who, []))

    def last_picture(self, who: str) -> dict[str, Any]:
        heard = map(msgspec.json.decode, self.sent.get(who, []))
        return next((one for one in reversed([*heard]) if one["type"] == "room_changed"), {})


@pytest.fixture
async def clinic(database: Database) -> Clinic:
    return await found_clinic(database, NAMES)


@pytest.fixture
async def evening(database: Database, clinic: Clinic) -> Evening:
    return await plan_evening(database, clinic)


@pytest.fixture(params=["built-in", "janus"])
async def engine(request: pytest.FixtureRequest) -> AsyncIterator[MediaEngine]:
    if request.param == "built-in":
        yield await BuiltInEngine.start(Listening("127.0.0.1", 0, ("127.0.0.1",)), clock.now)
    else:
        with real_janus() as janus:
            yield await JanusEngine.start([janus.url], SECRET, clock.now)


@pytest.fixture
async def real_door(
    engine: MediaEngine, node_settings: SignalingSettings, database: Database, evening: Evening
) -> AsyncIterator[Door]:
    """The evening's node, with an engine that carries media."""
    async with serving(node_settings, engine, database) as port:
        yield Door(port, evening)
    await engine.close()


@pytest.fixture
async def recorder(real_door: Door) -> AsyncIterator[Recorder]:
    recorder = Recorder(real_door.url)
    async with serve(recorder.handle, "127.0.0.1", 0) as server:
        recorder.url = f"ws://127.0.0.1:{next(iter(server.sockets)).getsockname()[1]}"
        yield recorder


def ticket(door: Door, person: str) -> str:
    changes = {"name": NAMES[person], "oversees": person == "ruth"}
    return door.ticket(person, ROLES.get(person, "client"), **changes)


class Seats:
    """Everybody at their seats, through the recorder."""

    def __init__(self, door: Door, recorder: Recorder, stack: AsyncExitStack, tasks: asyncio.TaskGroup) -> None:
        self._door, self.recorder, self._stack, self._tasks = door, recorder, stack, tasks
        self.bots: dict[str, Bot] = {}

    async def sit(self, person: str, device: str = "") -> Person:
        """Somebody who looks on; what they are sent is read as it comes."""
        socket = await self._stack.enter_async_context(connect(f"{self.recorder.url}/{person}{device}"))
        await Person(socket).say(type="join", ticket=ticket(self._door, person))
        self._tasks.create_task(_drain(socket))
        return Person(socket)

    def sit_bot(self, person: str) -> None:
        bot = self.bots[person] = Bot(clip.make(len(self.bots)), clock.now, subscribes=True, beat_seconds=0.5)
        self._tasks.create_task(bot.sit(f"{self.recorder.url}/{person}", ticket(self._door, person)))

    async def heard(self, who: str, kind: str, times: int = 1) -> None:
        async def look() -> bool:
            return self.recorder.kinds(who)[kind] >= times

        await eventually(look, 30)


async def _drain(socket: ClientConnection) -> None:
    with suppress(ConnectionClosed):
        async for _ in socket:
            pass


async def everybody_comes(seats: Seats, people: dict[str, str]) -> None:
    """Staff start and let everybody in; Pat sees all, and receives what bots send."""
    dana = await seats.sit("dana")
    await dana.say(type="start_session")
    for person in NAMES:
        if person in BOTS:
            seats.sit_bot(person)
        elif person != "dana":
            await seats.sit(person)
        await seats.heard(person, "welcomed")
    await dana.say(type="admit_all")
    for guest in ("mona", "ivan"):
        await dana.say(type="admit", person=people[guest])

    async def pat_sees_all_and_receives() -> bool:
        shown = {one["label"] for one in seats.recorder.last_picture("pat").get("participants", [])}
        return shown >= LABELS and len(seats.bots["pat"].received) >= 2

    await eventually(pat_sees_all_and_receives, 60)


async def everything_happens(seats: Seats, people: Mapping[str, str]) -> None:
    """All of which clients are sent anything: refusals, breaks, sendings out, returns, more time, the end."""
    recorder = seats.recorder
    await seats.sit("pat", "-phone")
    await recorder.say("pat", type="admit", person=people["sam"])
    await recorder.say("pat", type="remove", person=people["sam"])
    await recorder.say("pat", type="publish", offer="no offer")
    await seats.heard("pat", "refused", 3)
    gone = await seats.sit("gus", "-laptop")
    await gone.socket.close()
    for request in (
        {"type": "start_break"},
        {"type": "return_to_lobby", "person": people["kim"]},
        {"type": "remove", "person": people["lee"]},
        {"type": "readmit", "person": people["lee"]},
        {"type": "end_break"},
        {"type": "admit_all"},
    ):
        await recorder.say("dana", **request)
    await seats.heard("lee", "dismissed")
    ends = datetime.fromisoformat(recorder.last_picture("dana")["ends"])
    await recorder.say("dana", type="extend_session", until=(ends + timedelta(minutes=15)).isoformat())
    await seats.heard("pat", "resume_renewed")
    await seats.heard("pat", "heartbeat_heard", 2)
    await seats.heard("dana", "attendance_counted")
    await recorder.say("dana", type="end_session")
    for who in ("pat", "dana"):
        await seats.heard(who, "dismissed")


async def test_no_frame_names_anybody_or_has_an_id_that_lasts(
    real_door: Door, recorder: Recorder, evening: Evening
) -> None:
    async with AsyncExitStack() as stack, asyncio.TaskGroup() as tasks:
        seats = Seats(real_door, recorder, stack, tasks)
        await everybody_comes(seats, evening.people)
        await everything_happens(seats, evening.people)
    assert recorder.kinds("pat").keys() >= SENT_TO_CLIENTS
    for who, frames in recorder.sent.items():
        person = who.partition("-")[0]
        if person not in ("dana", "ruth"):
            assert found(needles_of(evening, NAMES.keys() - {person}), frames) == [], who
            own = needles_of(evening, [person])
            assert found(own, map(without_tokens, frames)) == [], "one's own are in one's own resume alone"
    known = {NAMES["pat"].casefold(), evening.people["pat"], NAMES["mona"].casefold(), evening.people["mona"]}
    for who in ("dana", "ruth"):
        assert found(known, recorder.sent[who]) == sorted(known), "needles would be found: staff are sent both"


async def seen(person: Person, count: int) -> dict[str, str]:
    """Labels by member, once so many people are shown."""
    while len(shown := (await person.hear("room_changed"))["participants"]) < count:
        pass
    return {one["member"]: one["label"] for one in shown}


async def shown_to_pat(door: Door, others: Iterable[str]) -> tuple[dict[str, str], str]:
    """Labels by member as Pat sees them, and Pat's own member, when these came in this order."""
    async with AsyncExitStack() as stack:

        async def come(person: str) -> Person:
            arrived = await stack.enter_async_context(door.enter(person, ROLES.get(person, "client")))
            await arrived.hear("room_changed")
            return arrived

        dana = await come("dana")
        await dana.say(type="start_session")
        for person in others:
            await come(person)
        pat = await stack.enter_async_context(door.enter("pat"))
        member = (await pat.hear("welcomed"))["member"]
        await dana.say(type="admit_all")
        return await seen(pat, 4), member


async def test_the_same_people_have_other_ids_in_another_session(
    door_of: Callable[[], AbstractAsyncContextManager[Door]], database: Database, clinic: Clinic
) -> None:
    async with door_of() as tonight:
        tomorrow = copy(tonight)
        tomorrow.evening = await plan_evening(database, clinic)
        first, pat = await shown_to_pat(tonight, ["kim", "max"])
        second, pat_again = await shown_to_pat(tomorrow, ["kim", "max"])
    assert len(first.keys() | second.keys()) == 8
    assert pat in first and pat_again in second
    assert sorted(first.values()) == sorted(second.values()) == ["Dana W.", "Kim M.", "Kim M. 2", "Pat Q."]


async def test_everybody_has_the_same_id_and_label_when_they_come_back_to_another_epoch(
    door_of: Callable[[], AbstractAsyncContextManager[Door]],
) -> None:
    async with door_of() as door:
        before = await shown_to_pat(door, ["kim", "max"])
    async with door_of() as door:
        assert await shown_to_pat(door, ["max", "kim"]) == before
