"""Ties: who a guest is to a client. A guest belongs to one client, and has neither chart nor enrolment."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal, get_args

import msgspec

from domain.events.schedule import GuestRole

Relation = Literal[
    "parent", "guardian", "partner", "child", "sibling", "relative", "friend", "sponsor", "interpreter",
    "support_person",
]  # fmt: skip
RELATIONS: tuple[Relation, ...] = get_args(Relation)
_OTHERS: Mapping[Relation, GuestRole] = {
    "friend": "support_person",
    "sponsor": "support_person",
    "interpreter": "interpreter",
    "support_person": "support_person",
}


class Guardian(msgspec.Struct, frozen=True, kw_only=True):
    """Who consented that a guest who is a minor comes, and on which day they signed."""

    name: str
    signed_on: date


class Tie(msgspec.Struct, frozen=True, kw_only=True):
    """A guest of a client, with the guest's own contact."""

    guest: str
    client: str
    relation: Relation
    email: str | None = None
    phone: str | None = None
    language: Literal["en", "es"] = "en"
    guardian: Guardian | None = None
    """Only for a minor, who cannot be invited without it."""
    made_at: datetime
    made_by: str

    @property
    def role(self) -> GuestRole:
        """The role in which this guest comes."""
        return role_of(self.relation)


def role_of(relation: Relation) -> GuestRole:
    """The role of somebody with this relation, in a room."""
    return _OTHERS.get(relation, "family_member")
