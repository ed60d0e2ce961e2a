"""What a person sees of a file before it is applied."""

from collections.abc import Collection
from typing import Literal

import msgspec

from domain.people.folding import folded
from domain.transfer.columns import Field
from domain.transfer.lines import Columns, Wrong
from domain.transfer.plans import NAMED, SHOWN, Plan, Step, What
from domain.transfer.sheets import Sheet

ImportState = Literal["checking", "checked", "applying", "applied", "outdated"]
"""`outdated`: records have changed since the preview, so that it was not applied."""


class PreviewColumn(msgspec.Struct, frozen=True, kw_only=True):
    """A column as the file calls it, and what it holds; None: it is not taken."""

    header: str
    field: Field | None


class PreviewLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line as its client would be."""

    line: int
    what: What
    external_id: str
    name: str
    alias: str | None
    fields: tuple[str, ...]
    """What would be changed."""


class Preview(msgspec.Struct, frozen=True, kw_only=True):
    """What the file would do. It can be applied if no line is wrong."""

    separator: str
    encoding: str | None
    """None: it was guessed, so that letters with accents may be wrong."""
    columns: tuple[PreviewColumn, ...]
    new: int
    changed: int
    unchanged: int
    wrong_lines: int
    wrong: tuple[Wrong, ...]
    """The first of what is wrong."""
    lines: tuple[PreviewLine, ...]
    """The first lines that do something."""
    same_names: int
    """How many new clients have the name of somebody who is here already."""
    same_name_lines: tuple[int, ...]
    """The first lines of those."""


def preview(sheet: Sheet, columns: Columns, plan: Plan, had: Collection[str]) -> Preview:
    """The preview of a plan; `had` are names, folded, that clients have already."""
    alike = [step.line for step in plan.steps if step.what == "new" and folded(step.after.name) in had]
    doing = [step for step in plan.steps if step.what != "unchanged"]
    return Preview(
        separator=sheet.separator,
        encoding=sheet.encoding,
        columns=tuple(
            PreviewColumn(header=name, field=field) for name, field in zip(columns.header, columns.fields, strict=True)
        ),
        new=plan.count("new"),
        changed=plan.count("changed"),
        unchanged=plan.count("unchanged"),
        wrong_lines=len({wrong.line for wrong in plan.wrong}),
        wrong=plan.wrong[:NAMED],
        lines=tuple(_line(step) for step in doing[:SHOWN]),
        same_names=len(alike),
        same_name_lines=tuple(alike[:SHOWN]),
    )


def _line(step: Step) -> PreviewLine:
    return PreviewLine(
        line=step.line,
        what=step.what,
        external_id=step.id.value,
        name=step.after.name,
        alias=step.after.alias,
        fields=step.fields,
    )
