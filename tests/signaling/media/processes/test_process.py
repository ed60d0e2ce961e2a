"""A media process carries out requests, survives their failures, and ends with its line."""

import asyncio
import socket

import pytest

from domain.errors import MediaRefused
from signaling.media import fake
from signaling.media.engine import FeedId, Seat, TileSize
from signaling.media.fake import FakeMedia
from signaling.media.processes import control
from signaling.media.processes.control import Begin, Begun, Call, Reply
from signaling.media.processes.process import carry_out, serve
from signaling.media.transport.peers import Listening

PAT, DANA = Seat("evening", "pat"), Seat("evening", "dana")
BEGIN = Begin(Listening("127.0.0.1", 0, ("127.0.0.1",)), 30.0, "info", "text")


async def test_each_request_is_one_method_of_the_engine() -> None:
    engine = FakeMedia()
    await carry_out(engine, control.OpenRoom("evening"))
    assert (await carry_out(engine, control.Publish(PAT, fake.OFFER))).answer == fake.ANSWER
    wants = (FeedId("pat", "audio"),)
    offer = (await carry_out(engine, control.Subscribe(DANA, wants, fresh=False))).offer
    assert offer is not None
    await carry_out(engine, control.Accept(DANA, offer.id, fake.ANSWER))
    again = (await carry_out(engine, control.Restart(DANA))).offer
    assert again is not None
    assert again.connection_id == offer.connection_id
    await carry_out(engine, control.ViewTiles(DANA, ((FeedId("pat", "video"), TileSize(1, 2)),)))
    assert engine.tiles[DANA] == {FeedId("pat", "video"): TileSize(1, 2)}
    assert set((await carry_out(engine, control.CountPackets("evening"))).statistics) == {"pat", "dana"}
    await carry_out(engine, control.Leave(PAT))
    assert set((await carry_out(engine, control.CountPackets("evening"))).statistics) == {"dana"}
    await carry_out(engine, control.CloseRoom("evening"))
    with pytest.raises(MediaRefused):
        await carry_out(engine, control.Restart(DANA))
    await engine.close()


async def test_a_process_answers_in_order_and_ends_with_its_line() -> None:
    here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
    serving = asyncio.ensure_future(serve(there))
    reader, writer = await asyncio.open_unix_connection(sock=here)
    writer.write(control.frame(BEGIN))
    begun = await control.read(reader, control.from_process)
    assert isinstance(begun, Begun)
    assert begun.port > 0
    writer.write(control.frame(Call(1, control.Publish(PAT, "hello"))))
    writer.write(control.frame(Call(2, control.OpenRoom("evening"))))
    refused = await control.read(reader, control.from_process)
    assert isinstance(refused, Reply)
    assert refused.number == 1
    assert refused.refusal == "This room is not open."
    assert await control.read(reader, control.from_process) == Reply(2)
    writer.close()
    await asyncio.wait_for(serving, 5)


async def test_a_process_without_a_begin_message_ends() -> None:
    here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
    here.close()
    await asyncio.wait_for(serve(there), 5)
