"""A code is right once, for ten minutes, at a contact of one person alone; five wrong ones end it."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.access.identity import BROWSER_LIFE, CODE_LIFE, TRIES, Code, Contact, IdentifiedBrowser, judge

AT = datetime(2026, 9, 15, 22, 0, tzinfo=UTC)
CONTACT = Contact(address="pat@x.example", set_at=AT, set_by="staff", wrong_tries=0, shared=False)
CODE = Code(id="one", digest=b"d", expires_at=AT + CODE_LIFE, used_at=None)


def test_the_right_code_is_right_until_its_ten_minutes_are_over() -> None:
    assert judge(CONTACT, CODE, True, AT) == "right"
    assert judge(CONTACT, CODE, True, AT + CODE_LIFE - timedelta(seconds=1)) == "right"
    assert judge(CONTACT, CODE, True, AT + CODE_LIFE) == "nothing_to_try"
    assert judge(CONTACT, CODE, False, AT) == "wrong"


@pytest.mark.parametrize(
    ("contact", "code"),
    [
        (None, CODE),
        (CONTACT, None),
        (msgspec.structs.replace(CONTACT, shared=True), CODE),
        (msgspec.structs.replace(CONTACT, wrong_tries=TRIES), CODE),
        (CONTACT, msgspec.structs.replace(CODE, used_at=AT)),
        (CONTACT, msgspec.structs.replace(CODE, digest=None, expires_at=None)),
    ],
)
@pytest.mark.parametrize("matches", [True, False])
def test_where_no_code_can_be_right_nothing_is_tried(contact: Contact | None, code: Code | None, matches: bool) -> None:
    assert judge(contact, code, matches, AT) == "nothing_to_try"


@given(st.lists(st.booleans(), max_size=20))
def test_nobody_ever_has_more_than_five_guesses_in_a_row(guesses: list[bool]) -> None:
    contact, wrong_in_a_row = CONTACT, 0
    for matches in guesses:
        verdict = judge(contact, CODE, matches, AT)
        if verdict == "wrong":
            wrong_in_a_row += 1
            contact = msgspec.structs.replace(contact, wrong_tries=contact.wrong_tries + 1)
        elif verdict == "right":
            wrong_in_a_row = 0
            contact = msgspec.structs.replace(contact, wrong_tries=0)
        else:
            assert wrong_in_a_row == TRIES
        assert wrong_in_a_row <= TRIES


def test_a_browser_counts_for_thirty_days_unless_it_is_forgotten() -> None:
    browser = IdentifiedBrowser(id="one", identified_at=AT, expires_at=AT + BROWSER_LIFE)
    assert browser.counts(AT + timedelta(days=30) - timedelta(seconds=1))
    assert not browser.counts(AT + timedelta(days=30))
    assert not msgspec.structs.replace(browser, revoked_at=AT).counts(AT)
