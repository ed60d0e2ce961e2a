"""The labels of people on the screens of others in the room: an alias, or a first word and a letter; no two alike."""

import unicodedata
from collections.abc import Iterable
from itertools import chain, count

from domain.people.short_names import short_name


def label(name: str, others: Iterable[str], alias: str | None = None) -> str:
    """The label of a person with this name or alias, different from `others`: `Pat M.`, and for the next `Pat M. 2`."""
    short = alias or short_name(name)
    taken = {_folded(other) for other in others}
    numbered = chain([short], (f"{short} {number}" for number in count(2)))
    return next(one for one in numbered if _folded(one) not in taken)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
