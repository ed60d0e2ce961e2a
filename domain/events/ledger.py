"""Facts of the ledger about itself."""

from datetime import date

from domain.events.fact import Event


class DayClosed(Event, frozen=True):
    """The closing of a clinic's UTC day: the facts recorded since the previous closing, counted, hashed and signed.

    `domain.ledger.closings` defines each digest. The fact belongs to no session.
    """

    clinic: str
    day: date
    count: int
    """The number of positions it covers; the first follows the last position of the previous closing."""
    last_position: int
    digest: str
    """The root of the hash tree over the facts it covers, in hex."""
    previous: str
    """The fingerprint of the previous closing, in hex; 64 zeros in a clinic's first."""
    key: str
    """The id of the public key that verifies the signature."""
    signature: str = ""
    """Ed25519 over its text, in hex."""
