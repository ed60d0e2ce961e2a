"""Dated acts: past and future, in any order, they give one way through the program."""

import itertools
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import InvalidInput
from domain.programs.acts import Act, ActKind, State, Withdrawal, in_force, last_day, phase_on, replay, standing

MONDAY = date(2026, 11, 2)
NOW = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)


def act(kind: ActKind, day: int, number: int = 0, phase: str | None = None) -> Act:
    phase = phase or {"admitted": "one", "readmitted": "one", "phase": "two"}.get(kind)
    return Act(
        id=f"{kind}-{day}-{number}", enrolment="pats", kind=kind, from_on=MONDAY + timedelta(days=day),
        number=number, phase=phase, recorded_at=NOW,
    )  # fmt: skip


def states(acts: Sequence[Act], days: int) -> str:
    """One letter a day from the first Monday on: ahead, present, leave (l), discharged."""
    letters: dict[State, str] = {"ahead": "a", "present": "p", "on_leave": "l", "discharged": "d"}
    stretches = replay(acts)
    return "".join(letters[standing(stretches, MONDAY + timedelta(days=day))] for day in range(days))


def test_a_way_from_admission_to_discharge_and_back() -> None:
    acts = [act("admitted", 1), act("leave", 3), act("returned", 5), act("discharged", 7), act("readmitted", 9)]
    assert states(acts, 11) == "appl" + "lppdd" + "pp"
    assert last_day(replay(acts)) is None
    assert last_day(replay(acts[:4])) == MONDAY + timedelta(days=6), "the day of discharge is no day of the program"


def test_a_phase_holds_from_its_day_on() -> None:
    stretches = replay([act("admitted", 0), act("phase", 4)])
    phases = [phase_on(stretches, MONDAY + timedelta(days=day)) for day in (-1, 0, 3, 4, 40)]
    assert phases == ["one", "one", "one", "two", "two"]


def test_who_is_admitted_and_discharged_on_one_day_was_never_in() -> None:
    assert states([act("admitted", 1), act("discharged", 1, 1)], 3) == "add"


def test_an_act_that_was_withdrawn_does_not_count() -> None:
    gone = msgspec.structs.replace(act("discharged", 2), withdrawn=Withdrawal(by="ruth", at=NOW))
    assert states([act("admitted", 0), gone], 4) == "pppp"


@pytest.mark.parametrize(
    "acts",
    [
        [act("leave", 0)],
        [act("admitted", 0), act("returned", 2)],
        [act("admitted", 0), act("admitted", 2, 1)],
        [act("admitted", 0), act("readmitted", 2)],
        [act("admitted", 0), act("discharged", 2), act("leave", 3)],
        [act("admitted", 0), act("discharged", 2), act("discharged", 3)],
        [act("admitted", 5), act("discharged", 2)],
    ],
)
def test_acts_that_contradict_are_refused(acts: list[Act]) -> None:
    with pytest.raises(InvalidInput, match="Choose another day") as refused:
        replay(acts)
    assert refused.value.path == "$.from_on"


KINDS: tuple[ActKind, ...] = ("admitted", "phase", "leave", "returned", "discharged", "readmitted")
ACTS = st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 12)), max_size=7)


def recorded(wanted: Sequence[tuple[ActKind, int]]) -> list[Act]:
    """Record the acts one after the other, as staff would: those that contradict what stands are refused."""
    kept = [act("admitted", 0)]
    for number, (kind, day) in enumerate(wanted, start=1):
        with_it = [*kept, act(kind, day, number, phase=f"phase-{number}" if kind in ("phase", "readmitted") else None)]
        try:
            replay(with_it)
        except InvalidInput:
            continue
        kept = with_it
    return kept


def day_by_day(acts: Sequence[Act], days: int) -> list[tuple[State, str | None]]:
    """A second opinion that walks the calendar and knows no stretches."""
    found: list[tuple[State, str | None]] = []
    state: State = "ahead"
    phase = None
    for day in range(days):
        for one in sorted(acts, key=lambda act: act.number):
            if one.from_on == MONDAY + timedelta(days=day):
                to: dict[ActKind, State] = {
                    "leave": "on_leave", "discharged": "discharged", "phase": state,
                }  # fmt: skip
                state, phase = to.get(one.kind, "present"), one.phase or phase
        found.append((state, phase))
    return found


@given(ACTS, st.data())
def test_acts_give_one_way_in_whatever_order_they_are_read(
    wanted: list[tuple[ActKind, int]], data: st.DataObject
) -> None:
    acts = recorded(wanted)
    assert replay(data.draw(st.permutations(acts))) == replay(acts)
    expected = day_by_day(acts, 14)
    stretches = replay(acts)
    days = [MONDAY + timedelta(days=day) for day in range(14)]
    assert [(standing(stretches, day), phase_on(stretches, day)) for day in days] == expected


@given(ACTS)
def test_recording_acts_on_other_days_first_gives_the_same_way(wanted: list[tuple[ActKind, int]]) -> None:
    """When no two acts share a day, the order of recording makes no difference at all."""
    acts = recorded([each for i, each in enumerate(wanted) if each[1] not in {day for _, day in wanted[:i]} | {0}])
    renumbered = [msgspec.structs.replace(one, number=-one.number) for one in acts]
    assert replay(renumbered) == replay(acts)


@given(ACTS, st.data())
def test_a_withdrawal_gives_the_way_without_the_act(wanted: list[tuple[ActKind, int]], data: st.DataObject) -> None:
    acts = recorded(wanted)
    gone = data.draw(st.integers(0, len(acts) - 1))
    without = [one for i, one in enumerate(acts) if i != gone]
    marked = [msgspec.structs.replace(acts[gone], withdrawn=Withdrawal(by=None, at=NOW)), *without]
    assert in_force(marked) == in_force(without)


@given(ACTS)
def test_stretches_follow_each_other_without_a_gap(wanted: list[tuple[ActKind, int]]) -> None:
    stretches = replay(recorded(wanted))
    for one, following in itertools.pairwise(stretches):
        assert one.ends_on == following.starts_on - timedelta(days=1)
    assert stretches[-1].ends_on is None
