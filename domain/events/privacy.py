"""Facts of consents: what a client allows, and takes back."""

from domain.events.fact import Event, Instant


class ConsentGiven(Event, frozen=True):
    """A client's consent was put on file. It belongs to no session."""

    consent: str
    client: str
    purpose: str
    """A `Purpose`, or one that a newer release knows."""
    signed_at: Instant
    recipient: str | None = None
    """The id of the person it names; None for a recipient that is no person of the clinic."""
    scopes: tuple[str, ...] = ()
    """How much it allows, as codes."""
    expires: Instant | None = None
    text_version: str = ""
    text_digest: str = ""
    """SHA-256 (hex) of the text that was signed."""
    by: str | None = None
    """The member of staff who filed it from paper; None if the client gave it in the browser."""


class ConsentRevoked(Event, frozen=True):
    """A consent ends. What was done on it before stands."""

    consent: str
    client: str
    by: str | None = None
    """The member of staff who recorded it; None if the client did it in the browser."""
