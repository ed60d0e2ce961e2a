"""Write the browser's types from the Structs that cross the wire: `python -m vesper.typescript`.

`web/src/wire/protocol.gen.ts` has the messages between a browser and a signaling node, `web/src/wire/api.gen.ts`
the bodies of the REST API, `web/src/wire/refusals.gen.ts` the codes of all refusals. A test fails when one of them
differs from its source.
"""

import importlib
import inspect
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, Literal, get_args, get_origin

import msgspec
from msgspec import inspect as shapes

from domain import errors
from domain.events import room, schedule
from server.api import table
from server.http.payloads import Body, Query
from signaling import messages

PROJECT = Path(__file__).parent.parent
WEB_SOURCES = PROJECT / "web" / "src" / "wire"

_PLAIN: dict[type[shapes.Type], str] = {
    shapes.AnyType: "unknown",
    shapes.NoneType: "null",
    shapes.BoolType: "boolean",
    shapes.IntType: "number",
    shapes.FloatType: "number",
    shapes.StrType: "string",
    shapes.DateTimeType: "Instant",
    shapes.DateType: "LocalDate",
}
_PRELUDE = """\
/** A moment, RFC 3339 in UTC. */
export type Instant = string;
/** A calendar day, such as 2026-03-04. */
export type LocalDate = string;
"""


def protocol() -> str:
    """The text of `protocol.gen.ts`: every message, and the unions of what the browser asks and what the node sends."""
    asked, sent = get_args(messages.Request), get_args(messages.NodeMessage)
    unions = [_union("Request", asked), _union("NodeMessage", sent)]
    return _written("signaling/messages.py", [messages], (*asked, *sent), unions)


def api() -> str:
    """The text of `api.gen.ts`: every body and view, then the domain's Structs that are answers."""
    payloads = _payloads()
    structs = [struct for module in payloads for struct in _structs_of(module)]
    return _written("server/**/*payloads.py", payloads, [*structs, *_answered_whole()], [])


def refusals() -> str:
    """The text of `refusals.gen.ts`: the code of every refusal, in the order of their classes."""
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.Refusal)]
    codes = "".join(f"  {json.dumps(kind.code)},\n" for kind in kinds if kind is not errors.Refusal)
    kind = "export type RefusalCode = (typeof REFUSAL_CODES)[number];\n"
    return f"{_header('domain/errors.py')}\nexport const REFUSAL_CODES = [\n{codes}] as const;\n{kind}"


def stale() -> list[str]:
    """The names of generated files that differ from what their source would generate now."""
    return [name for name, text in _files().items() if _read(WEB_SOURCES / name) != text]


def write() -> None:
    """Write all files."""
    for name, text in _files().items():
        (WEB_SOURCES / name).write_text(text, encoding="utf-8")


def _files() -> dict[str, str]:
    return {"protocol.gen.ts": protocol(), "api.gen.ts": api(), "refusals.gen.ts": refusals()}


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None


def _payloads() -> list[ModuleType]:
    """The modules of payloads: each subject's, and those that all share."""
    found = sorted(path.relative_to(PROJECT).with_suffix("") for path in (PROJECT / "server").glob("**/*payloads.py"))
    return [importlib.import_module(".".join(path.parts)) for path in found]


def _written(
    place: str, sources: Sequence[ModuleType], roots: Iterable[type[msgspec.Struct]], unions: Sequence[str]
) -> str:
    """The text of one generated file; `place` names its sources for the reader."""
    modules = (schedule, room, *sources)
    aliases = {name: values for module in modules for name, values in _literals_of(module)}
    writer = _Writer({frozenset(values): name for name, values in aliases.items()})
    interfaces = [writer.interface(shape) for shape in _reachable(roots)]
    named = [f"export type {name} = {_literal(aliases[name])};\n" for name in aliases if name in writer.used]
    return "\n".join([_header(place), _PRELUDE, *named, *interfaces, *unions])


def _header(place: str) -> str:
    return f"// Written from {place} by `python -m vesper.typescript`. Change it there.\n"


class _Writer:
    """Renders Structs, and records which named literals they use."""

    def __init__(self, aliases: dict[frozenset[Any], str]) -> None:
        self._aliases = aliases
        self.used: set[str] = set()

    def interface(self, shape: shapes.StructType) -> str:
        lines = [f"export interface {shape.cls.__name__} {{"]
        if shape.tag_field is not None:
            lines.append(f"  readonly {shape.tag_field}: {json.dumps(shape.tag)};")
        lines += [self._field(field, _leaves_out_defaults(shape.cls)) for field in shape.fields]
        return _comment(shape.cls) + "\n".join([*lines, "}"]) + "\n"

    def _field(self, field: shapes.Field, omissible: bool) -> str:
        mark = "?" if omissible and not field.required else ""
        return f"  readonly {field.encode_name}{mark}: {self._type(field.type)};"

    def _type(self, shape: shapes.Type) -> str:
        match shape:
            case shapes.StructType(cls=kind):
                return kind.__name__
            case shapes.LiteralType(values=values):
                return self._named(values)
            case shapes.UnionType(types=types):
                return " | ".join(self._type(each) for each in types)
            case shapes.VarTupleType(item_type=item) | shapes.ListType(item_type=item):
                return f"ReadonlyArray<{self._type(item)}>"
            case shapes.TupleType(item_types=items):
                return f"readonly [{', '.join(self._type(item) for item in items)}]"
            case shapes.DictType(value_type=value):
                return f"Readonly<Record<string, {self._type(value)}>>"
            case _:
                return _PLAIN[type(shape)]

    def _named(self, values: tuple[Any, ...]) -> str:
        name = self._aliases.get(frozenset(values))
        if name is None:
            return _literal(values)
        self.used.add(name)
        return name


def _leaves_out_defaults(kind: type[msgspec.Struct]) -> bool:
    """Whether the sender may omit a field that has a default: the browser may, the service mostly sends all."""
    from_browser = kind in get_args(messages.Request) or issubclass(kind, (Body, Query))
    return from_browser or kind.__struct_config__.omit_defaults


def _reachable(roots: Iterable[type[msgspec.Struct]]) -> Iterator[shapes.StructType]:
    """The roots and every Struct inside them, each once, a Struct before the one that holds it."""
    seen: set[type] = set()
    for root in roots:
        yield from _walk(shapes.type_info(root), seen)


def _walk(shape: shapes.Type, seen: set[type]) -> Iterator[shapes.StructType]:
    if isinstance(shape, shapes.StructType) and shape.cls not in seen:
        seen.add(shape.cls)
        for field in shape.fields:
            yield from _walk(field.type, seen)
        yield shape
    for inner in _inside(shape):
        yield from _walk(inner, seen)


def _inside(shape: shapes.Type) -> tuple[shapes.Type, ...]:
    match shape:
        case shapes.UnionType(types=types):
            return types
        case shapes.VarTupleType(item_type=item) | shapes.ListType(item_type=item):
            return (item,)
        case shapes.TupleType(item_types=items):
            return items
        case shapes.DictType(value_type=value):
            return (value,)
        case _:
            return ()


def _structs_of(module: ModuleType) -> list[type[msgspec.Struct]]:
    """The Structs defined in a module, except the empty roots that others inherit from."""
    return [
        value
        for value in vars(module).values()
        if isinstance(value, type)
        and issubclass(value, msgspec.Struct)
        and value.__module__ == module.__name__
        and value.__struct_fields__
    ]


def _answered_whole() -> Iterator[type[msgspec.Struct]]:
    """The Structs that routes answer with, alone or in a `Page`, and that are the domain's own."""
    for route in table():
        for shape in (route.response, *get_args(route.response)):
            if isinstance(shape, type) and shape.__module__.startswith("domain."):
                yield shape


def _literals_of(module: ModuleType) -> list[tuple[str, tuple[Any, ...]]]:
    return [(name, get_args(value)) for name, value in vars(module).items() if get_origin(value) is Literal]


def _union(name: str, kinds: tuple[type[msgspec.Struct], ...]) -> str:
    members = "".join(f"\n  | {kind.__name__}" for kind in kinds)
    return f"export type {name} ={members};\n"


def _literal(values: tuple[Any, ...]) -> str:
    return " | ".join(json.dumps(value) for value in values)


def _comment(kind: type) -> str:
    """The Struct's own docstring as a comment; an inherited one is left out."""
    text = inspect.cleandoc(kind.__doc__ or "") if "__doc__" in vars(kind) else ""
    if not text:
        return ""
    if "\n" not in text:
        return f"/** {text} */\n"
    return "/**\n" + "".join(f" * {line}".rstrip() + "\n" for line in text.splitlines()) + " */\n"


if __name__ == "__main__":
    write()
