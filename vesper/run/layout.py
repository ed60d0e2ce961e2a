"""The data folder of `vesper run`, and the environment of the processes that it starts."""

import contextlib
import ipaddress
import os
import socket
from collections.abc import Mapping
from pathlib import Path

from runtime.settings import RunSettings

PROJECT = Path(__file__).resolve().parents[2]
WEB = PROJECT / "web"
ANY, LOOPBACK = "0.0.0.0", "127.0.0.1"  # noqa: S104  clients elsewhere get no ticket
_ANYWHERE = ("192.0.2.1", 9)
"""An address reserved for documentation (RFC 5737): the route to it is the default route."""
_INHERITED = ("PATH", "HOME", "LANG", "TMPDIR", "VIRTUAL_ENV", "PYTHONPATH")
"""The variables that a child inherits; its settings are added."""


def prepare(data: Path) -> Path:
    """Create the data folder and its parts; returns it. As root, others may enter it: Postgres runs as another user."""
    folder = data.resolve()
    folder.mkdir(mode=0o700 if os.getuid() else 0o711, parents=True, exist_ok=True)
    for part in ("journal", "logs"):
        (folder / part).mkdir(mode=0o700, exist_ok=True)
    return folder


def environment_of(wanted: RunSettings, folder: Path, environ: Mapping[str, str]) -> dict[str, str]:
    """The children's environment; `localhost` by name, because browsers allow cameras on no plain http address."""
    return {
        **{name: environ[name] for name in _INHERITED if name in environ},
        "SERVER_PORT": str(wanted.server_port),
        "PUBLIC_ORIGIN": f"http://localhost:{wanted.server_port}",
        "WEB_DIST": str(WEB / "dist"),
        "NODE_ID": "node-1",
        "SIGNALING_PORT": str(wanted.signaling_port),
        "SIGNALING_URL": f"ws://localhost:{wanted.signaling_port}",
        "MEDIA_HOST": wanted.media_host or ANY,
        "MEDIA_PORT": str(wanted.media_port),
        "MEDIA_ADDRESS": ",".join(wanted.media_address or addresses_of(wanted.media_host or ANY)),
        "MEDIA_PROCESSES": str(wanted.media_processes),
        "JOURNAL_DIR": str(folder / "journal"),
        "LOG_LEVEL": wanted.log_level,
        "LOG_FORMAT": wanted.log_format,
    }


def addresses_of(host: str) -> tuple[str, ...]:
    """The addresses by which browsers on this machine reach a socket bound to `host`, the best first.

    Firefox sends no media to 127.0.0.1, so the machine's own address comes first if it has one.
    """
    if host != ANY:
        return (host,)
    own = own_address()
    return (LOOPBACK,) if own is None else (own, LOOPBACK)


def own_address() -> str | None:
    """The address from which this machine reaches others, or None without a route to them. Nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, contextlib.suppress(OSError):
        probe.connect(_ANYWHERE)
        address = str(probe.getsockname()[0])
        return None if ipaddress.ip_address(address).is_loopback else address
    return None
