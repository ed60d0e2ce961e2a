"""Files for their owner only: secrets, journals, cursors, logs. All files created here have mode 0600."""

import io
import os
import stat
from pathlib import Path
from typing import Literal

MODE = 0o600


def opened(path: Path, mode: Literal["a", "w"]) -> io.FileIO:
    """The file at `path`, unbuffered, to append to (`a`) or to overwrite (`w`); others can no longer read it."""
    return io.FileIO(path, mode, opener=_private)


def _private(path: str, flags: int) -> int:
    descriptor = os.open(path, flags, MODE)
    if stat.S_ISREG(os.fstat(descriptor).st_mode):  # a device, such as /dev/null, belongs to all users
        os.fchmod(descriptor, MODE)
    return descriptor


def close_to_others(folder: Path) -> None:
    """Set mode 0600 on the files in `folder`; older releases created some that all users could read."""
    for path in folder.iterdir():
        if path.is_file() and path.stat().st_mode & 0o777 != MODE:
            path.chmod(MODE)


def write(path: Path, content: bytes) -> None:
    """Write `content` to `path` atomically, with mode 0600."""
    aside = path.with_name(f"{path.name}.new")
    aside.unlink(missing_ok=True)
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, MODE)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    aside.rename(path)
