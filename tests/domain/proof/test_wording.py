"""Why each second counts or not, in words that a facilitator can read aloud."""

from datetime import UTC, datetime
from typing import get_args

import pytest

from domain.attendance.records import DerivedSpan, Edge, Reason
from domain.instants import second
from domain.proof.wording import length, sentence

START = second(datetime(2026, 9, 15, 22, 42, 10, tzinfo=UTC))
NEW_YORK = "America/New_York"


def span(reason: Reason, seconds: int, known: str = "window", error_s: int = 0, *held: str) -> DerivedSpan:
    return DerivedSpan(Edge(START, known), Edge(START + seconds, "left", error_s), reason, (), held)


@pytest.mark.parametrize(
    ("derived", "words"),
    [
        (span("bridged", 115, "lost"), "18:42:10–18:44:05: lost connection, bridged (1:55 ≤ 2:00)"),
        (span("bridged", 115, "node_lost"), "18:42:10–18:44:05: lost with its server, bridged (1:55 ≤ 2:00)"),
        (span("present", 3_600), "18:42:10–19:42:10: present"),
        (span("left", 60, "removed"), "18:42:10–18:43:10: removed by staff"),
        (span("left", 60), "18:42:10–18:43:10: not here"),
        (span("lost", 60, "lost"), "18:42:10–18:43:10: connection lost"),
        (span("no_facilitator", 60, "left"), "18:42:10–18:43:10: no facilitator in the room"),
        (
            span("present", 60, "admitted", 15),
            "18:42:10–18:43:10: present; its end is known to within 0:15",
        ),
        (
            span("present", 60, "admitted", 0, "late_cutoff", "over_capacity"),
            "18:42:10–18:43:10: present; credited, not billed: came too late, too many in the group",
        ),
    ],
)
def test_the_sentence_for_a_span(derived: DerivedSpan, words: str) -> None:
    assert sentence(derived, NEW_YORK, 120) == words


def test_the_clock_is_the_sessions_own() -> None:
    assert sentence(span("break", 60), "Asia/Kolkata", 120) == "04:12:10–04:13:10: break"


@pytest.mark.parametrize("reason", get_args(Reason))
def test_every_reason_has_words(reason: Reason) -> None:
    said = sentence(span(reason, 60), NEW_YORK, 120).partition(": ")[2]
    assert said
    assert "_" not in said


@pytest.mark.parametrize(("seconds", "said"), [(0, "0:00"), (59, "0:59"), (3_599, "59:59"), (10_725, "2:58:45")])
def test_a_length_is_never_rounded(seconds: int, said: str) -> None:
    assert length(seconds) == said
