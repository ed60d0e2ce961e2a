"""X-Forwarded-For counts only from a proxy on this machine or a private network."""

import pytest

from runtime.proxies import neighbourhood_of, network_of


@pytest.mark.parametrize(
    ("peer", "forwarded", "network"),
    [
        ("11.0.0.7", "", "11.0.0.7"),
        ("11.0.0.7", "12.0.0.1", "11.0.0.7"),
        ("127.0.0.1", "12.0.0.1", "12.0.0.1"),
        ("172.18.0.3", "13.0.0.1, 12.0.0.1", "12.0.0.1"),
        ("172.18.0.3", "not an address", "172.18.0.3"),
        ("2a00:1:1:2:3:4:5:6", "", "2a00:1:1:2::/64"),
        ("::ffff:11.0.0.7", "", "11.0.0.7"),
        ("", "12.0.0.1", "12.0.0.1"),
    ],
)
def test_the_network_behind_a_proxy(peer: str, forwarded: str, network: str) -> None:
    assert network_of(peer, forwarded) == network


@pytest.mark.parametrize(
    ("address", "around"), [("11.0.0.7", "11.0.0.0/24"), ("2a00:1:1:2:3:4:5:6", "2a00:1:1:2::/64"), ("", "None")]
)
def test_the_neighbourhood_of_an_address(address: str, around: str) -> None:
    assert neighbourhood_of(address, "") == around
