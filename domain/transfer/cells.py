"""The one writer of CSV. No cell of it runs as a formula, whichever program opens it."""

import csv
import io
from collections.abc import Iterable

STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the beginning of a formula, or skips before one; also in the wide forms of East Asia."""
MARK = "'"
"""Before such a cell. Spreadsheets show it or take it away, and run nothing; `restored` takes it away."""
BOM = "\ufeff"
"""Without it, a spreadsheet reads names in a wrong encoding."""


def written(header: Iterable[str], rows: Iterable[Iterable[object]]) -> bytes:
    """The file: UTF-8 as spreadsheets expect it, each cell quoted, so that no separator inside a cell divides it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(map(neutral, header))
    writer.writerows(map(neutral, row) for row in rows)
    return (BOM + text.getvalue()).encode()


def neutral(value: object) -> str:
    """The value as a cell that is only text; None is empty."""
    text = "" if value is None else str(value)
    return MARK + text if text.lstrip(" ").startswith(STARTS) else text


def restored(cell: str) -> str:
    """What was written as this cell."""
    return cell[1:] if cell.startswith(MARK) and cell[1:].lstrip(" ").startswith(STARTS) else cell
