"""Kinds of sessions that a clinic names itself. Each counts as one of the product's kinds, for ever."""

from collections.abc import Iterable

import msgspec

from domain.errors import InvalidInput
from domain.events.schedule import MUTUAL_HELP, SessionKind


class ClinicKind(msgspec.Struct, frozen=True, kw_only=True):
    """A kind such as yoga, which counts as `expressive`. `in_use`: it is offered when a session is planned."""

    id: str
    name: str
    counts_as: SessionKind
    in_use: bool = True


def check_name(name: str, others: Iterable[ClinicKind]) -> None:
    """Refuse a name that another kind of the clinic has.

    Raises:
        InvalidInput
    """
    if name.casefold() in {other.name.casefold() for other in others}:
        raise InvalidInput("Another kind of your clinic has that name.", "$.name")


def check_counts(kind: SessionKind) -> None:
    """Refuse a kind of which nothing is kept: what a clinic names itself counts toward hours.

    Raises:
        InvalidInput
    """
    if kind == MUTUAL_HELP:
        raise InvalidInput("Nothing is kept of mutual help, so no other kind can count as it.", "$.counts_as")
