"""Needles: texts that must appear nowhere. They are planted in every field of every message."""

import io
import json
import logging
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import msgspec
from msgspec import inspect

from runtime.clock import new_id
from runtime.logs import JsonLines, TextLines

NEEDLE = "needle.7f3a@haystack.example"
"""Accepted as a name, an e-mail address, a secret, a ticket, a session description, and the text of a note."""
FIELD = "needle_7f3a"
"""Accepted as the name of a field."""

HOSTILE: tuple[Any, ...] = (
    NEEDLE, f"{NEEDLE}\x00", f"{NEEDLE}\ud800", f"{NEEDLE}\r\n{NEEDLE}", NEEDLE * 100, [NEEDLE], {"a": NEEDLE}, None,
    0, -1, 2**31, 2**63, -(2**63) - 1, 10**400, 1e308, True, [], {}, [[[[NEEDLE]]]],
    "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "0001-01-01",
)  # fmt: skip


NESTED: tuple[Any, ...] = (NEEDLE, f"{NEEDLE}\x00", 2**63, None, [NEEDLE])


def holds_needle(text: str | bytes) -> bool:
    """Whether the text has a needle in it."""
    if isinstance(text, bytes):
        return NEEDLE.encode() in text or FIELD.encode() in text
    return NEEDLE in text or FIELD in text


def valid(shape: Any, known: Mapping[str, Any]) -> Any:
    """A value that the shape accepts, with needles for text; `known` has the values of fields by name."""
    return _value(inspect.type_info(shape), known)


def _value(kind: inspect.Type, known: Mapping[str, Any]) -> Any:
    match kind:
        case inspect.StructType():
            tag = {} if kind.tag_field is None else {kind.tag_field: kind.tag}
            fields = {field.encode_name: field.type for field in kind.fields}
            return tag | {name: known.get(name, _value(inner, known)) for name, inner in fields.items()}
        case inspect.UnionType():
            return _value(next(one for one in kind.types if not isinstance(one, inspect.NoneType)), known)
        case inspect.CollectionType():
            return [_value(kind.item_type, known)]
        case inspect.VarTupleType():
            return [_value(kind.item_type, known)]
        case inspect.TupleType():
            return [_value(inner, known) for inner in kind.item_types]
        case inspect.DictType():
            return {new_id(): _value(kind.value_type, known)}
        case inspect.LiteralType():
            return kind.values[0]
        case _:
            return _simple(kind)


def _simple(kind: inspect.Type) -> Any:
    match kind:
        case inspect.StrType():
            return new_id() if kind.pattern and "[0-9a-f]{8}" in kind.pattern else NEEDLE
        case inspect.IntType():
            return kind.ge or 0
        case inspect.BoolType():
            return False
        case inspect.DateTimeType():
            return "2026-11-25T18:00:00Z"
        case inspect.DateType():
            return "2026-11-25"
        case _:
            return NEEDLE


def spoilt(body: Mapping[str, Any]) -> Iterator[bytes]:
    """The message with each field, in turn, replaced by each hostile value; with unknown fields at every depth; and
    malformed messages."""
    for name in body:
        for value in HOSTILE:
            yield _json({**body, name: value})
    yield from map(_json, _with_strange_fields(body))
    for name, value in body.items():
        yield from (_json({**body, name: inner}) for inner in _spoilt_within(value))
    text = _json(body)
    yield from (text[:-1], text + text, b"\xff" + text, f'{{"{NEEDLE}'.encode(), b"[" * 10_000, NEEDLE.encode(), b"")


def _with_strange_fields(body: Mapping[str, Any]) -> Iterator[Any]:
    yield from ({**body, name: NEEDLE} for name in (FIELD, NEEDLE, f"{FIELD}` - at `$.id"))


def _spoilt_within(value: Any) -> Iterator[Any]:
    """A list or an object of a message, with a hostile value at each place, at any depth."""
    match value:
        case dict():
            yield from _with_strange_fields(value)
            parts: Iterable[Any] = value.items()
        case list():
            parts = enumerate(value)
        case _:
            return
    for place, part in parts:
        for inner in (*NESTED, *_spoilt_within(part)):
            yield {**value, place: inner} if isinstance(value, dict) else [*value[:place], inner, *value[place + 1 :]]


def _json(value: Any) -> bytes:
    """JSON by the standard library, which also writes lone surrogates and numbers too large for any column."""
    return json.dumps(value).encode()


class Lines(msgspec.Struct):
    """The log lines, in the formats for programs and for people."""

    streams: tuple[io.StringIO, ...]

    @property
    def text(self) -> str:
        """Every line so far."""
        return "".join(stream.getvalue() for stream in self.streams)


@contextmanager
def everything_logged() -> Iterator[Lines]:
    """Collect all log lines of every level, also of libraries, in both formats."""
    root = logging.getLogger()
    lines = Lines((io.StringIO(), io.StringIO()))
    handlers = [logging.StreamHandler(stream) for stream in lines.streams]
    for handler, formatter in zip(handlers, (TextLines(), JsonLines()), strict=True):
        handler.setFormatter(formatter)
        root.addHandler(handler)
    before = root.level
    root.setLevel(logging.DEBUG)
    try:
        yield lines
    finally:
        root.setLevel(before)
        for handler in handlers:
            root.removeHandler(handler)
