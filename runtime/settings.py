"""The settings of a process, read from its environment once, at its start, and checked all together.

Each process has its own shape; the fields are the variables' names in lower case, and `runtime/catalogue.py` has the
parser of each.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, TypeVar

import msgspec
from msgspec.structs import FieldInfo

from runtime.catalogue import CATALOGUE, WrappingKey
from runtime.errors import CannotStart

LogLevel = Literal["debug", "info", "warning", "error"]
LogFormat = Literal["text", "json"]
Media = Literal["built-in", "janus"]
Tls = Literal["starttls", "tls", "none"]


class SettingsRefused(CannotStart):
    """Settings are missing or wrong; `problems` has a sentence for each: its name and how to fix it."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """The settings of every process. The repr leaves secrets out."""

    log_level: LogLevel = "info"
    log_format: LogFormat = "text"

    def contradictions(self) -> list[str]:
        """A sentence for each group of settings that do not go together."""
        return []

    def __repr__(self) -> str:
        shown = ", ".join(f"{name}={value!r}" for name, value in self.__rich_repr__())
        return f"{type(self).__name__}({shown})"

    def __rich_repr__(self) -> list[tuple[str, object]]:
        return [(name, getattr(self, name)) for name in self.__struct_fields__ if not CATALOGUE[name].secret]


class ServerSettings(Settings, frozen=True, kw_only=True):
    """The API and the web app."""

    database_url: str
    ticket_key: bytes
    note_private_key: bytes
    note_wrapping_keys: tuple[WrappingKey, ...]
    server_host: str = "127.0.0.1"
    server_port: int = 8080
    public_origin: str = "http://localhost:8080"
    signaling_url: str = "ws://localhost:8081"
    web_dist: Path = Path("web/dist")
    password_memory_kib: int = 65_536
    turn_urls: tuple[str, ...] = ()
    turn_secret: str = ""
    more_database_urls: tuple[str, ...] = ()
    smtp_host: str = ""
    """Whether mails are sent: the worker sends them."""


class SignalingSettings(Settings, frozen=True, kw_only=True):
    """A node of live rooms."""

    database_url: str
    node_id: str
    ticket_key: bytes
    note_public_key: bytes
    journal_dir: Path
    signaling_host: str = "127.0.0.1"
    signaling_port: int = 8081
    signaling_url: str = "ws://localhost:8081"
    public_origin: str = "http://localhost:8080"
    media: Media = "built-in"
    janus_urls: tuple[str, ...] = ()
    janus_secret: str = ""
    media_host: str = "127.0.0.1"
    media_port: int = 8082
    media_address: tuple[str, ...] = ("127.0.0.1",)
    media_processes: int = 0
    turn_urls: tuple[str, ...] = ()
    turn_secret: str = ""


class WorkerSettings(Settings, frozen=True, kw_only=True):
    """The consumers of the ledger, and the sender of mails."""

    database_url: str
    note_private_key: bytes
    note_wrapping_keys: tuple[WrappingKey, ...]
    closing_key: bytes = b""
    public_origin: str = "http://localhost:8080"
    smtp_host: str = ""
    smtp_port: int = 587
    smtp_tls: Tls = "starttls"
    smtp_user: str = ""
    smtp_password: str = ""
    mail_from: str = ""

    def contradictions(self) -> list[str]:
        """What is wrong with the settings of mail together."""
        if not self.smtp_host:
            return []
        wrong = []
        if not self.mail_from:
            wrong.append("MAIL_FROM is missing. With SMTP_HOST, mails need an address that they come from.")
        if bool(self.smtp_user) != bool(self.smtp_password):
            wrong.append("SMTP_USER and SMTP_PASSWORD belong together: set both, or neither.")
        if self.smtp_password and self.smtp_tls == "none":
            wrong.append("SMTP_TLS is none, so SMTP_PASSWORD would travel in the clear: choose starttls or tls.")
        return wrong


class SeedSettings(Settings, frozen=True, kw_only=True):
    """Creating a clinic, the demo's or a real one."""

    database_url: str
    public_origin: str = "http://localhost:8080"
    password_memory_kib: int = 65_536


class DatabaseSettings(Settings, frozen=True, kw_only=True):
    """The commands that need only the database."""

    database_url: str


class RunSettings(Settings, frozen=True, kw_only=True):
    """Everything on one machine: the ports to use, and both addresses of your own Postgres, if you use one.

    Without media addresses, media uses the machine's own addresses.
    """

    database_url: str = ""
    owner_database_url: str = ""
    server_port: int = 8080
    signaling_port: int = 8081
    media_host: str = ""
    media_port: int = 8082
    media_address: tuple[str, ...] = ()
    media_processes: int = 0


class MigrationSettings(Settings, frozen=True, kw_only=True):
    """Bringing the schema up to date."""

    owner_database_url: str


SHAPES: tuple[type[Settings], ...] = (
    ServerSettings,
    SignalingSettings,
    WorkerSettings,
    SeedSettings,
    DatabaseSettings,
    MigrationSettings,
    RunSettings,
)

Shape = TypeVar("Shape", bound=Settings)


def read(shape: type[Shape], environ: Mapping[str, str]) -> Shape:
    """The settings of one process; an empty variable counts as not set.

    Raises:
        SettingsRefused: with all problems at once.
    """
    values: dict[str, Any] = {}
    problems: list[str] = []
    for field in msgspec.structs.fields(shape):
        try:
            values.update(_read_field(field, environ.get(field.name.upper(), "").strip()))
        except ValueError as error:
            problems.append(f"{field.name.upper()} {error}")
    if problems:
        raise SettingsRefused(problems)
    settings = shape(**values)
    if contradictions := settings.contradictions():
        raise SettingsRefused(contradictions)
    return settings


def example() -> str:
    """The text of `.env.example`: each setting with its meaning."""
    return _EXAMPLE_HEAD + "".join(
        f"\n# {entry.what}\n{name.upper()}={entry.example}\n" for name, entry in CATALOGUE.items()
    )


_EXAMPLE_HEAD = """\
# Every setting of Vesper. `vesper run` needs none of them; each process started on its own reads those it uses.
# The keys shown are public samples: make your own.
"""


def _read_field(field: FieldInfo, text: str) -> dict[str, Any]:
    entry = CATALOGUE[field.name]
    if text:
        return {field.name: entry.parse(text)}
    if field.required:
        raise ValueError(f"is missing. {entry.what}")
    return {}
