"""Everything from outside a process is bounded, and each stored number fits its column."""

from collections.abc import Iterator

import msgspec
import msgspec.inspect as shapes
import pytest

from server import api
from server.billing.payloads import FeedQuery
from server.chart.payloads import SignNote
from signaling import messages as m
from signaling.media.processes import control
from store.database import Database

WIRES = {
    **{f"{route.method} {route.path}": route.request for route in api.table() if route.request is not None},
    "a browser's first message": m.First,
    "a browser's requests": m.Request,
    "to a media process": control.ToProcess,
    "from a media process": control.FromProcess,
}
"""The shapes decoded from outside a process, by their source."""

COLUMNS = {
    "CreateProgram.policy_version": "programs.policy_version",
    "BeginProgram.policy_version": "programs.policy_version",
    "NewRequirement.required_s": "phase_requirements.required_s",
    "NewRequirement.days_per_week": "phase_requirements.days_per_week",
    "CreateProgram.capacity": "programs.capacity",
    "BeginProgram.capacity": "programs.capacity",
    "DescribeProgram.capacity": "programs.capacity",
    "NewText.after": "program_texts.version",
    "ChangePolicy.policy_version": "program_policies.policy_version",
    "CreatePhase.usual_weeks": "phases.usual_weeks",
    "DescribePhase.usual_weeks": "phases.usual_weeks",
    "DescribePhase.position": "phases.position",
    "ReplaceRoster.revision": "sessions.revision",
    "DescribeClient.revision": "client_records.revision",
    "ReplaceContacts.revision": "client_records.revision",
    "ReplaceIds.revision": "client_records.revision",
    "ReplaceAlias.revision": "client_records.revision",
    "SignNote.version": "note_versions.version",
    "FeedQuery.after": "ledger.position",
    "KeepLonger.keep": "retention_rules.keep",
    "LookQuery.after": "access_audit.id",
    "SaveNote.revision": "note_drafts.revision",
}
"""Numbers from outside that are stored or compared with stored ones, each with its column."""
IN_MEMORY = {
    "Activity.seconds_ago",
    "PlanIntake.minutes",
    "SetClock.hours",
    "SetSummary.days",
    "FeedQuery.limit",
    "Accept.offer_id",
    "Size.width",
    "Size.height",
}
"""Numbers from outside without a column."""
LARGEST = {"smallint": (1 << 15) - 1, "integer": (1 << 31) - 1, "bigint": (1 << 63) - 1}


def parts(kind: shapes.Type, place: str) -> Iterator[tuple[str, shapes.Type]]:
    """Every type within a type, each with its field."""
    yield place, kind
    match kind:
        case shapes.StructType():
            for field in kind.fields:
                yield from parts(field.type, f"{kind.cls.__name__}.{field.name}")
        case shapes.UnionType(types=inner) | shapes.TupleType(item_types=inner):
            for one in inner:
                yield from parts(one, place)
        case shapes.ListType() | shapes.VarTupleType() | shapes.SetType() | shapes.FrozenSetType():
            yield from parts(kind.item_type, place)
        case shapes.DictType():
            yield from parts(kind.key_type, place)
            yield from parts(kind.value_type, place)
        case _:
            pass


def is_bounded(kind: shapes.Type) -> bool:
    match kind:
        case shapes.IntType():
            return None not in (kind.ge if kind.gt is None else kind.gt, kind.le if kind.lt is None else kind.lt)
        case shapes.StrType() | shapes.BytesType() | shapes.DictType() | shapes.ListType():
            return kind.max_length is not None
        case shapes.VarTupleType() | shapes.SetType() | shapes.FrozenSetType():
            return kind.max_length is not None
        case shapes.AnyType() | shapes.RawType():
            return False
        case _:
            return True


@pytest.mark.parametrize("wire", WIRES)
def test_every_shape_from_outside_is_bounded(wire: str) -> None:
    found = parts(shapes.type_info(WIRES[wire]), wire)
    assert [f"{place}: {type(kind).__name__}" for place, kind in found if not is_bounded(kind)] == []


def test_an_unbounded_field_is_found() -> None:
    class Loose(msgspec.Struct):
        count: int
        names: dict[str, list[int]]

    found = parts(shapes.type_info(Loose), "")
    assert [place for place, kind in found if not is_bounded(kind)] == ["Loose.count", *["Loose.names"] * 4]


def numbers() -> dict[str, int]:
    """The largest value of each whole number that a browser or a program may send, by its field."""
    ours = (control.ToProcess, control.FromProcess)
    kinds = [shapes.type_info(shape) for shape in WIRES.values() if shape not in ours]
    found = [(place, one) for kind in kinds for place, one in parts(kind, "") if isinstance(one, shapes.IntType)]
    return {place: one.le for place, one in found if one.le is not None}


def test_each_number_from_outside_has_its_column_or_none() -> None:
    assert numbers().keys() == COLUMNS.keys() | IN_MEMORY


async def test_each_number_fits_its_column(database: Database) -> None:
    async with database.transaction() as tx:
        rows = await tx.fetch(
            "SELECT table_name || '.' || column_name AS name, data_type FROM information_schema.columns"
            " WHERE table_schema = 'public'"
        )
    largest = {row["name"]: LARGEST.get(row["data_type"], 0) for row in rows}
    for field, column in COLUMNS.items():
        assert numbers()[field] <= largest[column], f"{field} does not fit {column}"


@pytest.mark.parametrize(
    ("shape", "text"),
    [
        (m.Request, b'{"type":"save_note","client":null,"kind":"progress","revision":9223372036854775808,"text":""}'),
        (SignNote, b'{"version":2147483648,"text":"Pat spoke."}'),
    ],
)
def test_a_number_too_large_for_its_column_is_refused(shape: type, text: bytes) -> None:
    with pytest.raises(msgspec.ValidationError, match="<="):
        msgspec.json.decode(text, type=shape)


def test_a_position_beyond_the_ledger_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"after": str(1 << 63)}, FeedQuery, strict=False)
