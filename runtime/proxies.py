"""The real network of a client behind a proxy."""

import ipaddress

IPV6_NETWORK_BITS = 64
"""Providers assign a household or a clinic one such network: its addresses count as one neighbour."""


IPV4_NETWORK_BITS = 24
"""The smallest block that is routed on its own: its addresses mostly have one owner."""

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def network_of(peer: str, forwarded_for: str) -> str:
    """The network a socket or a request comes from: an IPv4 address, or the first 64 bits of an IPv6 one.

    The last entry of X-Forwarded-For counts only when the peer, a proxy, is on this machine or a private network.
    """
    return _network(_origin(peer, forwarded_for), 32)


def neighbourhood_of(peer: str, forwarded_for: str) -> str:
    """Like `network_of`, but the first 24 bits of an IPv4 address."""
    return _network(_origin(peer, forwarded_for), IPV4_NETWORK_BITS)


def _origin(peer: str, forwarded_for: str) -> Address | None:
    near = _address(peer)
    forwarded = _address(forwarded_for.rpartition(",")[2].strip())
    return forwarded if forwarded and (near is None or near.is_private) else near


def _network(address: Address | None, ipv4_bits: int) -> str:
    if address is None:
        return "None"
    bits = ipv4_bits if isinstance(address, ipaddress.IPv4Address) else IPV6_NETWORK_BITS
    return str(ipaddress.ip_network((address, bits), strict=False)).removesuffix("/32")


def _address(text: str) -> Address | None:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    return (address.ipv4_mapped or address) if isinstance(address, ipaddress.IPv6Address) else address
