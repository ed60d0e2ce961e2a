"""Facts of the ledger about itself."""

from datetime import date

from domain.events.fact import Event


class DayClosed(Event, frozen=True):
    """A clinic's UTC day is over: how much had been recorded since the closing before it, bound and signed.

    `domain.closings` says what each digest covers. Of no session.
    """

    clinic: str
    day: date
    count: int
    """How many positions it covers; the first is the one behind the last position of the closing before."""
    last_position: int
    digest: str
    """The root of the tree over what it covers, in hex."""
    previous: str
    """The fingerprint of the closing before, in hex; 64 zeros in a clinic's first."""
    key: str
    """The id of the public key that the signature is checked with."""
    signature: str = ""
    """Ed25519 over its text, in hex."""
