"""Which plans are valid."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import msgspec

from domain.errors import InvalidInput
from domain.events.fact import Span
from domain.events.schedule import Block

LONGEST = timedelta(hours=24)
_YEARS = range(2000, 2200)


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """The times of a session and its parts, as they were requested."""

    starts: datetime
    ends: datetime
    blocks: tuple[Block, ...] = ()
    breaks: tuple[Span, ...] = ()


def checked(plan: Plan) -> Plan:
    """The same plan in UTC, if it is valid.

    Raises:
        InvalidInput: a time is inverted, overlaps or lies outside; names its path.
    """
    instant_in_reach(plan.starts, "$.starts")
    instant_in_reach(plan.ends, "$.ends")
    if plan.ends <= plan.starts:
        raise InvalidInput("The end must come after the start.", "$.ends")
    if plan.ends - plan.starts > LONGEST:
        raise InvalidInput("A session lasts at most 24 hours.", "$.ends")
    blocks = [(block.start, block.end) for block in plan.blocks]
    _check_spans((plan.starts, plan.ends), blocks, "$.blocks[{}].start", "$.blocks[{}].end")
    _check_spans((plan.starts, plan.ends), plan.breaks, "$.breaks[{}][0]", "$.breaks[{}][1]")
    _check_partition(plan)
    return Plan(
        starts=plan.starts.astimezone(UTC),
        ends=plan.ends.astimezone(UTC),
        blocks=tuple(
            Block(block.kind, block.start.astimezone(UTC), block.end.astimezone(UTC)) for block in plan.blocks
        ),
        breaks=tuple((start.astimezone(UTC), end.astimezone(UTC)) for start, end in plan.breaks),
    )


def instant_in_reach(at: datetime, path: str) -> None:
    """Refuse an instant in a year that can only be a mistake, before arithmetic fails on it.

    Raises:
        InvalidInput
    """
    if at.year not in _YEARS:
        raise InvalidInput("That year is out of reach.", path)


def _check_spans(window: Span, spans: Iterable[Span], start_path: str, end_path: str) -> None:
    latest, session_end = window
    for index, (start, end) in enumerate(spans):
        if start < latest:
            raise InvalidInput(
                "It begins before the session or before the end of the one above.", start_path.format(index)
            )
        if end <= start:
            raise InvalidInput("The end must come after the start.", end_path.format(index))
        if end > session_end:
            raise InvalidInput("It ends after the session.", end_path.format(index))
        latest = end


def _check_partition(plan: Plan) -> None:
    """If there are blocks, every second outside breaks must belong to one: otherwise its credit would have no kind."""
    if not plan.blocks:
        return
    reached = plan.starts
    for start, end in sorted([*((block.start, block.end) for block in plan.blocks), *plan.breaks]):
        if start > reached:
            break
        reached = max(reached, end)
    if reached < plan.ends:
        raise InvalidInput("Blocks and breaks together must fill the session.", "$.blocks")
