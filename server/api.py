"""Every route of the API, from the modules that answer them."""

from server import (
    api_tokens,
    attendance,
    cancellations,
    closing_keys,
    enrolments,
    feed,
    health,
    join_links,
    notes,
    persons,
    programs,
    rooms,
    sessions,
    sign_ins,
    tickets,
)
from server.routes import Route

_MODULES = (
    sign_ins,
    health,
    persons,
    programs,
    enrolments,
    sessions,
    rooms,
    cancellations,
    join_links,
    tickets,
    attendance,
    notes,
    api_tokens,
    feed,
    closing_keys,
)


def table() -> tuple[Route, ...]:
    """The routes, in the order of their modules."""
    return tuple(route for module in _MODULES for route in module.ROUTES)
