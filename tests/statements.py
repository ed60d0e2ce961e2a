"""The SQL in the sources, as the database receives it, and the check whether it names the clinic of clinic data."""

import ast
import re
from collections.abc import Collection, Iterator
from pathlib import Path

import msgspec

PROJECT = Path(__file__).parents[1]
PACKAGES = ("store", "runtime", "server", "signaling", "workers", "bots", "vesper")
_VERBS = re.compile(r"\b(SELECT|INSERT INTO|UPDATE|DELETE FROM|MERGE INTO|TRUNCATE|COPY)\b")
_TOKEN = re.compile(r"'(?:[^']|'')*'|[\w.…$]+|::|[<>=!]+|\S")
_PART = {"SELECT", "WITH", "INSERT", "UPDATE", "DELETE"}
_REFERENCE = re.compile(
    r"\b(?:FROM|JOIN|INTO|UPDATE|USING|TRUNCATE|COPY) (?:ONLY |TABLE )?(?:public\.)?(\w+)(?: AS (\w+))?"
)
_FROM = re.compile(r"\b(?:FROM|USING) (.*?)(?= (?:WHERE|GROUP|ORDER|LIMIT|RETURNING|FOR|ON|SET)\b|$)")
_LISTED = re.compile(r", (?:LATERAL )?(?:public\.)?(\w+)(?: AS (\w+))?")
_MENTION = re.compile(
    r"\b(?:from|join|into|update|truncate|copy)\s+(?:only\s+|table\s+)?(?:\"?public\"?\.)?\"?(\w+)", re.IGNORECASE
)


class Statement(msgspec.Struct, frozen=True):
    """One statement; `place` is `path/of/module.function`."""

    place: str
    sql: str


def statements() -> Iterator[Statement]:
    """Every SQL text in a function, with its constants filled in, and `…` for other values."""
    for path in (path for package in PACKAGES for path in sorted((PROJECT / package).rglob("*.py"))):
        tree = ast.parse(path.read_text())
        module = path.relative_to(PROJECT).with_suffix("")
        constants = {
            node.targets[0].id: node.value
            for node in tree.body
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
        }
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                for text in _texts(function, constants):
                    if _VERBS.search(text):
                        yield Statement(f"{module}.{function.name}", text)


def naming(tables: Collection[str]) -> Iterator[str]:
    """Every text in the sources that names one of the tables like SQL, in any spelling; docstrings are left out."""
    for path in (path for package in PACKAGES for path in sorted((PROJECT / package).rglob("*.py"))):
        tree = ast.parse(path.read_text())
        prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            text = node.value if isinstance(node, ast.Constant) and id(node) not in prose else None
            if isinstance(text, str) and not {name.lower() for name in _MENTION.findall(text)}.isdisjoint(tables):
                yield text


def _texts(function: ast.AST, constants: dict[str, ast.expr]) -> Iterator[str]:
    """Whole strings: a string that is filled into another one, or added to it, is part of that one."""
    parts = {
        id(part)
        for node in ast.walk(function) if isinstance(node, ast.JoinedStr | ast.BinOp)
        for part in ast.walk(node) if part is not node
    }  # fmt: skip
    for node in ast.walk(function):
        if isinstance(node, ast.Constant | ast.JoinedStr | ast.BinOp | ast.Name) and id(node) not in parts:
            yield _text(node, constants)


def _text(node: ast.expr, constants: dict[str, ast.expr]) -> str:
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(_text(part, constants) for part in parts)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return _text(left, constants) + _text(right, constants)
        case ast.FormattedValue(value=value):
            return _text(value, constants)
        case ast.Name(id=name) if name in constants:
            return _text(constants[name], constants)
        case _:
            return "…"


def unnamed(sql: str, tables: Collection[str]) -> bool:
    """Whether the statement reads or writes one of the tables without naming its clinic.

    The `clinic_id` of each of its tables must be bound to another of them or to a value, and one of them to a value.
    """
    parts = list(_parts(sql))
    known = [(part, *reference) for part in parts for reference in _references(part, tables)]
    if not known:
        return False
    whole = " ".join(parts)
    names = {name for _, _, name in known}
    return not all(_is_bound(part, name, whole) for part, _, name in known) or not any(
        _has_a_value(part, names) for part in parts
    )


def _parts(sql: str) -> Iterator[str]:
    """The statement's queries, each without its subqueries."""
    open_parts: list[list[str]] = [[]]
    closed: list[list[str]] = open_parts[:]
    tokens = _TOKEN.findall(sql)
    for token, following in zip(tokens, [*tokens[1:], ""], strict=True):
        open_parts[-1].append(token)
        if token == "(":
            open_parts.append([] if following in _PART else open_parts[-1])
            closed.append(open_parts[-1])
        elif token == ")" and len(open_parts) > 1:
            ended = open_parts.pop()
            if ended is not open_parts[-1]:
                open_parts[-1].append(")")
        elif token == "UNION":
            open_parts[-1] = []
            closed.append(open_parts[-1])
    seen: set[int] = set()
    for part in closed:
        if id(part) not in seen:
            seen.add(id(part))
            yield " ".join(part)


def _references(part: str, tables: Collection[str]) -> list[tuple[str, str]]:
    """The tables in the query, each with its alias there."""
    listed = [each for clause in _FROM.findall(part) for each in _LISTED.findall(clause)]
    return [(table, alias or table) for table, alias in _REFERENCE.findall(part) + listed if table in tables]


_BARE = r"(?<![\w.])clinic_id\b"
_USING = rf"USING \( [^)]*{_BARE}"
_INSERTED = rf"INTO \w+ \( [^)]*{_BARE}"


def _is_bound(part: str, name: str, whole: str) -> bool:
    own = rf"\b{name}\.clinic_id\b"
    if re.search(rf"{own}(?: :: \w+)* =|= {own}", whole):
        return True
    bare = rf"{_BARE}(?: :: \w+)* =|= {_BARE}|{_USING}|{_INSERTED}|\( {_BARE} , \w+ \) ="
    return bool(re.search(bare, part))


def _has_a_value(part: str, names: set[str]) -> bool:
    """Whether a `clinic_id` is compared with a value other than the `clinic_id` of another of these tables."""
    if re.search(rf"{_INSERTED}|clinic_id = (?:ANY \( )?\$\d", part):
        return True
    pairs = re.findall(r"(\w+)\.clinic_id(?: :: \w+)* = (\w+)\.clinic_id", part)
    joined = re.findall(rf"(?:FROM|JOIN|AS) (\w+)(?: \([^)]*\))? JOIN \w+(?: AS \w+)? {_USING}", part)
    return not {*joined, *(name for pair in pairs for name in pair)} <= names
