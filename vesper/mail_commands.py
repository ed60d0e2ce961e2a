"""The command line over mails."""

from collections.abc import Callable, Mapping
from typing import Annotated

import typer

from runtime.settings import WorkerSettings, read
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
