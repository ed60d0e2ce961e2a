"""Columns under the names that people give them."""

import pytest

from domain.errors import InvalidInput
from domain.transfer.columns import FIELDS, recognised


def test_columns_are_known_by_many_names_in_two_languages() -> None:
    header = ["MRN", "Nombre", "Date of Birth", "E-Mail", "Teléfono", "Shoe size"]
    assert recognised(header) == ("external_id", "name", "date_of_birth", "email", "phone", None)


def test_the_template_names_every_column_so_that_it_is_recognised() -> None:
    assert recognised(FIELDS) == FIELDS


def test_without_a_column_of_ids_nobody_could_be_found_again() -> None:
    with pytest.raises(InvalidInput, match="external_id"):
        recognised(["name", "email"])


def test_two_columns_of_one_thing_are_refused_by_name() -> None:
    with pytest.raises(InvalidInput, match="dob and Date of birth"):
        recognised(["id", "dob", "Date of birth"])
