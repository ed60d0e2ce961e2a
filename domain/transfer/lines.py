"""One line of a file as what it says about one client. Each wrong cell is named; an empty cell says nothing."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import msgspec

from domain.errors import InvalidInput
from domain.people import clients as rules
from domain.people.clients import Client, ContactKind, ContactWay, EmergencyContact, ExternalId
from domain.people.contacts import checked_email, checked_phone
from domain.people.names import checked_name, tidied
from domain.transfer.columns import Field
from domain.transfer.sheets import Row

SYSTEM = "record"
"""Where the ids of a file without a column `system` are from."""
LONGEST_ID = 200
_YES = frozenset({"yes", "y", "true", "1", "x", "sí", "si"})
_NO = frozenset({"no", "n", "false", "0"})
_DAY = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})|(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>\d{4})")
NO_DAY = "This is no day. Write year-month-day as 1990-04-23, or month/day/year as 4/23/1990."
_WAYS: tuple[ContactKind, ...] = ("mobile", "phone", "email")


class Wrong(msgspec.Struct, frozen=True, kw_only=True):
    """What is wrong in a line, and in which column of it; None: the line as a whole."""

    line: int
    column: str | None
    sentence: str


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """What a line says. None: nothing."""

    line: int
    id: ExternalId
    name: str | None = None
    legal_name: str | None = None
    alias: str | None = None
    date_of_birth: date | None = None
    language: str | None = None
    timezone: str | None = None
    home_state: str | None = None
    ways: tuple[ContactWay, ...] = ()
    may_leave_message: bool | None = None
    best_time: str | None = None
    emergency: EmergencyContact | None = None


class Columns(msgspec.Struct, frozen=True):
    """The header of the file, and what each column holds."""

    header: tuple[str, ...]
    fields: tuple[Field | None, ...]

    def named(self, field: Field) -> str:
        """The column of that field as the file calls it."""
        return self.header[self.fields.index(field)] if field in self.fields else field


class Day(msgspec.Struct, frozen=True):
    """What does not stand in the file: the clinic's day, and the zones that there are."""

    today: date
    zones: frozenset[str]


def read(row: Row, columns: Columns, day: Day) -> Line | list[Wrong]:
    """What the line says, or everything that is wrong with it."""
    if len(row.cells) != len(columns.header):
        return [
            Wrong(
                line=row.line,
                column=None,
                sentence=f"This line has {len(row.cells)} cells, and the first line has {len(columns.header)}. "
                "A cell with a separator in it must stand in quotation marks.",
            )
        ]
    cells = {field: cell for field, cell in zip(columns.fields, row.cells, strict=True) if field and cell}
    reader = _Reader(row.line, cells, columns)
    line = reader.line(day)
    return reader.wrong or line


class _Reader:
    """Takes cells, and keeps what is wrong with them."""

    def __init__(self, line: int, cells: Mapping[Field, str], columns: Columns) -> None:
        self._line = line
        self._cells = cells
        self._columns = columns
        self.wrong: list[Wrong] = []

    def line(self, day: Day) -> Line:
        system = self.cell("system", _id) or SYSTEM
        value = self.cell("external_id", _id)
        if "external_id" not in self._cells:
            self.refuse("external_id", "This line has no id, so the client could not be found again. Give the id.")
        return Line(
            line=self._line,
            id=ExternalId(system=system, value=value or ""),
            name=self.cell("name", lambda text: checked_name(text, "$")),
            legal_name=self.cell("legal_name", lambda text: checked_name(text, "$")),
            alias=self._cells.get("alias"),
            date_of_birth=self.cell("date_of_birth", lambda text: _birth(text, day.today)),
            language=self.cell("language", _language),
            timezone=self.cell("timezone", lambda text: _zone(text, day.zones)),
            home_state=self.cell("home_state", _state),
            ways=tuple(way for kind in _WAYS if (way := self._way(kind)) is not None),
            may_leave_message=self.cell("may_leave_message", _yes_or_no),
            best_time=self.cell("best_time", tidied),
            emergency=self._emergency(),
        )

    def cell(self, field: Field, check: Callable[[str], Any]) -> Any:
        """The cell as it is kept; None if it is empty, or wrong."""
        text = self._cells.get(field)
        if text is None:
            return None
        try:
            return check(text)
        except InvalidInput as refused:
            self.refuse(field, str(refused))
            return None

    def refuse(self, field: Field, sentence: str) -> None:
        self.wrong.append(Wrong(line=self._line, column=self._columns.named(field), sentence=sentence))

    def _way(self, kind: ContactKind) -> ContactWay | None:
        check = checked_email if kind == "email" else checked_phone
        value = self.cell(kind, lambda text: check(text, "$"))
        return None if value is None else ContactWay(kind=kind, value=value, may_leave_message=False)

    def _emergency(self) -> EmergencyContact | None:
        name = self.cell("emergency_name", lambda text: checked_name(text, "$"))
        phone = self.cell("emergency_phone", lambda text: checked_phone(text, "$"))
        relation = self.cell("emergency_relation", tidied) or ""
        given = self._cells.keys() & {"emergency_name", "emergency_phone", "emergency_relation"}
        if given and "emergency_name" not in self._cells:
            self.refuse("emergency_name", "Whom to call in an emergency has no name here. Give the name.")
        if given and "emergency_phone" not in self._cells:
            self.refuse("emergency_phone", "Whom to call in an emergency has no number here. Give the number.")
        return EmergencyContact(name=name, relation=relation, phone=phone) if name and phone else None


def _id(text: str) -> str:
    kept = tidied(text)
    if not kept or len(kept) > LONGEST_ID or any(ord(one) < 32 for one in kept):
        raise InvalidInput(f"This is no id: it must be one line of at most {LONGEST_ID} characters.")
    return kept


def _birth(text: str, today: date) -> date:
    found = _DAY.fullmatch(text)
    try:
        if found is None:
            raise ValueError
        parts = (found["year"] or found["y"], found["month"] or found["m"], found["day"] or found["d"])
        born = date(*map(int, parts))
    except ValueError:
        raise InvalidInput(NO_DAY) from None
    rules.checked_birth(born, today)
    return born


def _language(text: str) -> str:
    rules.checked_language(text)
    return text


def _zone(text: str, zones: frozenset[str]) -> str:
    if text not in zones:
        raise InvalidInput("This is not the IANA name of a time zone, such as America/New_York.")
    return text


def _state(text: str) -> str:
    rules.checked_state(text.upper())
    return text.upper()


def _yes_or_no(text: str) -> bool:
    if text.lower() not in _YES | _NO:
        raise InvalidInput("Write yes or no.")
    return text.lower() in _YES


def merged(client: Client, line: Line) -> Client:
    """The client with what the line says. What it does not say stays, and no way of contact is lost but the first of a
    kind, which the line's takes the place of."""
    said = {
        field: value
        for field in ("name", "legal_name", "date_of_birth", "language", "timezone", "home_state", "emergency")
        if (value := getattr(line, field)) is not None
    }
    name = said.get("name", client.name)
    legal = said.get("legal_name", client.legal_name)
    ids = client.external_ids if line.id in client.external_ids else [*client.external_ids, line.id]
    return msgspec.structs.replace(
        client,
        **{**said, "legal_name": "" if legal == name else legal},
        contacts=_with_ways(client.contacts, line),
        external_ids=ids,
    )


def _with_ways(had: Sequence[ContactWay], line: Line) -> list[ContactWay]:
    ways = list(had)
    for way in line.ways:
        same = next((at for at, one in enumerate(ways) if (one.kind, one.value) == (way.kind, way.value)), None)
        of_kind = next((at for at, one in enumerate(ways) if one.kind == way.kind), None)
        at = same if same is not None else of_kind
        before = way if at is None else msgspec.structs.replace(ways[at], value=way.value)
        said = _said_about(before, line)
        ways = [*ways, said] if at is None else [*ways[:at], said, *ways[at + 1 :]]
    return ways


def _said_about(way: ContactWay, line: Line) -> ContactWay:
    message = way.may_leave_message if line.may_leave_message is None else line.may_leave_message
    best = way.best_time if line.best_time is None else line.best_time
    return msgspec.structs.replace(way, may_leave_message=message, best_time=best)


def changed(before: Client, after: Client) -> tuple[str, ...]:
    """The names of what differs."""
    return tuple(
        name
        for name in Client.__struct_fields__
        if name != "changed" and _plain(getattr(before, name)) != _plain(getattr(after, name))
    )


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, Sequence) and not isinstance(value, str) else value
