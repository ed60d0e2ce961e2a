"""`vesper`: the command line over everything. Commands import what they need themselves, so that `--help` is quick."""

import os
import sys
from collections.abc import Callable, Coroutine
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from runtime.settings import (
    DatabaseSettings,
    MigrationSettings,
    SeedSettings,
    ServerSettings,
    Settings,
    Shape,
    SignalingSettings,
    WorkerSettings,
    read,
)
from vesper import about, mail_commands, open_export, retention
from vesper.answers import AsJson
from vesper.keys import commands as key_commands

CANNOT = 2
"""The exit code when a command cannot be carried out; one sentence on standard error says why."""

app = typer.Typer(
    name="vesper",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
    help="""
    Virtual intensive outpatient programs, with attendance that can be proved.

    To look around, `vesper run` needs no settings. In production, each process is started on its own
    and reads its settings from the environment (.env.example lists them); docker-compose.yml shows them together.
    """,
)

TRY = "Look around"
PROCESSES = "The processes of an installation"
RECORDS = "The records"


@app.command(rich_help_panel=TRY)
def run(
    bots: Annotated[int, typer.Option(min=0, max=12, help="How many headless participants to seat.")] = 0,
    data: Annotated[Path, typer.Option(help="The folder for all lasting data.")] = Path(".vesper"),
    mark: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Exists while this runs; removing it stops everything.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Everything on this machine, with a demo clinic and a group that is on right now.

    Builds the web app when its sources changed, starts the embedded Postgres, and runs server, signaling and
    worker until Ctrl-C. The next start uses the same data.

    Ports: SERVER_PORT (8080), SIGNALING_PORT (8081), MEDIA_PORT (8082, UDP). To use your own Postgres, set
    DATABASE_URL and OWNER_DATABASE_URL.
    """
    from vesper.run.run import Options
    from vesper.run.run import run as run_everything

    run_everything(Options(data=data, bots=bots, as_json=as_json, mark=mark), _environ())


@app.command(rich_help_panel=PROCESSES)
def server() -> None:
    """The API and the web app (stateless; as many as you like)."""
    from server.app import run

    _run_process(ServerSettings, run)


@app.command(rich_help_panel=PROCESSES)
def signaling() -> None:
    """A node of live rooms. Give each one its own NODE_ID and a JOURNAL_DIR that survives a crash."""
    from signaling.main import run

    _run_process(SignalingSettings, run)


@app.command(rich_help_panel=PROCESSES)
def worker() -> None:
    """The consumers of the ledger: attendance, hours, notes, statements (as many as you like; they take turns)."""
    from workers.main import run

    _run_process(WorkerSettings, run)


@app.command(rich_help_panel=PROCESSES)
def migrate(as_json: AsJson = False) -> None:
    """Bring the schema up to date, as the role that owns the database; then end.

    Needs OWNER_DATABASE_URL. Run it before the processes of a new release; a second run changes nothing.
    """
    from vesper.schema import bring_up_to_date

    bring_up_to_date(read(MigrationSettings, _environ()), as_json)


@app.command("create-clinic", rich_help_panel=PROCESSES)
def create_clinic(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The clinic's name.")],
    timezone: Annotated[str, typer.Option(help="Its time zone, as an IANA name.")] = "America/New_York",
    again: Annotated[
        bool, typer.Option("--again", help="A new link for a clinic that nobody administers yet.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Create a clinic, and print the link with which its administrator sets it up. It works once, for an hour.

    Needs DATABASE_URL and PUBLIC_ORIGIN.
    """
    from vesper.clinic import NewClinic, create_and_show

    create_and_show(read(SeedSettings, _environ()), NewClinic(name, timezone, again), as_json)


@app.command("seed", rich_help_panel=TRY)
def seed_demo_clinic(as_json: AsJson = False) -> None:
    """Create the demo clinic, or renew its secrets, and print them: sign-ins, join links and an API token.

    `vesper run` does this by itself. Needs DATABASE_URL and PUBLIC_ORIGIN. Not for a clinic of real people.
    """
    from vesper.demo import seed_and_show

    seed_and_show(read(SeedSettings, _environ()), as_json)


@app.command(rich_help_panel=TRY)
def bots() -> None:
    """Start headless participants, one for each personal join link on standard input.

    Each sends moving pictures and a quiet tone until the session ends or Ctrl-C.
    """
    from bots.party import party
    from runtime import lifecycle, logs
    from vesper.invitations import read_invitations

    logs.configure(read(Settings, _environ()))
    lifecycle.run(party(read_invitations(sys.stdin)))


@app.command("ship-journal", rich_help_panel=RECORDS)
def ship_journal(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The JOURNAL_DIR of a node that no longer runs.")],
    as_json: AsJson = False,
) -> None:
    """Ship a dead node's journal to the ledger, and close the rooms it left open. Needs DATABASE_URL.

    Entries that are there already are skipped, so it may be run again.
    """
    from vesper.proof.records import ship

    ship(read(DatabaseSettings, _environ()), folder, as_json)


@app.command("export-session", rich_help_panel=RECORDS)
def export_session(
    session: Annotated[str, typer.Argument(metavar="ID", help="The session's id.")],
) -> None:
    """Print a session's facts, byte for byte, with the policy that counted them. Needs DATABASE_URL.

    `vesper explain` computes the minutes from it again. It holds ids and times, never a name. For example:
    vesper export-session ID > evening.json
    """
    from vesper.proof.records import export

    export(read(DatabaseSettings, _environ()), session)


@app.command(rich_help_panel=RECORDS)
def rebuild(as_json: AsJson = False) -> None:
    """Delete attendance and hour totals, and derive them from the ledger again. Needs DATABASE_URL.

    Everybody sees the old numbers until it is done. Statements to billing stay; differences are stated again.
    """
    from vesper.proof.records import rebuild_all

    rebuild_all(read(DatabaseSettings, _environ()), as_json)


@app.command("set-aside", rich_help_panel=RECORDS)
def set_aside(
    again: Annotated[bool, typer.Option("--again", help="Have the workers try the sessions again, now.")] = False,
    as_json: AsJson = False,
) -> None:
    """List what could not be handled and was set aside, so that everything else could continue. Needs DATABASE_URL.

    It lists sessions with a fact that this release cannot read, or whose attendance cannot be computed; entries of
    journals that the database refuses; drafts of notes that cannot be opened: ids, positions and codes, no content.
    A newer release tries the sessions again by itself, and so does `vesper rebuild`.
    """
    from vesper.set_aside import show

    show(read(DatabaseSettings, _environ()), again, as_json)


@app.command(rich_help_panel=RECORDS)
def verify(
    session: Annotated[str | None, typer.Option(metavar="ID", help="Only the streams of this session.")] = None,
    day: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Only the streams that grew on this day (UTC).")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Check that no fact of the ledger was altered, removed, inserted or moved since it was written.

    It checks every chain of hashes and every clinic's closings, names each wrong row, and exits with 1 if there is
    one. Compare the last closings with those that billers and you kept: a ledger rewritten as a whole differs.
    Needs DATABASE_URL.
    """
    from vesper.proof.verify import Scope
    from vesper.proof.verify import main as verify_ledger

    scope = Scope(session, day.date() if day else None)
    raise typer.Exit(verify_ledger(read(DatabaseSettings, _environ()), scope, as_json))


@app.command("closing-root", rich_help_panel=RECORDS)
def closing_root(
    day: Annotated[
        datetime, typer.Argument(formats=["%Y-%m-%d"], help="The UTC day through which clinics are closed.")
    ],
    expect: Annotated[str | None, typer.Option(metavar="ROOT", help="The root that you kept, to compare.")] = None,
    as_json: AsJson = False,
) -> None:
    """Print one hash over the last closings of all clinics up to a day. Keep it where nobody can change it.

    Exit code 1: the day is not closed everywhere, or the root differs from `--expect`. Needs DATABASE_URL.
    """
    from vesper.proof.closing_root import main as show_root

    raise typer.Exit(show_root(read(DatabaseSettings, _environ()), day.date(), expect, as_json))


@app.command(rich_help_panel=RECORDS)
def explain(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Exported sessions or case files, or folders.")],
    why: Annotated[str | None, typer.Option(metavar="PERSON", help="Explain each second of this client.")] = None,
    as_json: AsJson = False,
) -> None:
    """Compute a session again from its facts alone, and show what every client was credited.

    Needs neither settings nor a database: anyone with a file can check it. With several files, or a folder, each file
    is compared with what it expects; any difference makes the exit code 1.
    """
    from vesper.proof.explain import main as explain_files

    raise typer.Exit(explain_files(files, as_json, why))


def _run_process(shape: type[Shape], run: Callable[[Shape], Coroutine[Any, Any, None]]) -> None:
    from runtime import lifecycle, logs

    settings = read(shape, _environ())
    logs.configure(settings)
    lifecycle.run(run(settings))


def _environ() -> dict[str, str]:
    return dict(os.environ)  # noqa: TID251  the process's start: the only reader of the environment


app.callback()(about.before_commands)
app.command("make-keys", rich_help_panel=PROCESSES)(key_commands.make_keys)
app.command(rich_help_panel=TRY)(about.licences)
app.command("reset-link", rich_help_panel=PROCESSES)(mail_commands.reset_link(_environ))
app.command("mail-secrets", rich_help_panel=PROCESSES)(mail_commands.mail_secrets(_environ))
app.command("retention", rich_help_panel=RECORDS)(retention.command(_environ))
app.command("open-export", rich_help_panel=RECORDS)(open_export.command)
app.add_typer(key_commands.commands(_environ), name="keys", rich_help_panel=PROCESSES)


def main() -> None:
    """Run the command line; a command that fails prints one sentence on standard error, and exits with 2."""
    try:
        app()
    except Exception as error:
        from vesper.failures import sentence

        if (message := sentence(error)) is None:
            raise
        for line in message.splitlines():
            print(f"vesper: {line}", file=sys.stderr)
        sys.exit(CANNOT)


if __name__ == "__main__":
    main()
