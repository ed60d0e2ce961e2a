"""`vesper --version` and `vesper licences`: the release, and the licences of the installed packages."""

from typing import Annotated

import typer

from runtime.release import VERSION
from vesper.answers import AsJson


def show_version(asked: bool) -> None:
    """Print the release and end, when asked to."""
    if asked:
        typer.echo(f"vesper {VERSION}")
        raise typer.Exit


def before_commands(
    version: Annotated[
        bool, typer.Option("--version", callback=show_version, is_eager=True, help="Print the release and end.")
    ] = False,
) -> None:
    """Take the options before a command."""


def licences(as_json: AsJson = False) -> None:
    """List the Python packages that are installed beside Vesper, each with its version and its licence.

    The licences of the web app's packages are at /licences.txt of an installation.
    """
    from vesper.licences import show

    show(as_json)
