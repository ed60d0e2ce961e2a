"""CSV files as spreadsheets save them, and files that are none."""

import pytest

from domain.errors import InvalidInput
from domain.transfer.sheets import LARGEST_MIB, LONGEST_CELL, MOST_ROWS, Row, read

PLAIN = "id,name\n1,Zoë\n2,José\n"


@pytest.mark.parametrize(
    "content",
    [
        PLAIN.encode(),
        PLAIN.encode("utf-8-sig"),
        PLAIN.encode("utf-16"),
        PLAIN.encode("utf-16-le"),
        PLAIN.encode("utf-16-be"),
        PLAIN.replace(",", ";").encode(),
        PLAIN.replace(",", "\t").encode("utf-16"),
        PLAIN.replace("\n", "\r\n").encode(),
        ("sep=;\n" + PLAIN.replace(",", ";")).encode(),
    ],
)
def test_encodings_and_separators_of_spreadsheets_are_found(content: bytes) -> None:
    sheet = read(content)
    assert sheet.header == ("id", "name")
    assert [row.cells for row in sheet.rows] == [("1", "Zoë"), ("2", "José")]
    assert sheet.encoding is not None


def test_an_old_encoding_is_guessed_and_said_to_be() -> None:
    sheet = read(PLAIN.encode("cp1252"))
    assert sheet.rows[0].cells == ("1", "Zoë") and sheet.encoding is None


def test_zeros_stay_and_empty_lines_are_left_out_but_counted() -> None:
    sheet = read(b"id,name\n\n007,Pat\n,,\n008,Sam\n")
    assert sheet.rows == (Row(3, ("007", "Pat")), Row(5, ("008", "Sam")))


def test_a_line_is_named_by_where_it_begins() -> None:
    sheet = read(b'id,name\n1,"Pat\nMorrow"\n2,Sam\n')
    assert [row.line for row in sheet.rows] == [2, 4]


def test_a_cell_that_was_made_harmless_comes_back_as_it_was() -> None:
    assert read(b"id,phone\n1,'+1 614-555-0134\n").rows[0].cells == ("1", "+1 614-555-0134")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"\n\n", "is empty"),
        (b"id,name\n", "no line below"),
        (b"PK\x03\x04rest of a workbook", "workbook or a zip file"),
        (b"\xd0\xcf\x11\xe0old", "old spreadsheet"),
        (b"%PDF-1.7", "PDF"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "picture"),
        (b"id,name\n1,\x00\x00\x01Pat\n", "no text file"),
        (b'id,name\n1,Sam\n2,"Pat\n3,Lee\n', "Line 3 cannot be read"),
        (b'id,name\n1,"Pat" Morrow\n', "Line 2 cannot be read"),
        (b"id,name\n1," + b"x" * (LONGEST_CELL + 1), "Line 2 has a cell of more than 1,000 characters"),
        (b"id,name\n1," + b"x" * 200_000, "Line 2"),
        (b"x" * ((LARGEST_MIB << 20) + 1), "larger than 5 MB"),
        (b"id\n" + b"1\n" * (MOST_ROWS + 1), "more than 20,000 lines"),
        (b"id" + b",x" * 100 + b"\n1\n", "more than 60 columns"),
    ],
)
def test_what_is_no_table_is_refused_with_what_to_do(content: bytes, says: str) -> None:
    with pytest.raises(InvalidInput, match=says) as refused:
        read(content)
    assert refused.value.path == "$.content"
