"""What the payloads of all subjects share: their bases, bounded types, pages and problems.

Each subject's `payloads.py` holds what its routes take and answer, one Struct per shape; requests refuse unknown
fields. `web/src/wire/api.gen.ts` and the OpenAPI document are generated from these files and from the routes.
"""

from typing import Annotated, Generic, TypeVar

import msgspec

Id = Annotated[str, msgspec.Meta(max_length=36, pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]
"""A UUID as this API writes it."""
Name = Annotated[str, msgspec.Meta(max_length=200, pattern=r"^ *[^\s\x00-\x1f\x7f][^\x00-\x1f\x7f]*$")]
"""A line of text that is not blank."""
TypedName = Annotated[str, msgspec.Meta(max_length=400)]
"""A name as somebody typed it: the handler keeps `checked_name` of it, which refuses in a sentence."""
Email = Annotated[str, msgspec.Meta(max_length=254, pattern=r"^[^@\s\x00-\x1f\x7f]+@[^@\s\x00-\x1f\x7f]+$")]
Version = Annotated[int, msgspec.Meta(ge=1, le=2_147_483_647)]
Secret = Annotated[str, msgspec.Meta(min_length=1, max_length=512)]
TimeZone = Annotated[str, msgspec.Meta(min_length=1, max_length=64, pattern=r"^[!-~]+$")]
"""An IANA name such as America/New_York."""
Revision = Annotated[int, msgspec.Meta(ge=0, le=2_147_483_647)]
"""The version that a text was edited from; 0 is before the first."""
Few = msgspec.Meta(max_length=100)
"""The bound for roles, scopes, blocks and breaks, of which there are few."""


class Body(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a request may carry."""


class Query(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the query of an address may carry."""


class View(msgspec.Struct, frozen=True, kw_only=True):
    """What a response carries."""


class Problem(View, frozen=True, kw_only=True):
    """RFC 9457 problem details, as application/problem+json."""

    type: str
    """`urn:vesper:problem:<code>`."""
    title: str
    """The code, in words."""
    status: int
    detail: str
    """What was wrong and what to do about it, for people."""
    code: str
    path: str | None = None
    """The place in the request that was wrong, such as `$.blocks[1].start`, if there is one."""


Item = TypeVar("Item")


class Page(View, Generic[Item], frozen=True, kw_only=True):
    """A list; `next` is the id to pass as `after` for more, or null at the end."""

    items: tuple[Item, ...]
    next: str | None


class PageQuery(Query, frozen=True, kw_only=True):
    """Items behind the id `after`; without it, from the first."""

    after: Id | None = None
