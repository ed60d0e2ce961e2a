"""Checks with the password are answered and their address is used; all others get no answer."""

import pytest
from aioice import stun
from hypothesis import given
from hypothesis import strategies as st

from signaling.media.transport.ice import (
    ASK_SECONDS,
    FRESH_SECONDS,
    MAX_ADDRESSES,
    Address,
    IceLite,
    claimed_answer,
    claimed_ufrag,
)

WIFI, CELLULAR = ("192.0.2.1", 4_000), ("198.51.100.1", 5_000)


def check(*, password: str = "password", username: str = "engine:browser", nominates: int | None = None) -> bytes:
    request = stun.Message(stun.Method.BINDING, stun.Class.REQUEST)
    request.attributes["USERNAME"] = username
    if nominates is not None:
        request.attributes |= {"PRIORITY": nominates, "USE-CANDIDATE": None}
    request.add_message_integrity(password.encode())
    return bytes(request)


def answer(ice: IceLite, datagram: bytes, address: Address, at: float = 0.0) -> bytes | None:
    claimed = claimed_ufrag(datagram)
    assert claimed is not None
    return ice.answer(claimed[1], address, at)


@pytest.fixture
def ice() -> IceLite:
    return IceLite("engine", "password", 0.0)


def test_an_authentic_check_is_answered_with_the_address_it_came_from(ice: IceLite) -> None:
    datagram = check()
    response = answer(ice, datagram, WIFI)
    assert response is not None
    read = stun.parse_message(response)
    assert read.check_message_integrity(b"password")
    assert read.transaction_id == stun.parse_message(datagram).transaction_id
    assert read.attributes["XOR-MAPPED-ADDRESS"] == WIFI
    assert ice.addresses == (WIFI,)


def test_a_check_with_another_password_is_not_answered(ice: IceLite) -> None:
    assert answer(ice, check(password="guessed"), WIFI) is None
    assert ice.addresses == ()
    assert ice.chosen is None


def test_a_check_names_its_recipient() -> None:
    claimed = claimed_ufrag(check(username="somebody:else"))
    assert claimed is not None
    assert claimed[0] == "somebody"


def test_the_first_address_serves_until_one_is_nominated(ice: IceLite) -> None:
    answer(ice, check(), WIFI)
    answer(ice, check(), CELLULAR)
    assert ice.chosen == WIFI
    answer(ice, check(nominates=10), CELLULAR)
    assert ice.chosen == CELLULAR


def test_of_several_nominated_the_highest_priority_is_used_and_all_stay_valid(ice: IceLite) -> None:
    answer(ice, check(nominates=10), WIFI)
    answer(ice, check(nominates=20), CELLULAR)
    answer(ice, check(nominates=10), WIFI)
    assert ice.chosen == CELLULAR
    assert ice.addresses == (WIFI, CELLULAR)


def test_the_same_pair_from_another_address_moves_there_at_once(ice: IceLite) -> None:
    answer(ice, check(nominates=10), WIFI, at=1.0)
    answer(ice, check(nominates=10), CELLULAR, at=2.0)
    assert ice.chosen == CELLULAR


def test_an_address_gone_silent_gives_way_to_one_of_lower_priority(ice: IceLite) -> None:
    answer(ice, check(nominates=20), WIFI, at=0.0)
    answer(ice, check(nominates=10), CELLULAR, at=FRESH_SECONDS)
    assert ice.chosen == WIFI
    answer(ice, check(nominates=10), CELLULAR, at=FRESH_SECONDS + 1)
    assert ice.chosen == CELLULAR


@pytest.fixture
def known(ice: IceLite) -> IceLite:
    """ICE after the browser's description came and its path was found."""
    ice.remote = "browser", "secret"
    answer(ice, check(nominates=10), WIFI, at=1.0)
    return ice


def response_to(request: stun.Message, password: str = "secret") -> stun.Message:
    response = stun.Message(stun.Method.BINDING, stun.Class.RESPONSE, transaction_id=request.transaction_id)
    response.attributes["XOR-MAPPED-ADDRESS"] = WIFI
    response.add_message_integrity(password.encode())
    claimed = claimed_answer(bytes(response))
    assert claimed is not None
    return claimed


def test_a_new_address_is_checked_with_the_browser_s_credentials_and_chosen_when_it_answers(known: IceLite) -> None:
    request = known.ask(CELLULAR, 2.0)
    assert request is not None
    read = stun.parse_message(bytes(request))
    assert read.check_message_integrity(b"secret")
    assert read.attributes["USERNAME"] == "browser:engine"
    assert known.chosen == WIFI
    assert known.proves(response_to(request), CELLULAR, 2.1)
    assert (known.chosen, known.checked_at) == (CELLULAR, 2.1)
    assert not known.proves(response_to(request), CELLULAR, 2.2), "an answer counts once"


def test_other_answers_change_nothing(known: IceLite) -> None:
    request = known.ask(CELLULAR, 2.0)
    assert request is not None
    unasked = stun.Message(stun.Method.BINDING, stun.Class.REQUEST)
    assert not known.proves(response_to(unasked), CELLULAR, 2.1)
    assert not known.proves(response_to(request), ("203.0.113.1", 7), 2.1)
    assert not known.proves(response_to(request, "guessed"), CELLULAR, 2.1)
    assert known.addresses == (WIFI,)
    assert known.chosen == WIFI


def test_an_address_is_checked_sparingly_and_only_when_the_browser_is_known(known: IceLite) -> None:
    assert known.ask(CELLULAR, 2.0) is not None
    assert known.ask(CELLULAR, 2.0 + ASK_SECONDS / 2) is None
    assert known.ask(CELLULAR, 2.0 + ASK_SECONDS) is not None
    known.remote = "", ""
    assert known.ask(CELLULAR, 9.0) is None


def test_addresses_are_bounded(ice: IceLite) -> None:
    for port in range(MAX_ADDRESSES):
        assert answer(ice, check(), ("192.0.2.1", port)) is not None
    assert answer(ice, check(), CELLULAR) is None
    assert answer(ice, check(), ("192.0.2.1", 0), at=5.0) is not None
    assert ice.checked_at == 5.0


@pytest.mark.parametrize("method", [stun.Method.ALLOCATE, stun.Method.SEND])
def test_other_requests_are_no_checks(method: stun.Method) -> None:
    assert claimed_ufrag(bytes(stun.Message(method, stun.Class.REQUEST))) is None


def test_responses_are_no_checks() -> None:
    assert claimed_ufrag(bytes(stun.Message(stun.Method.BINDING, stun.Class.RESPONSE))) is None


@given(st.binary(max_size=200))
def test_no_datagram_however_malformed_raises(data: bytes) -> None:
    claimed_ufrag(data)


@given(st.lists(st.tuples(st.integers(0, 65_535), st.binary(max_size=24)), max_size=6))
def test_no_attributes_however_malformed_raise(attributes: list[tuple[int, bytes]]) -> None:
    body = b"".join(
        kind.to_bytes(2, "big") + len(value).to_bytes(2, "big") + value + bytes(-len(value) % 4)
        for kind, value in attributes
    )
    claimed_ufrag(b"\x00\x01" + len(body).to_bytes(2, "big") + b"\x21\x12\xa4\x42" + bytes(12) + body)


@given(st.sampled_from(sorted(stun.ATTRIBUTES_BY_TYPE)), st.binary(max_size=24))
def test_no_known_attribute_however_malformed_raises(kind: int, value: bytes) -> None:
    body = kind.to_bytes(2, "big") + len(value).to_bytes(2, "big") + value + bytes(-len(value) % 4)
    request = claimed_ufrag(b"\x00\x01" + len(body).to_bytes(2, "big") + b"\x21\x12\xa4\x42" + bytes(12) + body)
    if request is not None:
        assert IceLite("engine", "password", 0.0).answer(request[1], WIFI, 0.0) is None
