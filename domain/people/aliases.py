"""Aliases: what clients and guests are called on the screens of their peers.

An alias is one person's in the clinic, also for whoever mistakes letters for each other, and for a year after its
person gave it up. It is no name of a member of staff and claims no role.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from datetime import timedelta
from itertools import count, islice

from domain.errors import InvalidInput
from domain.people.folding import skeleton
from domain.people.names import checked_name
from domain.people.short_names import NAMELESS, characters, short_name, words_of

KEPT_AWAY = timedelta(days=365)
"""How long after one person nobody else may have an alias."""
LONGEST_ALIAS = 32
"""The most characters of an alias, as people count them."""
SUGGESTED = 6

_NEUTRAL = (
    "Alba", "Aurora", "Cedar", "Coral", "Delta", "Fern", "Flora", "Iris", "Jade", "Juniper", "Luna", "Maple", "Marina",
    "Nova", "Olive", "Opal", "River", "Robin", "Sage", "Sierra", "Sol", "Terra", "Vega", "Willow",
)  # fmt: skip
"""For whoever does not want to show their first name."""

_ROLE_WORDS = (
    "admin", "administrator", "auditor", "biller", "clinician", "coach", "cohost", "counselor", "counsellor", "doctor",
    "dr", "everyone", "facilitator", "cofacilitator", "host", "interpreter", "leader", "manager", "moderator", "nurse",
    "observer", "operator", "organizer", "owner", "physician", "prescriber", "presenter", "provider", "psychologist",
    "root", "staff", "supervisor", "support", "system", "therapist", "vesper",
    "administrador", "administradora", "anfitrion", "anfitriona", "auditora", "clinica", "consejero", "consejera",
    "coordinador", "coordinadora", "doctora", "dra", "enfermero", "enfermera", "equipo", "facilitador", "facilitadora",
    "interprete", "medico", "medica", "moderador", "moderadora", "observador", "observadora", "personal", "psicologo",
    "psicologa", "sistema", "soporte", "supervisora", "terapeuta", "todos",
)  # fmt: skip
_ROLES = frozenset(map(skeleton, _ROLE_WORDS))
_BETWEEN = re.compile(r"[\s._/,&+-]+")

TAKEN = "Somebody here has this alias, or one that looks like it, or had it within the last year. Choose another."
OF_STAFF = "This is the name of a member of staff. Choose another alias."
OF_A_ROLE = "This alias sounds like a role in the room. Choose another."
LONG = f"This alias is longer than {LONGEST_ALIAS} characters. Choose a shorter one."
EMPTY = "This alias has no letter, digit or picture in it. Choose another."


def checked_alias(text: str, staff: Iterable[str], path: str = "$.alias") -> str:
    """The alias as it is kept, if nothing but another person's can stand against it.

    Raises:
        InvalidInput: with what is wrong with it, at that path.
    """
    alias = checked_name(text, path)
    if len(list(characters(alias))) > LONGEST_ALIAS:
        raise InvalidInput(LONG, path)
    if not skeleton(alias):
        raise InvalidInput(EMPTY, path)
    if claims_a_role(alias):
        raise InvalidInput(OF_A_ROLE, path)
    if skeleton(alias) in names_of_staff(staff):
        raise InvalidInput(OF_STAFF, path)
    return alias


def claims_a_role(alias: str) -> bool:
    """Whether a word of the alias, or all of it together, reads like a role."""
    return not _ROLES.isdisjoint([skeleton(alias), *map(skeleton, _BETWEEN.split(alias))])


def names_of_staff(staff: Iterable[str]) -> frozenset[str]:
    """The skeletons of what staff of these names are called: the whole name, the first word, the short name."""
    called = {short for name in staff for short in (name, short_name(name), *words_of(name)[:1])}
    return frozenset(map(skeleton, called))


def suggestions(name: str, person: str, taken: Collection[str], staff: Iterable[str]) -> tuple[str, ...]:
    """A few aliases for a person of that name, the usual first: `Pat M.`, then longer, then shorter, then others.

    `taken` are skeletons. Without a name to show there are neutral words; they differ from person to person.
    """
    refused = set(taken) | names_of_staff(staff)
    found: dict[str, str] = {}
    for alias in candidates(name, person):
        if may_be_free(alias, refused):
            found.setdefault(skeleton(alias), alias)
        if len(found) == SUGGESTED:
            break
    return tuple(found.values())


def may_be_free(alias: str, refused: Collection[str]) -> bool:
    """Whether an alias that is suggested is nobody's; `refused` are skeletons."""
    return bool(skeleton(alias)) and skeleton(alias) not in refused and not claims_a_role(alias)


def may_suggest(name: str, person: str) -> tuple[str, ...]:
    """The first candidates, whether taken or not: those whose skeletons decide what is suggested."""
    return tuple(islice(candidates(name, person), 400))


def candidates(name: str, person: str) -> Iterator[str]:
    """Aliases for a person of that name without end, the usual first, whether taken or not."""
    yield from _from_name(name)
    start = sum(person.encode()) % len(_NEUTRAL)
    neutral = _NEUTRAL[start:] + _NEUTRAL[:start]
    short = short_name(name)
    numbered = [f"{short} {number}" for number in range(2, 100)] if short != NAMELESS else []
    yield from (*numbered[:1], *neutral[:2], *numbered[1:3], *neutral[2:], *numbered[3:])
    yield from (f"{word} {number}" for number in count(2) for word in neutral)


def _from_name(name: str) -> Iterator[str]:
    short, words = short_name(name), words_of(name)
    if short == NAMELESS:
        return
    yield short
    if len(words) > 1:
        letters = list(characters(words[-1]))
        if len(letters) > 2:
            yield f"{words[0]} {''.join(letters[:2])}."
        yield " ".join(f"{next(characters(word))}." for word in (words[0], words[-1]))
        yield short_name(words[0])
