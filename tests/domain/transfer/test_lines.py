"""What one line says about a client, and everything that is wrong with it."""

from datetime import date

import pytest

from domain.people.clients import Client, ContactWay, ExternalId
from domain.transfer.columns import recognised
from domain.transfer.lines import Columns, Day, Line, Wrong, changed, merged, read
from domain.transfer.sheets import Row

TODAY = Day(date(2026, 11, 28), frozenset({"America/New_York"}))


def line_of(said: dict[str, str]) -> Line | list[Wrong]:
    header = tuple(said)
    return read(Row(2, tuple(said.values())), Columns(header, recognised(header)), TODAY)


def good(**said: str) -> Line:
    line = line_of({"id": "417", **said})
    assert isinstance(line, Line), line
    return line


def test_a_line_is_read_as_the_record_keeps_it() -> None:
    line = good(
        name=" Pat   Morrow ", dob="4/23/1990", state="oh", cell="(614) 555-0134", email="pat@example.com",
        leave_message="Yes",
    )  # fmt: skip
    assert line.name == "Pat Morrow" and line.date_of_birth == date(1990, 4, 23) and line.home_state == "OH"
    assert [way.value for way in line.ways] == ["+1 614-555-0134", "pat@example.com"]
    assert line.may_leave_message is True and line.id == ExternalId(system="record", value="417")


def test_everything_that_is_wrong_is_named_with_its_column() -> None:
    wrong = line_of({
        "MRN": "", "Full name": "\u200b", "DOB": "31/31/1990", "State": "Ohio", "zone": "Ohio time", "Cell": "12",
        "e-mail": "pat", "leave message": "maybe", "emergency contact": "Lee",
    })  # fmt: skip
    assert isinstance(wrong, list)
    assert {one.column for one in wrong} == {
        "MRN", "Full name", "DOB", "State", "zone", "Cell", "e-mail", "leave message", "emergency_phone",
    }  # fmt: skip
    assert all(one.line == 2 and one.sentence.endswith(".") for one in wrong)


def test_a_line_with_too_few_cells_is_wrong_as_a_whole() -> None:
    [wrong] = read(Row(9, ("1",)), Columns(("id", "name"), ("external_id", "name")), TODAY)  # type: ignore[misc]
    assert (wrong.line, wrong.column) == (9, None) and "1 cells" in wrong.sentence


@pytest.mark.parametrize("born", ["2030-01-01", "1850-01-01", "1990-02-30", "23.4.1990"])
def test_a_day_that_nobody_was_born_on_is_refused(born: str) -> None:
    assert isinstance(line_of({"id": "1", "dob": born}), list)


PAT = Client(
    id="p", name="Pat", date_of_birth=date(1990, 4, 23), external_ids=[ExternalId(system="record", value="417")],
    contacts=[
        ContactWay(kind="email", value="pat@example.com", may_leave_message=True, best_time="after 6"),
        ContactWay(kind="mobile", value="+1 614-555-0134", may_leave_message=False),
    ],
)  # fmt: skip


def test_an_empty_cell_takes_nothing_away() -> None:
    assert changed(PAT, merged(PAT, good(name="Pat", email="", dob=""))) == ()


def test_a_new_number_takes_the_place_of_the_first_of_its_kind() -> None:
    after = merged(PAT, good(mobile="(614) 555-0199"))
    assert changed(PAT, after) == ("contacts",)
    assert [way.value for way in after.contacts] == ["pat@example.com", "+1 614-555-0199"]
    assert after.contacts[0].best_time == "after 6"


def test_what_was_merged_once_changes_nothing_the_second_time() -> None:
    line = good(name="Patricia", phone="(614) 555-0100", legal_name="Patricia Morrow", leave_message="no")
    once = merged(PAT, line)
    assert changed(PAT, once) and changed(once, merged(once, line)) == ()
