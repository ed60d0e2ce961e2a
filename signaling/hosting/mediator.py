"""Between one room and the media engine: one request at a time, in order; answers go back to the browsers."""

import asyncio
import logging
from collections.abc import Callable

from domain.errors import MediaRefused
from signaling import messages as m
from signaling.media.engine import MediaEngine, Offer, Seat
from signaling.room.effects import AcceptMedia, LeaveMedia, PublishMedia, RestartMedia, SubscribeMedia, ViewMedia

log = logging.getLogger(__name__)

MediaEffect = PublishMedia | SubscribeMedia | AcceptMedia | ViewMedia | RestartMedia | LeaveMedia


class Mediator:
    """The engine's one caller for one room.

    One request of each kind may wait for each connection, the newest. So the size of the room bounds the queue,
    whatever people send.
    """

    def __init__(self, room: str, engine: MediaEngine, send: Callable[[str, m.NodeMessage], None]) -> None:
        self._room = room
        self._engine = engine
        self._send = send
        self._waiting: dict[tuple[str, type[MediaEffect]], MediaEffect] = {}
        """In the order of execution."""
        self._ready = asyncio.Event()

    def __len__(self) -> int:
        return len(self._waiting)

    def put(self, effect: MediaEffect) -> None:
        """Queue a request; it takes the place of a waiting one of its kind. `LeaveMedia` drops all others."""
        if isinstance(effect, LeaveMedia):
            self._waiting = {key: other for key, other in self._waiting.items() if key[0] != effect.connection}
        key = effect.connection, type(effect)
        before = self._waiting.get(key)
        self._waiting[key] = effect if before is None else _newest(before, effect)
        self._ready.set()

    async def _next(self) -> MediaEffect:
        while not self._waiting:
            self._ready.clear()
            await self._ready.wait()
        return self._waiting.pop(next(iter(self._waiting)))

    async def run(self) -> None:
        """Carry out requests, for as long as the task runs. The browser repeats one that fails."""
        while True:
            effect = await self._next()
            try:
                await self._carry_out(effect)
            except MediaRefused as failure:
                self._refuse(effect.connection, failure)
            except Exception:  # one seat's failure must not silence the room
                log.exception("the media engine failed", extra={"connection": effect.connection})
                self._refuse(effect.connection, MediaRefused())

    def _refuse(self, connection: str, failure: MediaRefused) -> None:
        self._send(connection, m.Refused(code="media_refused", sentence=failure.sentence))

    async def _carry_out(self, effect: MediaEffect) -> None:
        seat = Seat(self._room, effect.connection)
        match effect:
            case PublishMedia():
                answer = await self._engine.publish(seat, effect.offer)
                self._send(effect.connection, m.Answered(answer=answer))
            case SubscribeMedia():
                offer = await self._engine.subscribe(seat, effect.wants, fresh=effect.fresh)
                self._send_offer(effect.connection, offer)
            case AcceptMedia():
                await self._engine.accept(seat, effect.offer_id, effect.answer)
            case ViewMedia():
                await self._engine.view(seat, effect.tiles)
            case RestartMedia():
                offer = await self._engine.restart(seat)
                if offer is None:
                    offer = await self._engine.subscribe(seat, effect.wants, fresh=True)
                self._send_offer(effect.connection, offer)
            case LeaveMedia():
                await self._engine.leave(seat)

    def _send_offer(self, connection: str, offer: Offer | None) -> None:
        if offer is not None:
            self._send(connection, _offered(offer))


def _newest(before: MediaEffect, after: MediaEffect) -> MediaEffect:
    """Two requests of one kind combined."""
    match before, after:
        case SubscribeMedia(), SubscribeMedia():
            return SubscribeMedia(after.connection, after.wants, before.fresh or after.fresh)
        case AcceptMedia(), AcceptMedia() if before.offer_id > after.offer_id:
            return before
        case _:
            return after


def _offered(offer: Offer) -> m.Offered:
    feeds = {mid: m.Feed(connection=feed.connection, kind=feed.kind) for mid, feed in offer.feeds.items()}
    return m.Offered(
        offer_id=offer.id, connection_id=offer.connection_id, sdp=offer.sdp, feeds=feeds, slots=offer.slots
    )
