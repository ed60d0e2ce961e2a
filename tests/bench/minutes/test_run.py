"""The bench of the minute runs from end to end, at sizes too small to measure time."""

import asyncio
import os

import pytest
from rich.console import Console

from bench.minutes.__main__ import run
from bench.minutes.run import Different, agree
from bench.minutes.sizes import Sizes

TINY = Sizes(compared=300, rounds=1, restated=300, crowded=300, many_groups=4, clinics=2)


async def test_every_measure_has_its_line_and_core_and_sql_agree() -> None:
    environ = dict(os.environ)  # noqa: TID251  the processes it starts need this environment
    figures = await asyncio.to_thread(run, TINY, environ, Console(quiet=True))
    (facts,) = {figure.what.split()[2] for figure in figures if figure.what.startswith("restatement")}
    assert [figure.what for figure in figures] == [
        "totals from decoded events in memory",
        "… with derivation",
        "the worker over 40 groups of one hour",
        "… over 4 groups of one hour in one clinic",
        "… over 4 groups of one hour in 40 clinics",
        "one worker over 2 clinics",
        "… two workers",
        "… share of their time waiting for locks",
        "fetching facts from Postgres",
        "decoding them",
        f"the worker over {facts} events as they came",
        f"restatement of {facts} events, end to end",
    ]


def test_two_answers_that_differ_end_the_run() -> None:
    with pytest.raises(Different, match="the seconds differ"):
        agree({"a": 1}, {"a": 2}, "the seconds")
