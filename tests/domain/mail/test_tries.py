"""A mail is tried for a day, ever more rarely, and given up at once when it cannot be accepted."""

from datetime import UTC, datetime, timedelta

import msgspec

from domain.mail.mails import Mail
from domain.mail.tries import next_try, wait

AT = datetime(2026, 9, 15, 22, 0, tzinfo=UTC)
MAIL = Mail(id="one", clinic="c", kind="password_reset", address="a@x.example", queued_at=AT, tries=1)


def test_the_pauses_double_up_to_an_hour() -> None:
    assert [wait(tries).total_seconds() for tries in range(1, 10)] == [30, 60, 120, 240, 480, 960, 1920, 3600, 3600]
    assert wait(1_000_000) == timedelta(hours=1)


def test_a_mail_that_may_be_accepted_later_is_tried_for_a_day() -> None:
    now, mail, tried = AT, MAIL, 0
    while (again := next_try(mail, "for_now", now)) is not None:
        tried += 1
        now, mail = again, msgspec.structs.replace(mail, tries=mail.tries + 1)
    assert now > AT + timedelta(hours=22)
    assert tried == 29


def test_a_mail_that_is_refused_for_good_is_not_tried_again() -> None:
    assert next_try(MAIL, "for_good", AT) is None
