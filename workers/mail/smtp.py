"""The mail server: one message, and whether it was accepted."""

import email.utils
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage

import aiosmtplib
import msgspec

from domain.mail.mails import Mail, message_id
from domain.mail.tries import Trouble
from domain.mail.words.text import Text
from runtime.settings import Tls

ANSWER_SECONDS = 20.0
"""How long the mail server may take for one answer."""


class NotAccepted(Exception):
    """The mail server did not accept a mail. `code` says why, and holds nothing that the server said: it may repeat
    the address."""

    def __init__(self, code: str, trouble: Trouble) -> None:
        self.code = code
        self.trouble = trouble
        super().__init__(code)


class MailServer(msgspec.Struct, frozen=True, kw_only=True):
    """Where mails are handed in, and whom they come from."""

    host: str
    port: int
    tls: Tls
    sender: str
    user: str = ""
    password: str = ""
    answer_seconds: float = ANSWER_SECONDS

    def __repr__(self) -> str:
        return f"MailServer(host={self.host!r}, port={self.port!r}, tls={self.tls!r})"

    async def send(self, message: EmailMessage) -> None:
        """Hand in a message.

        Raises:
            NotAccepted
        """
        try:
            await aiosmtplib.send(
                message,
                hostname=self.host,
                port=self.port,
                use_tls=self.tls == "tls",
                start_tls=self.tls == "starttls",
                username=self.user or None,
                password=self.password or None,
                timeout=self.answer_seconds,
            )
        except (aiosmtplib.SMTPException, OSError, TimeoutError) as error:
            raise _refused(error) from None


def compose(mail: Mail, clinic_name: str, text: Text, sender: str, now: datetime) -> EmailMessage:
    """The message as it is sent: plain text in UTF-8.

    Raises:
        ValueError: an address or a name cannot stand in a message.
    """
    message = EmailMessage()
    message["From"] = Address(display_name=clinic_name, addr_spec=sender)
    message["To"] = Address(addr_spec=mail.address or "")
    message["Subject"] = text.subject
    message["Date"] = email.utils.format_datetime(now)
    message["Message-ID"] = message_id(mail, sender.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text.body)
    return message


def _refused(error: Exception) -> NotAccepted:
    """A 5xx about this mail is for good. One about our sign-in or sender is the installation's fault, and may pass."""
    match error:
        case aiosmtplib.SMTPRecipientsRefused(recipients=[first, *_]):
            return _refused(first)
        case aiosmtplib.SMTPRecipientRefused() | aiosmtplib.SMTPDataError():
            return NotAccepted(str(error.code), "for_good" if error.code >= 500 else "for_now")
        case aiosmtplib.SMTPAuthenticationError():
            return NotAccepted("sign_in", "for_now")
        case aiosmtplib.SMTPSenderRefused():
            return NotAccepted("sender", "for_now")
        case TimeoutError() | aiosmtplib.SMTPTimeoutError():
            return NotAccepted("timeout", "for_now")
        case aiosmtplib.SMTPResponseException():
            return NotAccepted(str(error.code) if error.code > 0 else "connection", "for_now")
        case _:
            return NotAccepted("connection", "for_now")
