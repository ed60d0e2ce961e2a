"""The vocabulary for stories about a room."""

from datetime import UTC, datetime, timedelta

from domain.events.schedule import PolicyReference, Role, RosterEntry, SessionPlanned
from signaling import messages as m
from signaling.media.engine import FeedId
from signaling.room.connections import Arrival
from signaling.room.effects import Effect, Record, Send
from signaling.room.requests import receive
from signaling.room.room import Room

SIX = datetime(2026, 9, 15, 22, 0, tzinfo=UTC)
END = SIX + timedelta(hours=3, minutes=15)
PLAN = SessionPlanned(
    at=SIX - timedelta(days=1),
    session="evening",
    kind="group",
    timezone="America/New_York",
    start=SIX,
    end=END,
    policy=PolicyReference("evening-sud", 1, "digest"),
    roster=(RosterEntry("pat"), RosterEntry("sam"), RosterEntry("dana", "facilitator")),
)


def at(minutes: float) -> datetime:
    """This many minutes past six."""
    return SIX + timedelta(minutes=minutes)


def arrival(connection: str, replaces: str | None = None) -> Arrival:
    """`pat-phone` is Pat, on a phone; Dana is the facilitator."""
    person = connection.split("-", maxsplit=1)[0]
    role: Role = "facilitator" if person == "dana" else "client"
    return Arrival(connection, person, f"{person}-tonight", role, person.title(), replaces)


def people(shown: m.RoomChanged) -> list[str]:
    """Who is in the room, by person, in a picture for staff."""
    return [one.identity.person if one.identity else "" for one in shown.participants]


def facts(effects: list[Effect]) -> list[object]:
    """The recorded facts, without their numbers."""
    return [effect.event for effect in effects if isinstance(effect, Record)]


def sent_to(effects: list[Effect], connection: str) -> list[m.NodeMessage]:
    return [effect.message for effect in effects if isinstance(effect, Send) and effect.connection == connection]


def picture(effects: list[Effect], connection: str) -> m.RoomChanged:
    """The last picture of the room that a connection was sent."""
    return [message for message in sent_to(effects, connection) if isinstance(message, m.RoomChanged)][-1]


def all_give_a_sign(room: Room, now: datetime) -> None:
    """Everybody's browser answers a ping."""
    for connection in room.connections:
        room.witness(connection, now, "socket")


def lobby() -> Room:
    """Dana is present and has started; Pat waits on a phone."""
    room = Room(PLAN)
    room.open("node-a", {}, at(-10))
    room.enter(arrival("dana-laptop"), at(-5))
    receive(room, "dana-laptop", m.StartSession(), at(0))
    room.enter(arrival("pat-phone"), at(0))
    return room


def group() -> Room:
    """Dana and Pat are in the room, and send media."""
    room = lobby()
    receive(room, "dana-laptop", m.Admit(person="pat"), at(1))
    room.publish("dana-laptop", (FeedId("dana-laptop", "audio"),))
    room.publish("pat-phone", (FeedId("pat-phone", "audio"), FeedId("pat-phone", "video")))
    return room
