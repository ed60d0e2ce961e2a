"""CSV files as spreadsheets save them: which encoding, which separator, which cells stand in which line."""

import csv
import io
from collections.abc import Iterator

import msgspec

from domain.errors import InvalidInput
from domain.transfer.cells import restored

PATH = "$.content"
LARGEST_MIB = 5
MOST_ROWS = 20_000
LONGEST_CELL = 1_000
MOST_COLUMNS = 60
SEPARATORS = (",", ";", "\t", "|")
_OTHER_KINDS = {
    b"PK\x03\x04": "This is a workbook or a zip file.",
    b"\xd0\xcf\x11\xe0": "This is a workbook of an old spreadsheet program.",
    b"%PDF": "This is a PDF file.",
    b"{\\rtf": "This is a text document.",
    b"\x1f\x8b": "This is a compressed file.",
    b"\x89PNG": "This is a picture.",
}
_SAVE_AS = "Save the table as CSV, and choose that file."
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


class Row(msgspec.Struct, frozen=True):
    """The cells of one record, and the line of the file in which it begins."""

    line: int
    cells: tuple[str, ...]


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """A file that was read. `encoding` is None where it had to be guessed, so that names may be wrong."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    separator: str
    encoding: str | None


def read(content: bytes) -> Sheet:
    """The file's table.

    Raises:
        InvalidInput: it is no CSV file, is broken or too large; with the line where that can be said.
    """
    text, encoding = _text(content)
    head, _, rest = text.partition("\n")
    offset = 0
    if head.strip().lower().startswith("sep=") and len(head.strip()) == 5:
        separator, text, offset = head.strip()[4], rest, 1
    else:
        separator = max(SEPARATORS, key=head.count)
    rows = list(_rows(text, separator, offset))
    if not rows:
        raise InvalidInput("This file is empty. Its first line must name the columns.", PATH)
    header, *records = rows
    if len(header.cells) > MOST_COLUMNS:
        raise InvalidInput(f"This file has more than {MOST_COLUMNS} columns. Take some of them away.", PATH)
    if not records:
        raise InvalidInput("This file has a header and no line below it.", PATH)
    names = tuple(cell.strip() for cell in header.cells)
    return Sheet(header=names, rows=tuple(records), separator=separator, encoding=encoding)


def _text(content: bytes) -> tuple[str, str | None]:
    if len(content) > LARGEST_MIB << 20:
        raise InvalidInput(f"This file is larger than {LARGEST_MIB} MB. Divide it into smaller ones.", PATH)
    for start, said in _OTHER_KINDS.items():
        if content.startswith(start):
            raise InvalidInput(f"{said} {_SAVE_AS}", PATH)
    encoding = _encoding(content)
    try:
        text, known = content.decode(encoding), encoding
    except UnicodeDecodeError:
        text, known = content.decode("cp1252", errors="replace"), None
    if "\x00" in text:
        raise InvalidInput(f"This is no text file. {_SAVE_AS}", PATH)
    return text, known


def _encoding(content: bytes) -> str:
    for mark, name in _MARKS:
        if content.startswith(mark):
            return name
    if content[1:200:2].count(0) > len(content[1:200:2]) / 2:
        return "utf-16-le"
    return "utf-16-be" if content[0:200:2].count(0) > len(content[0:200:2]) / 2 else "utf-8"


def _rows(text: str, separator: str, offset: int) -> Iterator[Row]:
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    begins, count = 1, 0
    while True:
        try:
            cells = next(lines, None)
        except csv.Error:
            raise InvalidInput(_broken(begins + offset), PATH) from None
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            count += 1
            if count > MOST_ROWS + 1:
                raise InvalidInput(f"This file has more than {MOST_ROWS:,} lines. Divide it into smaller ones.", PATH)
            yield Row(begins + offset, tuple(_cell(cell, begins + offset) for cell in cells))
        begins = lines.line_num + 1


def _broken(line: int) -> str:
    return (
        f"Line {line} cannot be read: a quotation mark is not closed, or stands where none may. "
        "Write a quotation mark inside a cell twice, and put the cell in quotation marks."
    )


def _cell(cell: str, line: int) -> str:
    if len(cell) > LONGEST_CELL:
        raise InvalidInput(f"Line {line} has a cell of more than {LONGEST_CELL:,} characters. Shorten it.", PATH)
    return restored(cell.strip())
