"""Where somebody really comes from, when a proxy stands between."""

import ipaddress

IPV6_NETWORK_BITS = 64
"""What one household or clinic is given: the addresses within it are one neighbour."""


def network_of(peer: str, forwarded_for: str) -> str:
    """The network a socket or a request comes from: an IPv4 address, or the first 64 bits of an IPv6 one.

    A proxy's word (the last entry of X-Forwarded-For) is taken only when the peer is on this machine or a private
    network.
    """
    near = _address(peer)
    told = _address(forwarded_for.rpartition(",")[2].strip())
    address = told if told and (near is None or near.is_private) else near
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, IPV6_NETWORK_BITS), strict=False))
    return str(address)


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    return (address.ipv4_mapped or address) if isinstance(address, ipaddress.IPv6Address) else address
