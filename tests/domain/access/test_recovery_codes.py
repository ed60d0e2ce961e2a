"""Recovery codes: written to be copied by hand, and read however they were copied."""

from hypothesis import given
from hypothesis import strategies as st

from domain.access.recovery_codes import digest, written

NUMBERS = st.integers(0, 2**80 - 1)


def test_a_code_has_four_groups_of_four() -> None:
    assert written(0) == "0000-0000-0000-0000"
    assert written(2**80 - 1) == "ZZZZ-ZZZZ-ZZZZ-ZZZZ"


@given(NUMBERS, NUMBERS)
def test_two_numbers_give_two_codes(one: int, other: int) -> None:
    assert (written(one) == written(other)) == (one == other)
    assert (digest(written(one)) == digest(written(other))) == (one == other)


@given(NUMBERS)
def test_a_code_is_read_however_it_was_copied(number: int) -> None:
    code = written(number)
    copied = (code.lower(), code.replace("-", ""), f" {code.replace('-', ' ')} ")
    mistaken = code.replace("0", "O").replace("1", "l")
    assert {digest(one) for one in (*copied, mistaken)} == {digest(code)}


def test_text_that_no_keyboard_types_is_read_too() -> None:
    assert len(digest("\udcff")) == 32
