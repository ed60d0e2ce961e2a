"""Where somebody really comes from, when a proxy stands between."""

import ipaddress

IPV6_NETWORK_BITS = 64
"""What one household or clinic is given: the addresses within it are one neighbour."""


IPV4_NETWORK_BITS = 24
"""The smallest block that networks announce: addresses within it mostly have one owner."""

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def network_of(peer: str, forwarded_for: str) -> str:
    """The network a socket or a request comes from: an IPv4 address, or the first 64 bits of an IPv6 one.

    A proxy's word (the last entry of X-Forwarded-For) is taken only when the peer is on this machine or a private
    network.
    """
    return _network(_origin(peer, forwarded_for), 32)


def neighbourhood_of(peer: str, forwarded_for: str) -> str:
    """Like `network_of`, and of an IPv4 address the first 24 bits."""
    return _network(_origin(peer, forwarded_for), IPV4_NETWORK_BITS)


def _origin(peer: str, forwarded_for: str) -> Address | None:
    near = _address(peer)
    told = _address(forwarded_for.rpartition(",")[2].strip())
    return told if told and (near is None or near.is_private) else near


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
