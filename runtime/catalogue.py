"""Every setting: its meaning, its parser and an example.

It yields `.env.example`, and the message about a missing setting.
"""

import base64
import binascii
import ipaddress
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec


class WrappingKey(msgspec.Struct, frozen=True):
    """A key that wraps the data keys of notes, and its id in the records."""

    id: str
    key: bytes

    def __repr__(self) -> str:
        return f"WrappingKey(id={self.id!r})"


class Setting(msgspec.Struct, frozen=True):
    """One setting; `what` is its sentence in `.env.example` and in the message when it is missing."""

    parse: Callable[[str], Any]
    what: str
    example: str
    secret: bool = False


def _postgres_url(text: str) -> str:
    if urlsplit(text).scheme not in {"postgresql", "postgres"}:
        raise ValueError("must be an address like postgresql://role:password@host:5432/vesper")
    return text


def _postgres_urls(text: str) -> tuple[str, ...]:
    return tuple(_postgres_url(part.strip()) for part in text.split(",") if part.strip())


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65_536:
        raise ValueError("must be a port number from 1 to 65535")
    return int(text)


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) > 64:
        raise ValueError("must be a number from 0 to 64")
    return int(text)


def _origin(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.netloc or text != f"{parts.scheme}://{parts.netloc}":
        raise ValueError("must be an origin like https://vesper.example.org, with no slash at its end")
    return text


def _socket_url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"ws", "wss"} or not parts.netloc:
        raise ValueError("must be a WebSocket address like wss://vesper.example.org/signal/node-1")
    return text


def _address(text: str) -> str:
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        raise ValueError("must be an IP address, the one browsers can send to") from None


def _addresses(text: str) -> tuple[str, ...]:
    return tuple(_address(part.strip()) for part in text.split(",") if part.strip())


def _node_id(text: str) -> str:
    if len(text) > 64 or not text.isascii() or not text.replace("-", "").isalnum():
        raise ValueError("must be a short name of letters, digits and hyphens, like node-1")
    return text


def _ticket_key(text: str) -> bytes:
    try:
        key = bytes.fromhex(text)
    except ValueError:
        key = b""
    if len(key) != 32:
        raise ValueError("must be 32 bytes in hex; make one with: openssl rand -hex 32")
    return key


def _note_key(text: str) -> bytes:
    return _key(text, "make keys with: vesper make-keys")


def _closing_key(text: str) -> bytes:
    return _key(text, "make one with: vesper keys rotate")


def _key(text: str, how: str) -> bytes:
    try:
        key = base64.b64decode(text, validate=True)
    except binascii.Error:
        key = b""
    if len(key) != 32:
        raise ValueError(f"must be 32 bytes in base64; {how}")
    return key


def _wrapping_keys(text: str) -> tuple[WrappingKey, ...]:
    pairs = [part.strip().partition(":") for part in text.split(",")]
    if not all(id for id, _, _ in pairs) or len({id for id, _, _ in pairs}) != len(pairs):
        raise ValueError("must be id:key,id:key with ids that differ, the current one first")
    return tuple(WrappingKey(id, _note_key(key)) for id, _, key in pairs)


def _memory(text: str) -> int:
    if not text.isdecimal() or not 64 <= int(text) <= 4_194_304:
        raise ValueError("must be a number of KiB from 64 to 4194304")
    return int(text)


def _relays(text: str) -> tuple[str, ...]:
    urls = tuple(part.strip() for part in text.split(","))
    if not all(url.startswith(("turn:", "turns:")) for url in urls):
        raise ValueError("must be addresses like turn:turn.example.org:3478?transport=udp, separated by commas")
    return urls


def _janus_urls(text: str) -> tuple[str, ...]:
    return tuple(_socket_url(part.strip()) for part in text.split(","))


def _mail_host(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9.:-]{1,253}", text):
        raise ValueError("must be the name or address of a mail server, like smtp.example.org, without a port")
    return text


def _mail_address(text: str) -> str:
    if not re.fullmatch(r"[!-?A-~]+@[A-Za-z0-9.-]+", text):
        raise ValueError("must be an e-mail address like no-reply@example.org")
    return text


def _one_of(*allowed: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if text not in allowed:
            raise ValueError(f"must be one of: {', '.join(allowed)}")
        return text

    return parse


_SAMPLE_KEY_IN_HEX = "73616d706c65206b65792074686174206576657279626f6479206b6e6f777321"
_SAMPLE_PUBLIC_KEY = "cHVibGljIHNhbXBsZSB0aGF0IGFsbCBtYXkga25vdyE="
_SAMPLE_KEY = "c2FtcGxlIGtleSB0aGF0IGV2ZXJ5Ym9keSBrbm93cyE="

CATALOGUE: dict[str, Setting] = {
    "database_url": Setting(
        _postgres_url,
        "The address of Postgres with the application's role, which owns nothing (server, signaling, worker).",
        "postgresql://vesper_app:password@localhost:5432/vesper",
        secret=True,
    ),
    "more_database_urls": Setting(
        _postgres_urls,
        "More databases of this server, separated by commas, each with its own clinics; may be empty.",
        "",
        secret=True,
    ),
    "owner_database_url": Setting(
        _postgres_url,
        "The same database with the role that owns it; only `vesper migrate` and `vesper keys` use it.",
        "postgresql://vesper_owner:password@localhost:5432/vesper",
        secret=True,
    ),
    "public_origin": Setting(
        _origin, "The origin in browsers; requests and sockets from other origins are refused.",
        "http://localhost:8080",
    ),
    "server_host": Setting(str, "The address on which the server listens.", "127.0.0.1"),
    "server_port": Setting(_port, "The port on which the server listens.", "8080"),
    "web_dist": Setting(Path, "The folder of the built web app.", "web/dist"),
    "password_memory_kib": Setting(_memory, "Memory for one password's hash (argon2), in KiB.", "65536"),
    "node_id": Setting(_node_id, "The name of this signaling node; every node needs a different one.", "node-1"),
    "signaling_host": Setting(str, "The address on which a signaling node listens.", "127.0.0.1"),
    "signaling_port": Setting(_port, "The port on which a signaling node listens.", "8081"),
    "signaling_url": Setting(
        _socket_url, "The signaling node's address for browsers; the server allows it in its Content-Security-Policy.",
        "ws://localhost:8081",
    ),
    "journal_dir": Setting(Path, "The folder of a node's journal, on a disk that outlives it.", ".vesper/journal"),
    "media": Setting(
        _one_of("built-in", "janus"), "Who forwards media: the built-in engine, or Janus servers.", "built-in"
    ),
    "janus_urls": Setting(
        _janus_urls, "Janus servers for MEDIA=janus (WebSockets), separated by commas.", "ws://janus.internal:8188"
    ),
    "janus_secret": Setting(str, "The secret shared with the Janus servers (their --apisecret).", "", secret=True),
    "media_host": Setting(_address, "The address that receives media.", "127.0.0.1"),
    "media_port": Setting(_port, "The port (UDP) that receives media.", "8082"),
    "media_address": Setting(
        _addresses, "The addresses to which browsers send media, best first, separated by commas.", "127.0.0.1"
    ),
    "media_processes": Setting(
        _count,
        "Processes that forward media, one per core, on two ports each from MEDIA_PORT on; 0: the node's own.",
        "0",
    ),
    "ticket_key": Setting(
        _ticket_key,
        "Signs tickets: 32 bytes in hex, the same for server and signaling; make one with: openssl rand -hex 32",
        _SAMPLE_KEY_IN_HEX,
        secret=True,
    ),
    "note_public_key": Setting(
        _note_key,
        "Seals drafts of notes (X25519, base64; signaling); make keys with: vesper make-keys",
        _SAMPLE_PUBLIC_KEY,
    ),
    "note_private_key": Setting(
        _note_key, "Opens drafts of notes (X25519, base64; server and worker); make keys with: vesper make-keys",
        _SAMPLE_KEY, secret=True,
    ),
    "note_wrapping_keys": Setting(
        _wrapping_keys, "Wrap the keys of notes: id:key,id:key (32 bytes, base64), the current one first.",
        f"2026:{_SAMPLE_KEY}", secret=True,
    ),
    "closing_key": Setting(
        _closing_key, "Signs each clinic's daily closings (Ed25519, base64; worker); make it with: vesper keys rotate",
        _SAMPLE_KEY, secret=True,
    ),
    "turn_urls": Setting(_relays, "Relays for browsers behind strict networks, separated by commas; may be empty.", ""),
    "turn_secret": Setting(str, "The secret shared with the relays (coturn's static-auth-secret).", "", secret=True),
    "smtp_host": Setting(
        _mail_host,
        "The mail server for invitations, codes and links; without it they wait in the outbox (server, worker).",
        "",
    ),
    "smtp_port": Setting(_port, "The mail server's port: usually 587 for starttls, 465 for tls, 25 for none.", "587"),
    "smtp_tls": Setting(
        _one_of("starttls", "tls", "none"),
        "How the connection to the mail server is encrypted; none only for a relay on this machine.", "starttls",
    ),
    "smtp_user": Setting(str, "The name that signs in to the mail server; may be empty.", ""),
    "smtp_password": Setting(str, "The password of SMTP_USER.", "", secret=True),
    "mail_from": Setting(_mail_address, "The address that mails come from, needed with SMTP_HOST.", ""),
    "log_level": Setting(_one_of("debug", "info", "warning", "error"), "How much is logged.", "info"),
    "log_format": Setting(_one_of("text", "json"), "Format of log lines: text for people, json for programs.", "text"),
}  # fmt: skip
