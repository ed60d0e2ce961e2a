"""What mails say: whole in both languages, with a secret where there is one, and nothing about why somebody comes."""

import re
from datetime import UTC, datetime
from typing import get_args

import pytest

from domain.mail.mails import SECRET, Language, Mail, MailKind
from domain.mail.words.catalogue import CATALOGUE, text_of

KINDS: tuple[MailKind, ...] = get_args(MailKind)
EVERY = [(language, kind) for language in CATALOGUE for kind in KINDS]
TELLING = re.compile(
    r"addict|adicci|substan|sustanc|alcohol|drog|drug|sober|sobri|therap|terap|treatment|tratamiento|counsel|consejer"
    r"|mental|group|grupo|session|sesi[oó]n|patient|paciente|client|recover|recuper|program",
    re.IGNORECASE,
)


def mail(kind: MailKind, language: Language) -> Mail:
    at = datetime(2026, 9, 15, 22, 0, tzinfo=UTC)
    return Mail(id="one", clinic="c", kind=kind, address="pat@x.example", language=language, queued_at=at)


def test_both_languages_have_every_kind() -> None:
    assert set(CATALOGUE) == set(get_args(Language))
    assert {language: words.keys() for language, words in CATALOGUE.items()} == {key: set(KINDS) for key in CATALOGUE}


@pytest.mark.parametrize(("language", "kind"), EVERY)
def test_a_mail_names_the_clinic_and_carries_its_secret_once_and_never_in_the_subject(
    language: Language, kind: MailKind
) -> None:
    text = text_of(mail(kind, language), "Riverbend {House}", "THE-SECRET")
    assert "Riverbend {House}" in text.body
    assert text.body.count("THE-SECRET") == (kind in SECRET)
    assert "THE-SECRET" not in text.subject
    assert "{secret}" not in text.body and "{clinic}" not in text.subject


@pytest.mark.parametrize(("language", "kind"), EVERY)
def test_a_mail_says_nothing_about_why_somebody_comes(language: Language, kind: MailKind) -> None:
    text = CATALOGUE[language][kind]
    assert not TELLING.findall(text.subject + text.body)


@pytest.mark.parametrize(("language", "kind"), EVERY)
def test_lines_are_short_enough_for_any_mail_program(language: Language, kind: MailKind) -> None:
    assert max(map(len, CATALOGUE[language][kind].body.splitlines())) <= 120
