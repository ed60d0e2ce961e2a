"""Between one room and the media engine: one request at a time, in order; answers go back to the browsers."""

import asyncio
import logging
from collections.abc import Callable

from domain.errors import MediaRefused
from signaling import messages as m
from signaling.effects import AcceptMedia, LeaveMedia, PublishMedia, RestartMedia, SubscribeMedia, ViewMedia
from signaling.media.engine import MediaEngine, Offer, Seat

log = logging.getLogger(__name__)

MediaEffect = PublishMedia | SubscribeMedia | AcceptMedia | ViewMedia | RestartMedia | LeaveMedia
WAITING = 1_000
"""Requests that may wait for the engine; a room of fifteen never has more than a few. Only leaving may wait beyond."""


class Mediator:
    """The engine's one caller for one room."""

    def __init__(self, room: str, engine: MediaEngine, tell: Callable[[str, m.Told], None]) -> None:
        self._room = room
        self._engine = engine
        self._tell = tell
        self._waiting: asyncio.Queue[MediaEffect] = asyncio.Queue()
        self._subscriptions: dict[str, SubscribeMedia] = {}
        self._views: dict[str, ViewMedia] = {}

    def put(self, effect: MediaEffect) -> None:
        """Queue a request; of several subscriptions or views of one connection, only the newest is carried out.

        A connection that asks faster than the engine answers is refused.
        """
        if isinstance(effect, ViewMedia):
            waits = effect.connection in self._views
            self._views[effect.connection] = effect
            if waits:
                return
        if isinstance(effect, SubscribeMedia):
            older = self._subscriptions.get(effect.connection)
            fresh = effect.fresh or (older is not None and older.fresh)
            self._subscriptions[effect.connection] = SubscribeMedia(effect.connection, effect.wants, fresh)
            if older is not None:
                return
        if self._waiting.qsize() >= WAITING and not isinstance(effect, LeaveMedia):
            self._forget(effect)
            self._refuse(effect.connection, MediaRefused())
            return
        self._waiting.put_nowait(effect)

    def _forget(self, effect: MediaEffect) -> None:
        if isinstance(effect, SubscribeMedia):
            self._subscriptions.pop(effect.connection, None)
        elif isinstance(effect, ViewMedia):
            self._views.pop(effect.connection, None)

    async def run(self) -> None:
        """Carry requests out, for as long as the task runs; one that fails is the browser's to repeat."""
        while True:
            effect = await self._waiting.get()
            try:
                await self._carry_out(effect)
            except MediaRefused as refusal:
                self._refuse(effect.connection, refusal)
            except Exception:  # one seat's failure must not silence the room
                log.exception("the media engine failed", extra={"connection": effect.connection})
                self._refuse(effect.connection, MediaRefused())

    def _refuse(self, connection: str, refusal: MediaRefused) -> None:
        self._tell(connection, m.Refused(code=refusal.code, sentence=refusal.sentence))

    async def _carry_out(self, effect: MediaEffect) -> None:
        seat = Seat(self._room, effect.connection)
        match effect:
            case PublishMedia():
                answer = await self._engine.publish(seat, effect.offer)
                self._tell(effect.connection, m.Answered(answer=answer))
            case SubscribeMedia():
                newest = self._subscriptions.pop(effect.connection, effect)
                offer = await self._engine.subscribe(seat, newest.wants, fresh=newest.fresh)
                self._tell_offer(effect.connection, offer)
            case AcceptMedia():
                await self._engine.accept(seat, effect.offer_id, effect.answer)
            case ViewMedia():
                await self._engine.view(seat, self._views.pop(effect.connection, effect).tiles)
            case RestartMedia():
                offer = await self._engine.restart(seat)
                if offer is None:
                    offer = await self._engine.subscribe(seat, effect.wants, fresh=True)
                self._tell_offer(effect.connection, offer)
            case LeaveMedia():
                await self._engine.leave(seat)

    def _tell_offer(self, connection: str, offer: Offer | None) -> None:
        if offer is not None:
            self._tell(connection, _offered(offer))


def _offered(offer: Offer) -> m.Offered:
    feeds = {mid: m.Feed(connection=feed.connection, kind=feed.kind) for mid, feed in offer.feeds.items()}
    return m.Offered(
        offer_id=offer.id, connection_id=offer.connection_id, sdp=offer.sdp, feeds=feeds, slots=offer.slots
    )
