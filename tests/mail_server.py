"""A real mail server in this process, that keeps what it accepts and can be told how to answer."""

import asyncio
import contextlib
import datetime
import ssl
from collections.abc import AsyncIterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from runtime.clock import now
from workers.mail.smtp import MailServer

USER, PASSWORD = "vesper", "a password for mail"


class Postman:
    """What the mail server was given, and the answers that it gives next; then it accepts."""

    def __init__(self) -> None:
        self.port = 0
        self.accepted: list[EmailMessage] = []
        self.answers: list[str] = []
        self.to_recipients: list[str] = []
        self.hang = False

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.to_recipients:
            return self.to_recipients.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.hang:
            await asyncio.sleep(60)
        if self.answers:
            return self.answers.pop(0)
        content = envelope.content
        assert isinstance(content, bytes)
        message = message_from_bytes(content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.accepted.append(message)
        return "250 OK"

    def server(self, **also: Any) -> MailServer:
        """How to hand in a mail here."""
        settings = {"host": "localhost", "port": self.port, "tls": "none", "sender": "no-reply@vesper.example"}
        return MailServer(**{**settings, **also})


def _let_in(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: LoginPassword) -> AuthResult:
    right = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=False)  # the library answers


@contextlib.asynccontextmanager
async def serving(context: ssl.SSLContext | None = None) -> AsyncIterator[Postman]:
    """A mail server on this machine. With a context it insists on TLS (STARTTLS) and on a sign-in."""
    postman = Postman()
    loop = asyncio.get_running_loop()
    secure: dict[str, Any] = (
        {"tls_context": context, "require_starttls": True, "authenticator": _let_in, "auth_required": True}
        if context
        else {}
    )
    server = await loop.create_server(
        lambda: SMTP(postman, hostname="mail.example", loop=loop, enable_SMTPUTF8=True, **secure), "localhost", 0
    )
    postman.port = server.sockets[0].getsockname()[1]
    try:
        yield postman
    finally:
        server.close()


def certificate(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """A server's context for `localhost`, and the file of the certificate to trust."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now() - datetime.timedelta(days=1))
        .not_valid_after(now() + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    own, secret = folder / "cert.pem", folder / "key.pem"
    own.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    pem = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    secret.write_bytes(key.private_bytes(*pem))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(own, secret)
    return context, own
