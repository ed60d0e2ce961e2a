"""`vesper make-keys`, and `vesper keys`: the keys that sign closings."""

from collections.abc import Callable, Mapping
from typing import Annotated

import typer

from runtime.settings import DatabaseSettings, MigrationSettings, read
from vesper.answers import AsJson

KeyId = Annotated[str, typer.Argument(metavar="ID", help="The key's id, as `vesper keys list` shows it.")]


def make_keys() -> None:
    """Print new TICKET_KEY and NOTE_… keys as lines of an environment file.

    Keep a copy in a safe place: notes can only be read with them.
    """
    from vesper.keys.installation import make

    for name, value in make().settings().items():
        typer.echo(f"{name}={value}")


def commands(environ: Callable[[], Mapping[str, str]]) -> typer.Typer:
    """The commands, which read their settings from this environment."""
    app = typer.Typer(no_args_is_help=True, help="The keys that sign each clinic's daily closings.")

    @app.command("list")
    def list_keys(as_json: AsJson = False) -> None:
        """List the public keys and when each is valid. Needs DATABASE_URL.

        Give them to those who check closings; GET /api/closing-keys has the same.
        """
        from vesper.keys.closing import show

        show(read(DatabaseSettings, environ()), as_json)

    @app.command("rotate")
    def rotate_key(as_json: AsJson = False) -> None:
        """Create a key, publish its public half, and print the CLOSING_KEY of the workers: shown once, stored nowhere.

        It is valid from now on, and earlier keys for one more day, so that there is time to restart the workers with
        it. Needs OWNER_DATABASE_URL.
        """
        from vesper.keys.closing import rotate

        rotate(read(MigrationSettings, environ()), as_json)

    @app.command("end")
    def end_key(id: KeyId, as_json: AsJson = False) -> None:
        """End a key's validity now, because its private half is lost or stolen.

        Earlier signatures stay valid. Needs OWNER_DATABASE_URL.
        """
        from vesper.keys.closing import end

        end(read(MigrationSettings, environ()), id, as_json)

    return app
