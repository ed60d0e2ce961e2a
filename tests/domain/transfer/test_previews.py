"""What a person sees of a file before it is applied."""

from domain.people.clients import ExternalId
from domain.transfer.lines import Columns, Line, Wrong
from domain.transfer.plans import Known, Planner
from domain.transfer.previews import preview
from domain.transfer.sheets import Row, Sheet


def test_a_preview_counts_and_says_who_may_be_here_already() -> None:
    columns = Columns(("id", "name", "shoe"), ("external_id", "name", None))
    sheet = Sheet(header=columns.header, rows=(Row(2, ("1", "Pat", "9")),), separator=",", encoding="utf-8")
    planner = Planner(Known(clients={}, held={}, staff=[]), lambda: "new", {})
    planner.take(Line(line=2, id=ExternalId(system="record", value="1"), name="Pát"))
    planner.take([Wrong(line=3, column="id", sentence="No."), Wrong(line=3, column="name", sentence="No.")])
    shown = preview(sheet, columns, planner.plan(), {"pat"})
    assert (shown.new, shown.changed, shown.unchanged, shown.wrong_lines) == (1, 0, 0, 1)
    assert shown.same_name_lines == (2,) and shown.lines[0].alias == "Pát"
    assert [(one.header, one.field) for one in shown.columns][2] == ("shoe", None)
