"""Addresses and numbers as they are kept: checked by the rules of mail and of telephone numbering."""

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from phonenumbers import NumberParseException, PhoneNumberFormat

from domain.errors import InvalidInput

HOME = "US"
"""Where a number without a country code is."""
NO_NUMBER = "This is no telephone number. Give it with its area code, such as (614) 555-0134; from abroad with + first."
NO_ADDRESS = "This is no e-mail address. Give it whole, such as pat@example.com."


def checked_phone(typed: str, path: str) -> str:
    """The number with its country code, as people write it: `+1 614-555-0134`.

    Raises:
        InvalidInput
    """
    try:
        number = phonenumbers.parse(typed, HOME)
    except NumberParseException:
        raise InvalidInput(NO_NUMBER, path) from None
    if not phonenumbers.is_possible_number(number):
        raise InvalidInput(NO_NUMBER, path)
    return phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)


def checked_email(typed: str, path: str) -> str:
    """The address in its normal form. Whether somebody reads it is not asked.

    Raises:
        InvalidInput
    """
    try:
        found = validate_email(typed.strip(), check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        raise InvalidInput(NO_ADDRESS, path) from None
    return found.normalized
