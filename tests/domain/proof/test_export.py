"""Exported sessions can be worked out again, and tampering shows."""

from collections.abc import Callable

import msgspec
import pytest

from domain.attendance.credit import attendance
from domain.errors import InvalidInput
from domain.events.catalogue import encode
from domain.events.schedule import PolicyReference
from domain.ledger import chain
from domain.policy import digest
from domain.proof import export
from domain.proof.export import Export, ExportedFact, ExportedSession
from tests.domain.timeline import clock, session, timeline

STORY = """
08:59 room opens, epoch 1
09:00 dana joins as facilitator
09:00 pat joins
09:40 pat is lost, last seen 09:39
10:00 dana leaves
"""
POLICY = """{"type": "attendance", "id": "p", "version": 1, "title": "t", "confirm": "c", "sources": [],
"effective_from": "2026-01-01", "attendance": {"late_cutoff_s": 60}}"""


def exported() -> Export:
    story = session(STORY, "09:00", "10:00")
    plan = msgspec.structs.replace(story.plan, seq=1, policy=PolicyReference("p", 1, digest(POLICY.encode())))
    facts = chained("plan:G", [plan]) + chained("room:G:1", timeline(STORY))
    return Export(session="G", events=tuple(facts), policies=(POLICY,))


def chained(stream: str, events: list) -> list[ExportedFact]:
    facts, link = [], chain.START
    for event in events:
        body = encode(msgspec.structs.replace(event, session="G"))
        link = chain.link(link, body)
        facts.append(ExportedFact(stream, event.seq, body.decode(), link.hex()))
    return facts


def refusal(whole: Export) -> str:
    with pytest.raises(InvalidInput) as refused:
        export.facts(whole)
    return refused.value.sentence


def test_an_export_is_read_back_and_worked_out_under_its_own_policy() -> None:
    read = export.read(export.encode(exported()))
    (facts,) = export.facts(read)
    assert facts.policy.late_cutoff_s == 60
    assert attendance([facts])["G"].clients["pat"].credited_s == 39 * 60


def test_the_order_of_its_facts_does_not_matter() -> None:
    whole = exported()
    turned = msgspec.structs.replace(whole, events=whole.events[::-1])
    assert attendance(export.facts(turned)) == attendance(export.facts(whole))


def test_overlapping_sessions_come_with_it() -> None:
    whole = exported()
    other = [fact for fact in whole.events if fact.stream == "plan:G"]
    along = msgspec.structs.replace(whole, overlapping=(ExportedSession("G", tuple(other)),))
    assert [facts.id for facts in export.facts(along)] == ["G", "G"]


@pytest.mark.parametrize(
    "tamper",
    [
        lambda facts: facts[:3] + facts[4:],
        lambda facts: [
            *facts[:3],
            msgspec.structs.replace(facts[3], body=facts[3].body.replace("09:00", "08:50")),
            *facts[4:],
        ],
        lambda facts: [*facts[:3], msgspec.structs.replace(facts[3], hash="00" * 32), *facts[4:]],
    ],
    ids=["left out", "altered", "another hash"],
)
def test_a_broken_chain_is_refused_at_the_fact_where_it_breaks(tamper: Callable[[list], list]) -> None:
    whole = exported()
    sentence = refusal(msgspec.structs.replace(whole, events=tuple(tamper(list(whole.events)))))
    assert sentence.startswith("events[3].hash: the chain of room:G:1 does not hold")


def test_a_fact_filed_under_another_number_is_refused() -> None:
    whole = exported()
    facts = [msgspec.structs.replace(fact, seq=fact.seq + 1) for fact in whole.events]
    assert refusal(msgspec.structs.replace(whole, events=tuple(facts))).startswith("events[0].body: ")


def test_missing_parts_are_reported() -> None:
    whole = exported()
    assert refusal(msgspec.structs.replace(whole, policies=())).startswith("policies: the file of p version 1")
    assert refusal(msgspec.structs.replace(whole, events=whole.events[1:])).startswith(
        "events: there is no session.planned"
    )
    spoiled = msgspec.structs.replace(whole.events[0], hash="zz")
    assert refusal(msgspec.structs.replace(whole, events=(spoiled,))) == (
        "events[0].hash: not hexadecimal in small letters"
    )


def test_the_last_plan_is_used() -> None:
    (facts,) = export.facts(exported())
    assert facts.plan.start == clock("09:00")


def test_every_altered_fact_is_reported_and_no_other() -> None:
    whole = exported()
    facts = list(whole.events)
    facts[2] = msgspec.structs.replace(facts[2], body=facts[2].body + " ")
    facts[4] = msgspec.structs.replace(facts[4], hash=facts[4].hash.upper())
    facts[5] = msgspec.structs.replace(facts[5], hash="00" * 32)
    lines = refusal(msgspec.structs.replace(whole, events=tuple(facts))).split("\n")
    assert [line.split(": ")[0] for line in lines] == [
        "events[2].hash", "events[4].hash", "events[5].hash",
    ]  # fmt: skip


def test_a_stream_of_another_session_is_refused() -> None:
    whole = exported()
    facts = [msgspec.structs.replace(fact, stream=fact.stream.replace("plan:G", "plan:H")) for fact in whole.events]
    assert refusal(msgspec.structs.replace(whole, events=tuple(facts))).startswith("events[0].stream: plan:H is no")
