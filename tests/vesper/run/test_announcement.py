"""The announcement once everything runs."""

import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from server.demo.seed import DemoClinic, DemoLink
from vesper.run.announcement import Running, announce

LINK = DemoLink(name="Pat Morrow", url=f"http://localhost:8080/join#{'x' * 60}")
BOT = DemoLink(name="Robin Achterberg", url="http://localhost:8080/join#y")
RUNNING = Running(
    origin="http://localhost:8080",
    demo=DemoClinic(
        clinic="c-1",
        session="s-1",
        email="dana@demo.vesper.example",
        supervisor_email="ruth@demo.vesper.example",
        administrator_email="lena@demo.vesper.example",
        biller_email="joan@demo.vesper.example",
        auditor_email="ines@demo.vesper.example",
        password="opensesame",
        links=(LINK,),
        bot_links=(BOT,),
        api_token="token",
    ),
)


def test_people_get_the_address_sign_ins_links_and_a_feed_command_on_unbroken_lines() -> None:
    written = io.StringIO()
    announce(Console(file=written, width=60), RUNNING, Path("/data"), as_json=False)
    lines = written.getvalue().splitlines()
    assert "Vesper is running: http://localhost:8080" in lines
    assert "  Facilitator        dana@demo.vesper.example  runs the group, writes and signs its notes" in lines
    assert any(line.startswith("  Supervisor         ruth@demo.vesper.example  ") for line in lines)
    assert any(line.startswith("  Administrator      lena@demo.vesper.example  ") for line in lines)
    assert "  Their password     opensesame" in lines
    assert f"  Pat Morrow         {LINK.url}" in lines
    assert "  Also there         Robin Achterberg" in lines
    feed = "http://localhost:8080/api/feed?after=0"
    assert f"  Billing reads      curl -H 'Authorization: Bearer token' '{feed}'" in lines


def test_programs_get_one_line_of_json(capsys: pytest.CaptureFixture[str]) -> None:
    announce(Console(file=io.StringIO()), RUNNING, Path("/data"), as_json=True)
    [line] = capsys.readouterr().out.splitlines()
    announced = json.loads(line)
    assert announced["origin"] == "http://localhost:8080"
    assert announced["demo"]["links"][0]["url"] == LINK.url
