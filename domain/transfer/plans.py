"""What a file would do: whom it adds, whom it changes, and which of its lines are wrong."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Literal

import msgspec

from domain.errors import InvalidInput
from domain.people import aliases
from domain.people.clients import Client, ExternalId
from domain.people.folding import skeleton
from domain.transfer.lines import Line, Wrong, changed, merged

What = Literal["new", "changed", "unchanged"]
Key = tuple[str, str]
"""A system and an id in it."""
SHOWN = 20
"""How many lines a preview shows as they would be."""
NAMED = 200
"""How many wrong lines a preview names."""

NO_NAME = "Nobody has this id here yet, so this line adds a client without a name. Give the name, or correct the id."


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """What happens to one client: `after` is how they would be, with what `fields` names being other than before."""

    line: int
    id: ExternalId
    what: What
    after: Client
    fields: tuple[str, ...] = ()


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that a file would do."""

    steps: tuple[Step, ...]
    wrong: tuple[Wrong, ...]

    def count(self, what: What) -> int:
        """How many clients that happens to."""
        return sum(step.what == what for step in self.steps)


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """What the clinic has already: clients by id elsewhere, aliases that are held by skeleton, names of its staff."""

    clients: Mapping[Key, Client]
    held: Mapping[str, str]
    staff: Sequence[str]


class Planner:
    """Takes line by line, so that whoever drives it can say how far it is."""

    def __init__(self, known: Known, new_id: Callable[[], str], columns: Mapping[str, str]) -> None:
        self._known = known
        self._new_id = new_id
        self._columns = columns
        self._held = dict(known.held)
        self._staff = aliases.names_of_staff(known.staff)
        self._lines: dict[Key, int] = {}
        self._people: dict[str, int] = {}
        self.steps: list[Step] = []
        self.wrong: list[Wrong] = []

    def take(self, line: Line | list[Wrong]) -> None:
        """Plan the next line."""
        if isinstance(line, list):
            self.wrong.extend(line)
        elif sentence := self._twice(line):
            self._refuse(line, "external_id", sentence)
        elif (before := self._known.clients.get((line.id.system, line.id.value))) is None:
            self._add(line)
        else:
            self._change(line, before)

    def plan(self) -> Plan:
        """What all lines so far do."""
        return Plan(steps=tuple(self.steps), wrong=tuple(sorted(self.wrong, key=lambda wrong: wrong.line)))

    def _twice(self, line: Line) -> str | None:
        key = (line.id.system, line.id.value)
        if (first := self._lines.setdefault(key, line.line)) != line.line:
            return f"Line {first} has this id too. An id stands for one client: take one of the lines away."
        client = self._known.clients.get(key)
        if client is not None and (first := self._people.setdefault(client.id, line.line)) != line.line:
            return f"Line {first} is about the same client, who has both ids. Take one of the lines away."
        return None

    def _add(self, line: Line) -> None:
        if line.name is None:
            self._refuse(line, "name", NO_NAME)
            return
        after = merged(Client(id=self._new_id(), name=line.name), line)
        alias = self._first_free(after) if line.alias is None else self._own(line, after.id, line.alias)
        if alias is not None:
            self._held[skeleton(alias)] = after.id
            named = msgspec.structs.replace(after, alias=alias)
            self.steps.append(Step(line=line.line, id=line.id, what="new", after=named))

    def _change(self, line: Line, before: Client) -> None:
        after = merged(before, line)
        if line.alias is not None and line.alias != before.alias:
            alias = self._own(line, before.id, line.alias)
            if alias is None:
                return
            self._held[skeleton(alias)] = before.id
            after = msgspec.structs.replace(after, alias=alias)
        fields = changed(before, after)
        what: What = "changed" if fields else "unchanged"
        self.steps.append(Step(line=line.line, id=line.id, what=what, after=after, fields=fields))

    def _own(self, line: Line, person: str, wanted: str) -> str | None:
        """The alias that the line gives, unless it cannot be this person's."""
        try:
            alias = aliases.checked_alias(wanted, ())
        except InvalidInput as refused:
            self._refuse(line, "alias", str(refused))
            return None
        if skeleton(alias) in self._staff:
            self._refuse(line, "alias", aliases.OF_STAFF)
            return None
        if self._held.get(skeleton(alias), person) != person:
            self._refuse(line, "alias", aliases.TAKEN)
            return None
        return alias

    def _first_free(self, client: Client) -> str:
        return next(
            alias
            for alias in aliases.candidates(client.name, client.id)
            if skeleton(alias) not in self._held and aliases.may_be_free(alias, self._staff)
        )

    def _refuse(self, line: Line, field: str, sentence: str) -> None:
        self.wrong.append(Wrong(line=line.line, column=self._columns.get(field, field), sentence=sentence))


def writes(plan: Plan, what: What) -> Iterator[Step]:
    """The steps of that kind."""
    return (step for step in plan.steps if step.what == what)
