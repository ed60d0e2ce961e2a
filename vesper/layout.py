"""Where `vesper run` keeps things, and what it tells the processes it starts."""

import os
from collections.abc import Mapping
from pathlib import Path

from runtime.settings import RunSettings

PROJECT = Path(__file__).resolve().parent.parent
WEB = PROJECT / "web"
_INHERITED = ("PATH", "HOME", "LANG", "TMPDIR", "VIRTUAL_ENV", "PYTHONPATH")
"""What a child keeps of our environment; the rest are its settings."""


def prepare(data: Path) -> Path:
    """The data folder with its parts. As root, others may pass through it, because Postgres runs as another user."""
    folder = data.resolve()
    folder.mkdir(mode=0o700 if os.getuid() else 0o711, parents=True, exist_ok=True)
    for part in ("journal", "logs"):
        (folder / part).mkdir(mode=0o700, exist_ok=True)
    return folder


def environment_of(wanted: RunSettings, folder: Path, environ: Mapping[str, str]) -> dict[str, str]:
    """What the children are told; `localhost` by name, because browsers give cameras to no plain address."""
    return {
        **{name: environ[name] for name in _INHERITED if name in environ},
        "SERVER_PORT": str(wanted.server_port),
        "PUBLIC_ORIGIN": f"http://localhost:{wanted.server_port}",
        "WEB_DIST": str(WEB / "dist"),
        "NODE_ID": "node-1",
        "SIGNALING_PORT": str(wanted.signaling_port),
        "SIGNALING_URL": f"ws://localhost:{wanted.signaling_port}",
        "MEDIA_PORT": str(wanted.media_port),
        "MEDIA_PROCESSES": str(wanted.media_processes),
        "JOURNAL_DIR": str(folder / "journal"),
        "LOG_LEVEL": wanted.log_level,
        "LOG_FORMAT": wanted.log_format,
    }
