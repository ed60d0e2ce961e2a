"""`vesper make-keys`, and `vesper keys`: the keys that closings are signed with."""

from collections.abc import Callable, Mapping
from typing import Annotated

import typer

from runtime.settings import DatabaseSettings, MigrationSettings, read
from vesper.answers import AsJson

KeyId = Annotated[str, typer.Argument(metavar="ID", help="The key's id, as `vesper keys list` shows it.")]


def make_keys() -> None:
    """Print fresh TICKET_KEY and NOTE_… keys as lines of an environment file.

    Keep a copy where it is safe: notes can only be read with them.
    """
    from vesper.keys.installation import make

    for name, value in make().settings().items():
        typer.echo(f"{name}={value}")


def commands(environ: Callable[[], Mapping[str, str]]) -> typer.Typer:
    """The commands, which read their settings from this environment."""
    app = typer.Typer(no_args_is_help=True, help="The keys that each clinic's daily closings are signed with.")

    @app.command("list")
    def list_keys(as_json: AsJson = False) -> None:
        """List the public keys, and for what time each is good. Needs DATABASE_URL.

        Give them to whoever checks closings; GET /api/closing-keys has the same.
        """
        from vesper.keys.closing import show

        show(read(DatabaseSettings, environ()), as_json)

    @app.command("rotate")
    def rotate_key(as_json: AsJson = False) -> None:
        """Make a key, publish its public half, and print the CLOSING_KEY of the workers: shown once, kept nowhere.

        It is good from now on; those before it for one more day, so that the workers can be started again with it in
        peace. Needs OWNER_DATABASE_URL.
        """
        from vesper.keys.closing import rotate

        rotate(read(MigrationSettings, environ()), as_json)

    @app.command("end")
    def end_key(id: KeyId, as_json: AsJson = False) -> None:
        """Let a key be good no longer, from this moment: its private half is lost, or somebody else has it.

        What was signed before stays believed. Needs OWNER_DATABASE_URL.
        """
        from vesper.keys.closing import end

        end(read(MigrationSettings, environ()), id, as_json)

    return app
