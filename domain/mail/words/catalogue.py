"""The texts of every language."""

from collections.abc import Mapping

from domain.mail.mails import Language, Mail
from domain.mail.words import en, es
from domain.mail.words.text import Text, Words

CATALOGUE: Mapping[Language, Words] = {"en": en.WORDS, "es": es.WORDS}


def text_of(mail: Mail, clinic_name: str, secret: str = "") -> Text:
    """What the mail says, in its language."""
    return CATALOGUE[mail.language][mail.kind].filled(clinic_name, secret)
