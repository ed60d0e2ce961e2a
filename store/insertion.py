"""Many rows inserted by one statement: each column is sent as one array, and Postgres makes rows of them again."""

from collections.abc import Mapping, Sequence
from typing import Any

from store.database import Transaction, columns

_AS_TEXT = frozenset({"uuid", "json"})
"""Types sent as text and cast by Postgres: the driver would call Python for each value."""


class Insertion:
    """Inserts rows into a table. `types` has the SQL type of each column, in the order of a row's values;
    `otherwise` is the SQL clause for conflicts (`ON CONFLICT …`)."""

    def __init__(self, table: str, types: Mapping[str, str], otherwise: str = "") -> None:
        self._width = len(types)
        names = ", ".join(types)
        values = ", ".join(f"{name}::{type}" if type in _AS_TEXT else name for name, type in types.items())
        arrays = ", ".join(
            f"${number}::{'text' if type in _AS_TEXT else type}[]" for number, type in enumerate(types.values(), 1)
        )
        self.statement = (
            f"INSERT INTO {table} ({names}) SELECT {values} FROM unnest({arrays}) AS new ({names}) {otherwise}"
        )

    async def of(self, tx: Transaction, rows: Sequence[tuple[Any, ...]]) -> None:
        """Insert these rows."""
        await tx.execute(self.statement, *columns(rows, self._width))
