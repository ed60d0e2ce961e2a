"""A room sends to each socket; one that does not read is closed, and the others get everything."""

import msgspec

from signaling import messages as m
from signaling.hosting.audience import Audience
from signaling.hosting.outgoing import CAPACITY, Outgoing
from tests.signaling import stories
from tests.signaling.stories import picture

LOST = m.PublishingLost()
TROUBLE = "The server's disk is full."


async def received(outgoing: Outgoing) -> list[dict[str, object]]:
    """All messages that were queued for a closed socket."""
    messages = []
    while (data := await outgoing.next()) is not None:
        messages.append(msgspec.json.decode(data))
    return messages


async def test_a_socket_that_does_not_read_is_closed_and_nothing_more_is_queued_for_it() -> None:
    audience, slow, quick = Audience(), Outgoing(), Outgoing()
    audience.join("pat-phone", slow)
    audience.join("dana-laptop", quick)
    for _ in range(CAPACITY + 5):
        audience.send("pat-phone", LOST)
    audience.send("dana-laptop", LOST)
    audience.close_all()
    assert (len(await received(slow)), len(await received(quick))) == (CAPACITY, 1)


async def test_trouble_is_shown_in_the_picture_that_was_seen_last() -> None:
    audience, dana, pat = Audience(), Outgoing(), Outgoing()
    effects = stories.group().announce()
    for connection, outgoing in (("dana-laptop", dana), ("pat-phone", pat)):
        audience.join(connection, outgoing)
        audience.send(connection, picture(effects, connection))
        await outgoing.next()
    audience.show_trouble(["dana-laptop"], TROUBLE)
    audience.close_all()
    (shown,) = await received(dana)
    seen = picture(effects, "dana-laptop")
    assert msgspec.convert(shown, m.RoomChanged) == msgspec.structs.replace(seen, trouble=TROUBLE)
    assert await received(pat) == []


async def test_trouble_goes_only_to_connections_that_have_seen_a_picture_and_are_still_open() -> None:
    audience, dana = Audience(), Outgoing()
    audience.join("dana-laptop", dana)
    audience.show_trouble(["dana-laptop", "pat-phone"], TROUBLE)
    audience.close("dana-laptop")
    audience.send("dana-laptop", LOST)
    audience.ask_for_sign("dana-laptop")
    assert await received(dana) == []
