"""Lists, one page at a time: `after` is the last id of the previous page."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from server.http.payloads import Page

PAGE_SIZE = 100

Item = TypeVar("Item")


def page(found: Sequence[Item], id_of: Callable[[Item], str]) -> Page[Item]:
    """A page of `found`, which holds one item more than fits when there is a next page."""
    items = tuple(found[:PAGE_SIZE])
    return Page(items=items, next=id_of(items[-1]) if len(found) > PAGE_SIZE else None)
