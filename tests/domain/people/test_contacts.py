"""Numbers and addresses as they are kept."""

import pytest

from domain.errors import InvalidInput
from domain.people.contacts import checked_email, checked_phone


def test_a_number_gets_its_country_code() -> None:
    assert checked_phone("(614) 555-0134", "$") == "+1 614-555-0134"
    assert checked_phone("+52 55 1234 5678", "$").startswith("+52 ")


@pytest.mark.parametrize("typed", ["", "12", "call her sister"])
def test_what_is_no_number_is_refused_at_its_field(typed: str) -> None:
    with pytest.raises(InvalidInput, match="no telephone number") as refused:
        checked_phone(typed, "$.contacts[0].value")
    assert refused.value.path == "$.contacts[0].value"


def test_an_address_is_kept_in_its_normal_form() -> None:
    assert checked_email(" pat@EXAMPLE.com ", "$") == "pat@example.com"
    with pytest.raises(InvalidInput, match="no e-mail address"):
        checked_email("pat at example", "$")
