"""ICE-lite (RFC 8445 section 2.5): the engine learns addresses from STUN requests made with the password.

It needs no candidate of the other side. It sends nothing to an address that has not proved itself, except checks.
"""

import secrets
import struct

from aioice import stun

Address = tuple[str, int] | tuple[str, int, int, int]
"""An address as Python's sockets give it; longer for IPv6."""

MAX_ADDRESSES = 16
"""Per peer; checks from further addresses get no answer."""
FRESH_SECONDS = 6.0
"""A browser checks its current pair every 2.5 s; an address that is silent for longer than this loses its rank."""
_PRIORITY = 110 << 24 | 65_535 << 8 | 255
"""The priority of an address that a check found (RFC 8445 section 5.1.2.1)."""
ASK_SECONDS = 0.2
"""The least seconds between two checks of new addresses of a peer."""
_SHORTEST, _LONGEST = 20, 1_280
"""Sizes of STUN messages that are read, in bytes."""


def claimed_ufrag(datagram: bytes) -> tuple[str, stun.Message] | None:
    """The local name and message of a STUN binding request, not authenticated yet; None for other datagrams."""
    if not _SHORTEST <= len(datagram) <= _LONGEST or datagram[:2] != b"\x00\x01":
        return None
    try:
        request = stun.parse_message(datagram)
    except (ValueError, struct.error):
        return None
    return str(request.attributes.get("USERNAME", "")).partition(":")[0], request


def claimed_answer(datagram: bytes) -> stun.Message | None:
    """A STUN binding response, not authenticated yet; None for other datagrams."""
    if not _SHORTEST <= len(datagram) <= _LONGEST or datagram[:2] != b"\x01\x01":
        return None
    try:
        return stun.parse_message(datagram)
    except (ValueError, struct.error):
        return None


class IceLite:
    """One peer connection's addresses: all valid for receiving, and the best nominated one for sending."""

    def __init__(self, ufrag: str, password: str, created_at: float) -> None:
        self.ufrag, self.password, self.checked_at = ufrag, password, created_at
        self._passwords = {ufrag: password}
        self.chosen: Address | None = None
        self.remote = "", ""
        """`(name, password)` of the other side, from its description."""
        self._asked: tuple[bytes, Address] | None = None
        self._asked_at = 0.0
        self._heard: dict[Address, float] = {}
        self._nominated: dict[Address, int] = {}

    @property
    def addresses(self) -> tuple[Address, ...]:
        """Every address that has proved itself."""
        return tuple(self._heard)

    @property
    def ufrags(self) -> tuple[str, ...]:
        """The names that this end answers to: the current one, and the one before while its path may be in use."""
        return tuple(self._passwords)

    def restart(self, ufrag: str, password: str) -> str | None:
        """Use a new name and password (RFC 8445 section 9); returns the name that is no longer valid, if any.

        The name before stays valid, so that media flows until the new path is proved.
        """
        forgotten = next(iter(self._passwords)) if len(self._passwords) > 1 else None
        self._passwords.pop(forgotten or "", None)
        self.ufrag, self.password = ufrag, password
        self._passwords[ufrag] = password
        self._nominated.clear()
        return forgotten

    def answer(self, request: stun.Message, address: Address, at: float) -> bytes | None:
        """The response to an authentic request, whose address is valid from now on; None to any other request."""
        key = self._passwords.get(str(request.attributes.get("USERNAME", "")).partition(":")[0], "").encode()
        if not key or not request.check_message_integrity(key):
            return None
        if address not in self._heard and len(self._heard) >= MAX_ADDRESSES:
            return None
        self._heard[address] = self.checked_at = at
        if "USE-CANDIDATE" in request.attributes:
            self._nominated[address] = int(request.attributes.get("PRIORITY", 0))
        self._choose(at)
        response = stun.Message(stun.Method.BINDING, stun.Class.RESPONSE, transaction_id=request.transaction_id)
        response.attributes["XOR-MAPPED-ADDRESS"] = address[:2]
        response.add_message_integrity(key)
        return bytes(response)

    def ask(self, address: Address, at: float) -> stun.Message | None:
        """A check to send to an address that an authentic packet came from; None when it is not time.

        A browser does not notice when its network address changes, and its own next check may be seconds away.
        """
        name, password = self.remote
        if not name or at - self._asked_at < ASK_SECONDS or len(self._heard) >= MAX_ADDRESSES:
            return None
        request = stun.Message(stun.Method.BINDING, stun.Class.REQUEST, transaction_id=secrets.token_bytes(12))
        request.attributes["USERNAME"] = f"{name}:{self.ufrag}"
        request.attributes["PRIORITY"] = _PRIORITY
        request.attributes["ICE-CONTROLLED"] = secrets.randbits(64)
        request.add_message_integrity(password.encode())
        self._asked, self._asked_at = (request.transaction_id, address), at
        return request

    def proves(self, response: stun.Message, address: Address, at: float) -> bool:
        """True for the authentic answer to this address's check; the address then replaces the chosen one."""
        if self._asked != (response.transaction_id, address):
            return False
        if not response.check_message_integrity(self.remote[1].encode()):
            return False
        self._asked = None
        self._heard[address] = self.checked_at = at
        self._nominated[address] = max(self._nominated.values(), default=0)
        self._choose(at)
        return True

    def _choose(self, at: float) -> None:
        """Choose the best recently heard pair: browsers nominate several, and one's network may go away.

        The same pair from another address means a NAT that forgot the old one: then the newest counts.
        """
        fresh = [address for address in self._nominated if at - self._heard[address] <= FRESH_SECONDS]
        best = max(fresh, key=lambda address: (self._nominated[address], self._heard[address]), default=None)
        self.chosen = best or self.chosen or next(iter(self._heard))
