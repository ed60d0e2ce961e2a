"""Mails have ids that a mailbox can compare."""

from datetime import UTC, datetime

import msgspec

from domain.mail.mails import Mail, message_id

AT = datetime(2026, 9, 15, 22, 0, tzinfo=UTC)


def test_a_second_try_of_a_notice_is_the_same_mail_and_one_with_a_new_code_is_another() -> None:
    notice = Mail(id="one", clinic="c", kind="email_changed", address="a@x.example", queued_at=AT, tries=1)
    code = msgspec.structs.replace(notice, kind="identity_code")
    assert message_id(notice, "v.example") == "<one@v.example>"
    assert message_id(msgspec.structs.replace(notice, tries=2), "v.example") == "<one@v.example>"
    assert message_id(code, "v.example") == "<one.1@v.example>"
    assert message_id(msgspec.structs.replace(code, tries=2), "v.example") == "<one.2@v.example>"
