"""Files that hold secrets: readable by their owner alone, and never half-written."""

import os
from pathlib import Path


def write(path: Path, content: bytes) -> None:
    """Put `content` at `path` with mode 0600, whole or not at all."""
    aside = path.with_name(f"{path.name}.new")
    aside.unlink(missing_ok=True)
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    aside.rename(path)
