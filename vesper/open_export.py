"""`vesper open-export`: decrypt the export of a clinic with the passphrase that was shown to who asked for it."""

import os
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from domain.errors import InvalidInput

SUFFIX = ".vesper-export"


def command(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The encrypted file, as it was fetched.")],
    to: Annotated[Path | None, typer.Option(metavar="ZIP", help="Where the archive goes; else beside FILE.")] = None,
    passphrase_file: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Read the passphrase from this file instead of asking.")
    ] = None,
) -> None:
    """Open the encrypted export of a clinic: asks for its passphrase and writes a zip archive beside it.

    Needs no settings and no database. Nothing is written unless the whole file is unbroken.
    """
    target = to or file.with_suffix(".zip")
    if not file.is_file():
        raise InvalidInput(f"There is no file {file}.")
    if target.exists():
        raise InvalidInput(f"{target} is there already. Take it away, or name another with --to.")
    open_to(file, target, _passphrase(passphrase_file))
    print(f"Opened: {target}")


def _passphrase(file: Path | None) -> str:
    if file is not None:
        return file.read_text(encoding="utf-8")
    return str(typer.prompt("Passphrase", hide_input=True))


def open_to(file: Path, target: Path, passphrase: str) -> None:
    """Decrypt a file; the target appears once everything in it is proved to be unbroken.

    Raises:
        InvalidInput
    """
    from runtime.secrets.sealed_files import opened  # noqa: PLC0415  `vesper --help` is quick without it

    handle, partial = tempfile.mkstemp(dir=target.parent, prefix=".opening-")
    try:
        with os.fdopen(handle, "wb") as out, file.open("rb") as sealed:
            for piece in opened(sealed.read, passphrase):
                out.write(piece)
        Path(partial).replace(target)
    finally:
        Path(partial).unlink(missing_ok=True)
