"""Facts of the clinical record."""

from domain.events.fact import Event


class NoteSigned(Event, frozen=True):
    """A version of a note was signed. The note itself is stored elsewhere, encrypted."""

    note: str
    version: int
    digest: str
    by: str
    client: str | None = None
