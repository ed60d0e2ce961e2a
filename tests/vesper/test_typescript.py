"""The browser's types match the messages and bodies."""

import json

from domain import errors
from vesper import typescript


def test_the_generated_files_match_their_sources() -> None:
    assert typescript.stale() == [], "run `python -m vesper.typescript` and commit its output"


def test_a_message_carries_its_name_as_its_type() -> None:
    assert 'export interface Join {\n  readonly type: "join";\n  readonly ticket: string;\n}' in typescript.protocol()


def test_every_message_is_in_the_union_of_its_direction() -> None:
    protocol = typescript.protocol()
    asked, sent = protocol.split("export type Request =")[1].split("export type NodeMessage =")
    assert "| ResumeSession\n" in asked
    assert "| Dismissed;" in sent


def test_fields_that_the_browser_may_omit_are_optional_and_fields_that_it_receives_are_not() -> None:
    api = typescript.api()
    assert "readonly link?: string | null;" in api
    assert "readonly revoked: boolean;" in api


def test_a_named_choice_keeps_its_name_and_its_order() -> None:
    api = typescript.api()
    roles = "administrator", "supervisor", "facilitator", "prescriber", "biller", "auditor"
    assert f"export type StaffRole = {' | '.join(f'{json.dumps(role)}' for role in roles)};" in api
    assert "readonly roles: ReadonlyArray<StaffRole>;" in api


def test_a_day_and_an_instant_are_different_types() -> None:
    api = typescript.api()
    assert "readonly service_date: LocalDate;" in api
    assert "readonly saved_at: Instant;" in api


def test_every_refusal_is_listed_by_its_code() -> None:
    refusals = typescript.refusals()
    assert '  "not_signed_in",\n' in refusals
    assert refusals.count('",\n') == len(errors.Refusal.__subclasses__())
