"""The bench of the ledger runs from end to end, at sizes too small to measure time."""

import asyncio
import os

import pytest
from rich.console import Console

from bench.ledger.__main__ import run
from bench.ledger.sizes import Sizes

TINY = Sizes(
    rows=100, rounds=1, clinics=2, sockets=2, rooms=2, messages=10, arrivals=12, leaves=2, people=4,
    storm_seconds=0.2, curve=(10,), media_curve=(5,), curve_seconds=0.2, flood_people=4, flood_seconds=0.2, events=100,
    requests=2, again=2, minutes=0.01,
)  # fmt: skip


@pytest.mark.timeout(300)  # it starts a dozen processes, one after the other
async def test_every_measure_has_its_line() -> None:
    environ = dict(os.environ)  # noqa: TID251  the processes it starts need this environment
    figures = await asyncio.to_thread(run, TINY, environ, Console(quiet=True))
    assert [figure.what for figure in figures] == [
        "journal → Postgres",
        "… of 2 clinics at once",
        "leave → hour total visible",
        "join storm: 4 people in 0.2 s, knock → admitted",
        "… 10 joins/s for 0.2 s",
        "… 5 joins/s for 0.2 s, knock → media connected",
        "knock → admitted in quiet rooms",
        "… beside a flooder at 5,000 messages/s on another core",
        "… age of the node's lease meanwhile",
        "… processor of the node",
        "… memory of the node",
        "memory of the server while people come and go for 0.01 min",
        "memory of the node while people come and go for 0.01 min",
        "memory of the worker while people come and go for 0.01 min",
        "socket open → welcomed, Postgres present",
        "… Postgres slow",
        "… Postgres away",
        "socket message → committed",
        "a ticket beside 132 facts",
        "an attendance page beside 132 facts",
        "the list of today beside 132 facts",
        "a page of the feed beside 132 facts",
        "closing of a day with 132 facts of one clinic",
        "rebuild of all projections from 132 events",
    ]
    assert "0 failures; " in figures[3].figure
