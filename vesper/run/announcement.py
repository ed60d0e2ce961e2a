"""The lines of `vesper run` once everything answers: the address, and the sign-ins."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
from rich.console import Console

from server.demo.seed import DemoClinic

_COLUMN = 18
"""Wide enough for the demo's names."""


class Running(msgspec.Struct, frozen=True):
    """What `vesper run --json` prints, as one line."""

    origin: str
    demo: DemoClinic


def announce(console: Console, running: Running, folder: Path, as_json: bool) -> None:
    """Print for people on `console`, or as JSON on standard output."""
    if as_json:
        print(msgspec.json.encode(running).decode(), flush=True)
        return
    console.print(f"\n[bold]Vesper is running:[/] [bold cyan]{running.origin}[/]\n", highlight=False)
    for who, how in _people(running):
        console.print(f"  [bold]{who:<{_COLUMN}}[/] {how}", highlight=False, soft_wrap=True)
    console.print(f"\n[dim]The data is in {folder}, the logs in its folder logs. Ctrl-C stops everything.[/]")


def _staff(demo: DemoClinic) -> Sequence[tuple[str, str, str]]:
    """(role, e-mail address, what the role may do) of each member of staff."""
    return (
        ("Facilitator", demo.email, "runs the group, writes and signs its notes"),
        ("Supervisor", demo.supervisor_email, "sees every session and its attendance"),
        ("Administrator", demo.administrator_email, "the same, and runs the office: people, programs, plans, settings"),
        ("Biller", demo.biller_email, "sees hours, coverage and consents; reads no note"),
        ("Auditor", demo.auditor_email, "reads everything until their last day; changes nothing"),
    )


def _people(running: Running) -> Iterator[tuple[str, str]]:
    demo = running.demo
    width = max(len(email) for _, email, _ in _staff(demo))
    for role, email, may in _staff(demo):
        yield role, f"{email:<{width}}  {may}"
    yield "Their password", demo.password
    for link in demo.links:
        yield link.name, link.url
    if demo.bot_links:
        yield "Also there", ", ".join(link.name for link in demo.bot_links)
    yield "Billing reads", f"curl -H 'Authorization: Bearer {demo.api_token}' '{running.origin}/api/feed?after=0'"
