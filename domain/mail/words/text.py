"""The text of a mail: plain, neutral, with the clinic's name and at most one link or code.

A mail may be read over a shoulder or on a shared screen. It names no other person, no group, and nothing about why
somebody comes to the clinic.
"""

from collections.abc import Mapping

import msgspec

from domain.mail.mails import MailKind


class Text(msgspec.Struct, frozen=True):
    """A subject and a body, in which `{clinic}` stands for the clinic's name and `{secret}` for the link or code."""

    subject: str
    body: str

    def filled(self, clinic: str, secret: str) -> "Text":
        """The text as it is sent."""
        return Text(
            self.subject.format(clinic=clinic, secret=""), self.body.strip().format(clinic=clinic, secret=secret) + "\n"
        )


Words = Mapping[MailKind, Text]
"""The texts of one language."""
