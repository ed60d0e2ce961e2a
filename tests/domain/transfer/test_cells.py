"""No cell of a file that leaves Vesper runs as a formula, and each comes back as it was."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.transfer.cells import neutral, restored, written

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


@pytest.mark.parametrize("start", DANGEROUS)
def test_a_cell_that_begins_like_a_formula_is_only_text(start: str) -> None:
    cell = neutral(f'{start}HYPERLINK("http://example.com","Pat")')
    assert not cell.startswith(DANGEROUS)
    assert restored(cell).startswith(start)


@given(st.text())
def test_no_cell_begins_like_a_formula_and_each_is_restored(text: str) -> None:
    assert not neutral(text).lstrip(" ").startswith(DANGEROUS)
    assert restored(neutral(text)) == text or text.startswith("'")


def test_a_separator_a_quote_or_a_line_break_in_a_cell_begins_no_new_cell() -> None:
    hostile = 'Pat;=1+1,"=2+2"\r\n=3+3'
    content = written(["name", "phone"], [[hostile, "+1 614-555-0134"], [None, 7]])
    text = content.decode("utf-8-sig")
    read = list(csv.reader(io.StringIO(text, newline="")))
    assert read == [["name", "phone"], [hostile, "'+1 614-555-0134"], ["", "7"]]
    assert text.startswith('"') and ";=1" in text.split('","')[1]


def test_spreadsheets_read_names_in_the_right_encoding() -> None:
    assert written(["name"], [["Zoë"]]).startswith(b"\xef\xbb\xbf")
