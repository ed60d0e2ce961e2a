"""A small language for stories: each line is one event.

    timeline('''
        09:00 dana joins as facilitator
        09:00 pat joins
        09:10 pat leaves
    ''')

People: `waits`, `joins` (waits and is admitted), `is admitted`, `is returned`, `is seen`, `leaves`, `is lost` or
`is lost, last seen 09:08`, `is removed`, `is ended`, `moves to blue`. `on phone` names a second device, and `as
facilitator` a role for `waits` and `joins`. The room: `session starts`, `session ends`, `session is extended to
10:30`, `break starts`, `break ends`, `room opens, epoch 2`, `room closes`. Staff: `session is cancelled`, `session is
reinstated`, `pat is judged sent_away`, `pat is excused`, `pat is unexcused`, and, by dana and approved by ruth, `pat is
credited 09:05 to 09:10`, `pat is uncredited 09:05 to 09:10`. The day is 15 September 2026, in UTC.
"""

import re
from datetime import UTC, datetime, time

from domain.attendance.facts import SessionFacts
from domain.events.attendance import AbsenceExcused, AbsenceUnexcused, AttendanceCorrected
from domain.events.catalogue import AnyEvent
from domain.events.room import (
    ArrivalJudged,
    BreakEnded,
    BreakStarted,
    ConnectionAdmitted,
    ConnectionClosed,
    ConnectionMoved,
    ConnectionOpened,
    ConnectionReturned,
    ConnectionSeen,
    RoomClosed,
    RoomOpened,
    SessionEnded,
    SessionExtended,
    SessionStarted,
)
from domain.events.schedule import PolicyReference, SessionCancelled, SessionPlanned, SessionReinstated
from domain.ledger.streams import numbered
from domain.policy import Policy

DAY = datetime(2026, 9, 15, tzinfo=UTC)
CLOSES = {"leaves": "left", "is lost": "lost", "is removed": "removed", "is ended": "ended"}
ACTS = {
    "session starts": SessionStarted,
    "session ends": SessionEnded,
    "break starts": BreakStarted,
    "break ends": BreakEnded,
}
OF_THE_PLAN = {"session is cancelled": SessionCancelled, "session is reinstated": SessionReinstated}
_LINE = re.compile(
    r"(?P<at>\S+) (?P<who>\w+) (?P<what>joins|waits|leaves|is admitted|is returned|is seen|is lost|is removed|is ended"
    r"|moves to \w+)( on (?P<device>\w+))?( as (?P<role>\w+))?(, last seen (?P<seen>\S+))?$"
)
_CORRECTED = re.compile(r"(?P<at>\S+) (?P<who>\w+) is (?P<op>credited|uncredited) (?P<start>\S+) to (?P<end>\S+)$")
_STAFF = re.compile(r"(?P<at>\S+) (?P<who>\w+) is (?P<what>judged|excused|unexcused)( (?P<verdict>\w+))?$")
_ROOM = re.compile(
    r"(?P<at>\S+) (?P<what>session starts|session ends|session is cancelled|session is reinstated"
    r"|session is extended to|break starts|break ends"
    r"|room opens, epoch|room closes)( (?P<rest>\S+))?$"
)


def clock(text: str) -> datetime:
    """The instant `09:00` or `09:00:30` on the day of the story; the suffix `+1` means the next day."""
    moment = time.fromisoformat(text.removesuffix("+1"))
    return datetime.combine(DAY.replace(day=16 if text.endswith("+1") else 15), moment, UTC)


def timeline(story: str) -> list[AnyEvent]:
    """The events of a story. Line 1 gives the event with id `l1`, and `l1.admitted` too if somebody joins."""
    parser, lines = _Parser(), [line.strip() for line in story.strip().splitlines()]
    return [event for number, line in enumerate(lines, 1) for event in parser.parse(number, line)]


def session(story: str, start: str, end: str, policy: Policy | None = None, **plan: object) -> SessionFacts:
    """The session of a story; its id is G unless the plan names another."""
    name = plan.pop("session", "G")
    reference = PolicyReference(id="story", version=1, digest="")
    fields = {"kind": "group", "timezone": "UTC"} | plan
    planned = SessionPlanned(
        id="plan", at=DAY, session=name, start=clock(start), end=clock(end), policy=reference, **fields
    )
    return SessionFacts(id=name, plan=planned, policy=policy or Policy(), events=timeline(story))


class _Parser:
    """Parses lines; it remembers each person's connection and the room's epoch."""

    def __init__(self) -> None:
        self.latest: dict[str, str] = {}
        self.epoch = 0

    def parse(self, number: int, line: str) -> list[AnyEvent]:
        for pattern, read in (
            (_CORRECTED, self._corrected),
            (_STAFF, self._staff),
            (_ROOM, self._room),
            (_LINE, self._person),
        ):
            if match := pattern.match(line):
                return read(number, match.groupdict())
        raise ValueError(f"a story has no such line: {line}")

    def _who(self, number: int, at: str, part: str = "") -> dict:
        seq = numbered(self.epoch, number * 10 + bool(part))
        return {"id": f"l{number}{part}", "seq": seq, "at": clock(at)}

    def _person(self, number: int, said: dict) -> list[AnyEvent]:
        device = f"{said['who']}-{said['device'] or 'laptop'}"
        if said["what"] in ("joins", "waits"):
            self.latest[device] = f"{device}-{number}"
        about = {"connection": self.latest.get(device, device), **self._who(number, said["at"])}
        match said["what"]:
            case "joins":
                return [self._opened(about, said), ConnectionAdmitted(**(about | self._admitted(number, said["at"])))]
            case "waits":
                return [self._opened(about, said)]
            case "is admitted":
                return [ConnectionAdmitted(**about)]
            case "is returned":
                return [ConnectionReturned(**about)]
            case "is seen":
                return [ConnectionSeen(**about)]
            case "leaves" | "is lost" | "is removed" | "is ended" as how:
                last_seen = clock(said["seen"]) if said["seen"] else None
                return [ConnectionClosed(**about, cause=CLOSES[how], last_seen=last_seen)]
            case moves:
                return [ConnectionMoved(**about, to=moves.removeprefix("moves to "))]

    def _admitted(self, number: int, at: str) -> dict:
        return self._who(number, at, ".admitted")

    @staticmethod
    def _opened(about: dict, said: dict) -> ConnectionOpened:
        return ConnectionOpened(**about, person=said["who"], role=said["role"] or "client")

    def _room(self, number: int, said: dict) -> list[AnyEvent]:
        if said["what"] == "room opens, epoch":
            self.epoch = int(said["rest"])
            return [RoomOpened(**self._who(number, said["at"]), node="n", epoch=self.epoch)]
        about = self._who(number, said["at"])
        if said["what"] in OF_THE_PLAN:
            return [OF_THE_PLAN[said["what"]](**about | {"seq": number})]
        match said["what"]:
            case "session is extended to":
                return [SessionExtended(**about, until=clock(said["rest"]))]
            case "room closes":
                return [RoomClosed(**about, count=number)]
            case act:
                return [ACTS[act](**about)]

    def _staff(self, number: int, said: dict) -> list[AnyEvent]:
        about = {**self._who(number, said["at"]), "person": said["who"]}
        match said["what"]:
            case "judged":
                return [ArrivalJudged(**about, verdict=said["verdict"])]
            case "excused":
                return [AbsenceExcused(**about)]
            case _:
                return [AbsenceUnexcused(**about)]

    def _corrected(self, number: int, said: dict) -> list[AnyEvent]:
        op = "add" if said["op"] == "credited" else "remove"
        span = {"start": clock(said["start"]), "end": clock(said["end"])}
        about = {"id": f"l{number}", "seq": number, "at": clock(said["at"])}
        return [AttendanceCorrected(**about, **span, person=said["who"], op=op, by="dana", approved_by="ruth")]
