"""A session's facts are made ready for the arithmetic, or it is set aside with the first fact that prevents that."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import msgspec

from domain.attendance.credit import attendance
from domain.errors import NotFound
from domain.events.catalogue import AnyEvent
from domain.events.schedule import PolicyReference, RosterEntry, SessionPlanned
from domain.policy import Policy
from domain.projection.gathering import Gathered, LedgerFact, Reading, finality_of, projected, read
from domain.projection.neighbours import LONGEST_WINDOW
from tests.domain.timeline import clock, session

CLINIC, SESSION = "00000000-0000-7000-8000-00000000000c", "00000000-0000-7000-8000-0000000000a5"
PAT = "00000000-0000-7000-8000-000000000001"
POLICY = Policy(late_cutoff_s=60)
REFERENCE = PolicyReference(id="evening", version=1, digest="d1")
PLAN = SessionPlanned(
    id="plan", seq=1, at=clock("08:00"), session=SESSION, program="iop", kind="group", timezone="UTC",
    start=clock("09:00"), end=clock("10:00"), policy=REFERENCE, roster=(RosterEntry(PAT), RosterEntry("no id")),
)  # fmt: skip
STORY = session("09:00 dana joins as facilitator\n10:00 dana leaves\n10:00 session ends", "09:00", "10:00").events


def policy_of(digest: str) -> Policy:
    if digest != REFERENCE.digest:
        raise NotFound
    return POLICY


def reading(events: Sequence[AnyEvent | None]) -> Reading:
    """The reading of a session with facts at positions 11, 12, …; None is an unreadable fact."""
    facts = [LedgerFact(position, event) for position, event in enumerate(events, 11)]
    return read(CLINIC, SESSION, facts, policy_of)


def gathered(events: Sequence[AnyEvent | None]) -> Gathered:
    """The gathered session, if it can be worked out."""
    found = reading(events).gathered
    assert found is not None
    return found


def test_a_planned_session_has_its_policy_last_position_and_clients() -> None:
    found, aside = reading([PLAN, *STORY])
    assert found is not None and aside is None
    assert (found.facts.policy, found.facts.plan, list(found.facts.events)) == (POLICY, PLAN, [PLAN, *STORY])
    assert found.through_position == 11 + len(STORY)
    assert (found.extent.start, found.extent.end, found.extent.clients) == (PLAN.start, PLAN.end, {PAT})


def test_a_session_without_a_plan_is_neither_worked_out_nor_set_aside() -> None:
    assert reading(STORY) == (None, None)


def test_an_unreadable_fact_sets_the_session_aside_and_the_rest_is_read() -> None:
    found, aside = reading([PLAN, None, *STORY, None])
    assert found is not None and aside is not None
    assert (aside.position, aside.reason, aside.extent) == (12, "fact_unreadable", found.extent)
    assert list(found.facts.events) == [PLAN, *STORY]


def test_a_plan_that_is_too_long_is_left_out_but_reported_after_unreadable_facts() -> None:
    endless = msgspec.structs.replace(PLAN, id="endless", end=PLAN.start + LONGEST_WINDOW + timedelta(seconds=1))
    found, aside = reading([endless, PLAN])
    assert found is not None and aside is not None
    assert (found.facts.plan, aside.position, aside.reason) == (PLAN, 11, "window_too_long")
    _, aside = reading([endless, PLAN, None])
    assert aside is not None and (aside.position, aside.reason) == (13, "fact_unreadable")
    found, aside = reading([endless])
    assert found is None and aside is not None and aside.extent is None


def test_a_plan_with_an_unknown_policy_sets_the_session_aside() -> None:
    strange = msgspec.structs.replace(PLAN, policy=msgspec.structs.replace(REFERENCE, digest="d2"))
    found, aside = reading([*STORY, strange])
    assert found is None and aside is not None
    assert (aside.position, aside.reason) == (11 + len(STORY), "policy_unknown")
    assert aside.extent is not None and aside.extent.clients == {PAT}
    _, aside = reading([strange, None])
    assert aside is not None and aside.reason == "fact_unreadable"


def test_a_record_is_final_once_its_statements_are_due() -> None:
    found = gathered([PLAN, *STORY])
    record = attendance([found.facts])[SESSION]
    due_at = finality_of(found, record).due_at
    early, late = (projected(found, record, at) for at in (due_at - timedelta(seconds=1), due_at))
    assert (early.final, late.final) == (False, True)
    assert (late.program, late.policy, late.week) == ("iop", REFERENCE, clock("09:00").date() - timedelta(days=2))
    assert (late.reach, late.through_position, late.record) == ((PLAN.start, PLAN.end), 11 + len(STORY), record)


def test_a_record_with_missing_facts_is_not_final() -> None:
    found = msgspec.structs.replace(gathered([PLAN, *STORY]), epochs_held=1)
    record = attendance([found.facts])[SESSION]
    assert not projected(found, record, datetime(2100, 1, 1, tzinfo=UTC)).final
