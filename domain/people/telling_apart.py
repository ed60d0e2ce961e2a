"""Two people may have the same name. Where those shown together could be confused, something tells them apart."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from domain.people.folding import folded

SHORTEST_ID = 4


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """A person as a list shows them to staff."""

    person: str
    name: str
    alias: str | None = None
    born: int | None = None
    """The year."""


def distinctions(people: Iterable[Shown]) -> dict[str, str]:
    """By person, what stands beside the name of each who could be taken for another of these people.

    The alias, where the aliases of those with this name differ; else the year of birth, where these differ; else the
    end of the id, as long as it must be. Names that differ only in case, accents and punctuation can be confused.
    """
    alike: dict[str, dict[str, Shown]] = defaultdict(dict)
    for one in people:
        alike[folded(one.name)][one.person] = one
    return {
        person: words
        for group in alike.values()
        if len(group) > 1
        for person, words in _told_apart(list(group.values())).items()
    }


def beside(name: str, distinction: str | None) -> str:
    """The name as staff read it: `Pat Morrow`, and where it could be another's `Pat Morrow (Cedar)`."""
    return name if distinction is None else f"{name} ({distinction})"


def _told_apart(group: Sequence[Shown]) -> dict[str, str]:
    for told in (_alias, _year, _both):
        words = [told(one) for one in group]
        if all(words) and len({folded(one) for one in words}) == len(words):
            return {one.person: word for one, word in zip(group, words, strict=True)}
    return _short_ids(group)


def _short_ids(group: Sequence[Shown]) -> dict[str, str]:
    longest = max(len(one.person) for one in group)
    for length in range(SHORTEST_ID, longest + 1):
        ends = {one.person: f"#{one.person[-length:]}" for one in group}
        if len(set(ends.values())) == len(group):
            return ends
    return {one.person: f"#{one.person}" for one in group}


def _alias(one: Shown) -> str:
    return one.alias or ""


def _year(one: Shown) -> str:
    return f"*{one.born}" if one.born else ""


def _both(one: Shown) -> str:
    return f"{one.alias}, *{one.born}" if one.alias and one.born else ""
