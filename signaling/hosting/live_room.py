"""One live room's shell: a mailbox in, effects out, and one task that alone touches the room.

Effects wait in an outbox: each leaves once the facts recorded before it are on disk.
"""

import asyncio
import logging
from collections.abc import Mapping
from datetime import datetime
from typing import assert_never

import msgspec

from domain.access.tickets import RESUME_GRACE, Resume
from domain.errors import Refusal, RoomsUnavailable
from domain.ledger.streams import room_stream
from domain.policy import Policy
from signaling import messages as m
from signaling.hosting.audience import Audience
from signaling.hosting.mail import Ask, Closed, Drop, Enter, Learn, Mail, RoomMail, Seen, Stop, Tick
from signaling.hosting.mediator import Mediator
from signaling.hosting.services import NodeServices
from signaling.hosting.stream import Stream
from signaling.journal import journal
from signaling.media.engine import Lost, MediaEvent, PicturesRefused, Published, Unpublished, VoicesChanged, Witnessed
from signaling.room import board
from signaling.room.connections import Arrival
from signaling.room.effects import (
    AcceptMedia,
    AskForSign,
    CloseRoom,
    Disconnect,
    Effect,
    KeepDraft,
    KeepEvidence,
    LeaveMedia,
    PublishMedia,
    Record,
    RestartMedia,
    Send,
    SubscribeMedia,
    ViewMedia,
)
from signaling.room.learning import call_off, is_cancelled, learn, recheck
from signaling.room.requests import receive
from signaling.room.room import Room
from store.room.liveness import Liveness

log = logging.getLogger(__name__)

MAILBOX = 1_000
"""Messages that may wait for the room; when it is full, a socket's reader waits, so TCP slows the sender down."""
OUTBOX = 10_000
"""Effects that may wait for the disk; when it is full, the room itself waits."""
BOARD_SECONDS, NEWS_SECONDS = 5.0, 1.0
"""Seconds between two boards for staff: while nothing happens, and while facts arrive."""
INTERNAL_ERROR = m.Refused(code="internal_error", sentence="Something went wrong on our side. Please try again.")


class LiveRoom:
    """A room that runs on this node, in one epoch."""

    def __init__(
        self, room: Room, clinic: str, names: Mapping[str, str], policy: Policy, services: NodeServices
    ) -> None:
        self.room = room
        self.stream = room_stream(room.session, room.epoch)
        self._facts = Stream(self.stream, clinic, services.new_id)
        self.mailbox: asyncio.Queue[Mail] = asyncio.Queue(MAILBOX)
        self.clinic = clinic
        room.know(names)
        self._policy = policy
        self._services = services
        self._outbox: asyncio.Queue[tuple[int, Effect]] = asyncio.Queue(OUTBOX)
        self._audience = Audience()
        self._board_at = 0.0
        self._board_facts = 0
        self._rechecked = 0
        self._resumes_until = room.ends
        self._mediator = Mediator(self.stream, services.engine, self._audience.send)

    @property
    def persons(self) -> frozenset[str]:
        """The people who are connected."""
        return frozenset(connection.person for connection in list(self.room.connections.values()))

    @property
    def sign_ins(self) -> frozenset[str]:
        """The sign-ins of the staff who are connected."""
        arrivals = [connection.arrival for connection in list(self.room.connections.values())]
        return frozenset(arrival.sign_in for arrival in arrivals if arrival.sign_in is not None)

    def _sign_in_of(self, connection: str) -> str | None:
        found = self.room.connections.get(connection)
        return None if found is None else found.arrival.sign_in

    async def run(self, opening: list[Effect]) -> None:
        """Run until the room is closed. `opening` are the first effects."""
        await self._services.engine.open_room(self.stream)
        try:
            async with asyncio.TaskGroup() as group:
                others = [
                    group.create_task(self._deliver(), name="room: effects"),
                    group.create_task(self._mediator.run(), name="room: media"),
                ]
                await self.perform(opening)
                while not isinstance(mail := await self.mailbox.get(), Closed):
                    await self._take(mail)
                    await self._renew_resumes()
                for task in others:
                    task.cancel()
        finally:
            self._let_everybody_go()
            await self._services.engine.close_room(self.stream)

    async def _take(self, mail: RoomMail) -> None:
        now = self._services.now()
        match mail:
            case Enter():
                await self._enter(mail, now)
            case Ask():
                await self._ask(mail, now)
            case Seen():
                self.room.witness(mail.connection, mail.at, "socket")
            case Drop():
                self._audience.close(mail.connection)
                await self.perform(self.room.drop(mail.connection, now))
            case Tick():
                await self.perform(self.room.tick(now))
                await self._show_trouble(mail.trouble)
                if self._rechecked != self._services.withdrawals.version:
                    await self._recheck(now)
                self._show_board(mail.elsewhere, now)
            case Learn():
                self.room.call_by(mail.aliases)
                self.room.know(mail.names)
                await self.perform(learn(self.room, mail.events, now))
                if is_cancelled(self.room, self._policy):
                    await self.perform(call_off(self.room, now))
                await self._recheck(now)
            case Stop():
                await self.perform(self.room.move(now))
            case _:
                await self._hear_engine(mail)

    async def _hear_engine(self, event: MediaEvent) -> None:
        match event:
            case Published():
                await self.perform(self.room.publish(event.seat.connection, event.feeds))
            case Unpublished():
                await self.perform(self.room.publish(event.seat.connection, ()))
            case Lost(side="subscribe"):
                await self.perform(self.room.resubscribe(event.seat.connection))
            case Lost():
                self._audience.send(event.seat.connection, m.PublishingLost())
            case VoicesChanged():
                voices = {mid: feed.connection for mid, feed in event.voices.items()}
                self._audience.send(
                    event.seat.connection, m.VoicesChanged(connection_id=event.connection_id, voices=voices)
                )
            case PicturesRefused():
                refused = m.PicturesRefused(connection_id=event.connection_id, mids=event.mids)
                self._audience.send(event.seat.connection, refused)
            case Witnessed():
                self.room.witness(event.seat.connection, event.at, "media")
            case _:
                pass

    async def _recheck(self, now: datetime) -> None:
        """Dismiss everybody whose access was withdrawn."""
        self._rechecked = self._services.withdrawals.version
        await self.perform(recheck(self.room, self._services.withdrawals.of, now))

    async def _show_trouble(self, trouble: str | None) -> None:
        """Show trouble at once, in the pictures that staff saw last: a new picture would wait for the disk."""
        if trouble == self.room.trouble:
            return
        staff = [identity for identity, connection in self.room.connections.items() if connection.is_staff]
        self._audience.show_trouble(staff, trouble)
        await self.perform(self.room.show_trouble(trouble))

    async def _renew_resumes(self) -> None:
        """Send new resumes whenever the session's end has moved."""
        if self._resumes_until != self.room.ends:
            self._resumes_until = self.room.ends
            connected = self.room.connections.items()
            renewed = [(identity, self._resume(connection.arrival)) for identity, connection in connected]
            await self.perform([Send(identity, m.ResumeRenewed(resume=resume)) for identity, resume in renewed])

    def _resume(self, arrival: Arrival) -> str:
        resume = Resume(
            clinic=self.clinic,
            session=self.room.session,
            person=arrival.person,
            role=arrival.role,
            name=arrival.name,
            expires=self.room.ends + RESUME_GRACE,
            link=arrival.link,
            sign_in=arrival.sign_in,
            oversees=arrival.oversees,
            guest_of=arrival.guest_of,
            granted=arrival.granted,
            alias=arrival.alias,
        )
        return self._services.sign_resume(resume)

    async def _enter(self, mail: Enter, now: datetime) -> None:
        try:
            self._services.withdrawals.check(mail.arrival)
            effects = self.room.enter(mail.arrival, now)
        except Refusal as refusal:
            mail.entered.set_exception(refusal)
            return
        welcome = msgspec.structs.replace(mail.welcome, resume=self._resume(mail.arrival))
        self._audience.join(mail.arrival.connection, mail.outgoing)
        records = [effect for effect in effects if isinstance(effect, Record)]
        others = [effect for effect in effects if not isinstance(effect, Record)]
        await self.perform([*records, Send(mail.arrival.connection, welcome), *others])
        mail.entered.set_result(None)

    async def _ask(self, mail: Ask, now: datetime) -> None:
        try:
            self._services.locks.check(self._sign_in_of(mail.connection), mail.request, now)
            effects = receive(self.room, mail.connection, mail.request, now)
        except Refusal as refusal:
            effects = [Send(mail.connection, m.Refused(code=refusal.code, sentence=refusal.sentence))]
        except Exception:  # a bug in one message must not end the evening of a whole room
            log.exception("a message could not be handled", extra={"connection": mail.connection})
            effects = [Send(mail.connection, INTERNAL_ERROR)]
        await self.perform(effects)

    async def perform(self, effects: list[Effect]) -> None:
        """Journal the facts at once; the other effects follow in order, once these are on disk."""
        for effect in effects:
            match effect:
                case Record() | KeepEvidence() if self.room.keeps_nothing:
                    pass  # the room knows it until it closes, and nobody else ever
                case Record():
                    self._services.journal.append(self._facts.fact(effect))
                case KeepDraft():
                    self._services.journal.append(self._services.seal(effect, self.clinic, self.room.session))
                case KeepEvidence():
                    self._services.journal.append(self._evidence(effect))
                case AskForSign():
                    self._audience.ask_for_sign(effect.connection)
                case _:
                    await self._outbox.put((self._services.journal.mark, effect))

    def _evidence(self, effect: KeepEvidence) -> Liveness:
        return Liveness(
            clinic=self.clinic,
            session=self.room.session,
            epoch=self.room.epoch,
            connection=effect.connection,
            last_seen=effect.last_seen,
            witness=effect.witness,
        )

    async def _deliver(self) -> None:
        """Carry out each effect once the facts before it are on disk."""
        while True:
            mark, effect = await self._outbox.get()
            await self._services.journal.flushed(mark)
            match effect:
                case Send():
                    self._audience.send(effect.connection, effect.message)
                case Disconnect():
                    self._audience.close(effect.connection)
                case PublishMedia() | SubscribeMedia() | AcceptMedia() | ViewMedia() | RestartMedia() | LeaveMedia():
                    self._mediator.put(effect)
                case CloseRoom():
                    at = self._services.now()
                    closed = journal.ClosedRoom(self.room.session, self.room.epoch, at, self.clinic)
                    self._services.journal.append(closed)
                    await self.mailbox.put(Closed())
                case Record() | KeepDraft() | KeepEvidence() | AskForSign():
                    raise AssertionError("carried out at once, never queued")
                case _:
                    assert_never(effect)

    def _show_board(self, elsewhere: frozenset[str], now: datetime) -> None:
        staff = [connection for connection in self.room.connections.values() if connection.is_staff]
        wait = BOARD_SECONDS if len(self.room.facts) == self._board_facts else NEWS_SECONDS
        due = now.timestamp() >= self._board_at + wait
        if not staff or not due or self.room.keeps_nothing:
            return
        self._board_at, self._board_facts = now.timestamp(), len(self.room.facts)
        counted = board.count(self.room, self._policy, elsewhere, now)
        for connection in staff:
            self._audience.send(connection.identity, counted)

    def _let_everybody_go(self) -> None:
        self._audience.close_all()
        while not self.mailbox.empty():
            mail = self.mailbox.get_nowait()
            if isinstance(mail, Enter) and not mail.entered.done():
                mail.entered.set_exception(RoomsUnavailable())
