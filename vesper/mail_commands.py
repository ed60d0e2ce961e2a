"""The command line over mails, and over a link that needs none."""

from collections.abc import Callable, Mapping
from typing import Annotated

import typer

from runtime.settings import SeedSettings, WorkerSettings, read
from vesper.answers import AsJson


def mail_secrets(environ: Callable[[], Mapping[str, str]]) -> Callable[..., None]:
    """The command `vesper mail-secrets`; `environ` reads the environment."""

    def command(
        mail: Annotated[str | None, typer.Argument(metavar="[ID]", help="Print this mail and hand it over.")] = None,
        as_json: AsJson = False,
    ) -> None:
        """List mails with a link or a code that wait to be sent; with an ID, make the secret and print that mail once.

        For a clinic without a mail server, or while it is away: give the text to the person yourself. The mail is
        then not sent any more. Needs the settings of the worker.
        """
        from vesper.mail_secrets import show

        show(read(WorkerSettings, environ()), mail, as_json)

    return command


def reset_link(environ: Callable[[], Mapping[str, str]]) -> Callable[..., None]:
    """The command `vesper reset-link`; `environ` reads the environment."""

    def command(
        email: Annotated[str, typer.Argument(metavar="EMAIL", help="The address that the person signs in with.")],
        as_json: AsJson = False,
    ) -> None:
        """Print a link that sets a new password for a member of staff. It works once, for 30 minutes.

        Their second factor stays. Needs DATABASE_URL and PUBLIC_ORIGIN.
        """
        from vesper.reset_link import make_and_show

        make_and_show(read(SeedSettings, environ()), email, as_json)

    return command
