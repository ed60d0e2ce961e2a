"""One socket to Janus: answers find their request, events their handle, and a dead server leaves nobody waiting."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import msgspec
import pytest
from websockets.asyncio.server import ServerConnection, serve

from signaling.media.janus.connection import JanusConnection, JanusGone, opened
from signaling.media.janus.protocol import SUBPROTOCOL, JanusRefused, Said

Answering = Callable[[ServerConnection, dict], Awaitable[None]]


async def answer(socket: ServerConnection, request: dict, **fields: object) -> None:
    said = {"janus": "success", "transaction": request["transaction"], "data": {"id": int(request["transaction"])}}
    await socket.send(msgspec.json.encode(said | fields).decode())


@asynccontextmanager
async def janus_that(answering: Answering) -> AsyncIterator[str]:
    """The address of a server that opens sessions and handles, and gives these answers to other requests."""

    async def converse(socket: ServerConnection) -> None:
        async for frame in socket:
            request = msgspec.json.decode(frame)
            known = request["janus"] in ("create", "attach")
            await (answer(socket, request) if known else answering(socket, request))

    async with serve(converse, "127.0.0.1", 0, subprotocols=[SUBPROTOCOL], close_timeout=0.1) as server:
        yield f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}"


@asynccontextmanager
async def connected_to(answering: Answering) -> AsyncIterator[JanusConnection]:
    async with janus_that(answering) as url, opened(url, "secret") as connection:
        yield connection


async def test_an_acknowledgement_is_not_yet_an_answer() -> None:
    async def acknowledge_first(socket: ServerConnection, request: dict) -> None:
        await answer(socket, request, janus="ack")
        await answer(socket, request, janus="event", plugindata={"data": {"videoroom": "joined"}})

    async with connected_to(acknowledge_first) as connection:
        said = await connection.ask(await connection.attach(lambda _: None), {"request": "join"})
    assert said.room.videoroom == "joined"


async def test_an_acknowledgement_is_enough_as_a_sign_of_life() -> None:
    async def acknowledge(socket: ServerConnection, request: dict) -> None:
        await answer(socket, request, janus="ack")

    async with connected_to(acknowledge) as connection:
        await connection.prove_alive()


async def test_events_go_to_the_handle_they_are_about_until_it_is_detached() -> None:
    async def tell_everybody(socket: ServerConnection, request: dict) -> None:
        for handle in handles:
            await socket.send(msgspec.json.encode({"janus": "hangup", "sender": handle}).decode())
        await socket.send("this is not JSON")
        await answer(socket, request, janus="ack")

    heard: list[tuple[str, Said]] = []
    async with connected_to(tell_everybody) as connection:
        handles = [await connection.attach(lambda said, name=name: heard.append((name, said))) for name in ("a", "b")]
        assert connection.handles == 2
        await connection.prove_alive()
        await connection.detach(handles[0])
        await connection.prove_alive()
    assert [(name, said.sender) for name, said in heard] == [("a", handles[0]), ("b", handles[1])] + [
        ("b", handles[1])
    ] * 2


async def test_every_request_carries_the_secret_and_the_session() -> None:
    requests: list[dict] = []

    async def note(socket: ServerConnection, request: dict) -> None:
        requests.append(request)
        await answer(socket, request)

    async with connected_to(note) as connection:
        await connection.ask_room({"request": "create"})
    assert requests[0]["apisecret"] == "secret"
    assert requests[0]["session_id"] == 1
    assert requests[0]["body"] == {"request": "create"}


async def test_a_refusal_is_raised_where_it_was_asked() -> None:
    async def refuse(socket: ServerConnection, request: dict) -> None:
        await answer(socket, request, janus="error", error={"code": 403, "reason": "Unauthorized (wrong secret 9c1d)"})

    async with connected_to(refuse) as connection:
        with pytest.raises(JanusRefused, match=r"^code 403$"):  # its own text may quote the request
            await connection.ask_room({"request": "create"})


async def test_nobody_waits_for_a_server_that_died() -> None:
    async def die(socket: ServerConnection, _request: dict) -> None:
        socket.transport.abort()

    async with connected_to(die) as connection:
        with pytest.raises(JanusGone):
            await connection.ask_room({"request": "create"})
        await asyncio.wait_for(connection.closed.wait(), 5)
        with pytest.raises(JanusGone):
            await connection.prove_alive()


async def test_a_server_that_is_silent_for_too_long_is_gone() -> None:
    async def say_nothing(_socket: ServerConnection, _request: dict) -> None:
        pass

    async with janus_that(say_nothing) as url, opened(url, "secret", answer_seconds=0.2) as connection:
        with pytest.raises(JanusGone):
            await connection.prove_alive()


async def test_a_port_without_a_listener_is_a_missing_server() -> None:
    with pytest.raises(JanusGone):
        async with opened("ws://127.0.0.1:9", ""):
            pass
