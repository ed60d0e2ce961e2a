"""What a file would do to whom."""

from collections.abc import Sequence
from itertools import count

from domain.people.clients import Client, ExternalId
from domain.people.folding import skeleton
from domain.transfer.lines import Line
from domain.transfer.plans import Known, Plan, Planner

PAT = Client(id="pat", name="Pat Morrow", alias="Pat M.", external_ids=[ExternalId(system="record", value="1")])
KNOWN = Known(
    clients={("record", "1"): PAT}, held={skeleton("Pat M."): "pat", skeleton("Cedar"): "gone"}, staff=["Dana Reyes"]
)


def line(number: int, id: str, **said: str) -> Line:
    return Line(line=number, id=ExternalId(system="record", value=id), **said)  # type: ignore[arg-type]


def planned(lines: Sequence[Line], known: Known = KNOWN) -> Plan:
    numbers = count()
    planner = Planner(known, lambda: f"new-{next(numbers)}", {"alias": "Alias"})
    for one in lines:
        planner.take(one)
    return planner.plan()


def test_a_file_adds_changes_and_leaves() -> None:
    plan = planned([line(2, "1", name="Pat Morrow"), line(3, "2", name="Sam Okonjo")])
    assert [(step.what, step.after.alias) for step in plan.steps] == [("unchanged", "Pat M."), ("new", "Sam O.")]
    plan = planned([line(2, "1", name="Patricia Morrow")])
    assert [(step.what, step.fields) for step in plan.steps] == [("changed", ("name",))]


def test_people_of_one_name_get_different_aliases() -> None:
    plan = planned([line(number, str(number), name="Pat Morrow") for number in range(2, 12)])
    suggested = [step.after.alias for step in plan.steps]
    assert len(set(suggested)) == 10 and "Pat M." not in suggested


def test_wrong_lines_name_what_is_wrong() -> None:
    plan = planned([
        line(2, "2", name="Sam", alias="Pat M."),
        line(3, "3", name="Lee", alias="Cedar"),
        line(4, "4", name="Kim", alias="Dana"),
        line(5, "5", name="Jo", alias="host"),
        line(6, "6"),
        line(7, "7", name="Ana"),
        line(8, "7", name="Ana"),
    ])  # fmt: skip
    assert [(wrong.line, wrong.column) for wrong in plan.wrong] == [
        (2, "Alias"), (3, "Alias"), (4, "Alias"), (5, "Alias"), (6, "name"), (8, "external_id"),
    ]  # fmt: skip
    assert "Line 7 has this id too" in plan.wrong[-1].sentence


def test_two_ids_of_one_client_in_one_file_are_one_too_many() -> None:
    known = Known(clients={("record", "1"): PAT, ("record", "1b"): PAT}, held={}, staff=[])
    assert [wrong.line for wrong in planned([line(2, "1"), line(3, "1b")], known).wrong] == [3]
