"""Lists, a page at a time: `after` is the id that the page before ended with."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from server.http.payloads import Page

PAGE_SIZE = 100

Item = TypeVar("Item")


def page(found: Sequence[Item], id_of: Callable[[Item], str]) -> Page[Item]:
    """A page of what was found, which is one more than fits when there is a next one."""
    items = tuple(found[:PAGE_SIZE])
    return Page(items=items, next=id_of(items[-1]) if len(found) > PAGE_SIZE else None)
