"""`vesper explain`: minutes computed again from files alone."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from domain.errors import InvalidInput
from domain.proof import export
from tests.domain.proof.test_export import exported
from vesper.proof.explain import main

CASES = Path(__file__).parents[2] / "domain" / "cases"
LOST = CASES / "06-lost-connection.json"


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    """A case that expects a second more than there is."""
    case = json.loads(LOST.read_bytes())
    case["expect"]["G"]["clients"]["pat"]["credited_s"] += 1
    path = tmp_path / "wrong.json"
    path.write_text(json.dumps(case))
    return path


def test_json_is_exactly_the_expectation_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([LOST], True, None) == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out) == json.loads(LOST.read_bytes())["expect"]
    assert printed.err == ""


def test_a_record_is_printed_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([LOST], False, None) == 0
    printed = capsys.readouterr().out
    assert "G  group, 2026-09-15, 18:00:00 EDT to 21:15:00 EDT" in printed
    assert "credited 1:57:37 (7057 s)" in printed


def test_why_shows_each_span_with_its_evidence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([LOST], False, "pat") == 0
    printed = capsys.readouterr().out
    assert "pat in G: 1:57:37 credited" in printed
    assert "20:12:37–21:15:00: connection lost" in printed
    assert "its end is known to within 1:03" in printed
    assert "[break … lost]  facts 5, 6" in printed


def test_why_refuses_a_person_who_is_not_in_the_file() -> None:
    with pytest.raises(InvalidInput, match="it has no client 'zoe'"):
        main([LOST], False, "zoe")


def test_a_folder_is_checked_against_what_it_expects(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([CASES], False, None) == 0
    assert "27 of 27 match what they expect" in capsys.readouterr().err


def test_a_difference_is_named_and_fails(wrong: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([LOST, wrong], False, None) == 1
    printed = capsys.readouterr().err
    assert f"{wrong}: G.clients.pat.credited_s: expected 7058, found 7057" in printed
    assert "1 of 2 match what they expect" in printed
    assert main([wrong], False, None) == 1


@pytest.mark.parametrize(("as_json", "why"), [(True, None), (False, "pat")])
def test_a_difference_fails_in_every_form_of_output(
    wrong: Path, capsys: pytest.CaptureFixture[str], as_json: bool, why: str | None
) -> None:
    assert main([wrong], as_json, why) == 1
    printed = capsys.readouterr()
    assert printed.err.startswith(f"{wrong}: G.clients.pat.credited_s: expected 7058, found 7057\n")
    if as_json:
        assert json.loads(printed.out) == json.loads(LOST.read_bytes())["expect"]


def test_a_file_without_expectations_is_neither_a_difference_nor_a_match(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(LOST, tmp_path / "case.json")
    (tmp_path / "evening.json").write_bytes(export.encode(exported()))
    assert main([tmp_path], False, None) == 0
    assert capsys.readouterr().err.endswith(
        "1 of 2 match what they expect.\n1 were computed; they do not say what to expect.\n"
    )


def test_several_files_as_json_are_named(wrong: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([LOST, wrong], True, None) == 1
    answers = json.loads(capsys.readouterr().out)
    assert answers[str(LOST)] == answers[str(wrong)]


def test_a_malformed_file_is_refused_with_its_name_and_the_path(tmp_path: Path) -> None:
    case = json.loads(LOST.read_bytes())
    case["sessions"][0]["events"][3]["at"] = "yesterday"
    path = tmp_path / "bad.json"
    path.write_text(json.dumps(case))
    with pytest.raises(InvalidInput) as refused:
        main([path], True, None)
    assert refused.value.sentence.startswith(f"{path}: sessions[0].events[3].at: ")


def test_a_malformed_file_among_others_is_a_difference(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copy(LOST, tmp_path / "a.json")
    (tmp_path / "b.json").write_text("{")
    assert main([tmp_path], False, None) == 1
    assert "b.json: the file: not JSON" in capsys.readouterr().err


def test_a_folder_in_a_folder_is_read_even_with_a_name_like_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "evenings.json").mkdir()
    shutil.copy(LOST, tmp_path / "evenings.json" / "a.json")
    assert main([tmp_path], False, None) == 0
    assert capsys.readouterr().err.endswith("1 of 1 match what they expect.\n")


@pytest.mark.parametrize("body", [b"", b"\x00\x93\xff", b"[" * 300_000, b'{"sessions": [], "more": ' + b"[" * 300_000])
def test_a_file_that_is_no_case_is_refused_in_one_sentence(tmp_path: Path, body: bytes) -> None:
    path = tmp_path / "odd.json"
    path.write_bytes(body)
    with pytest.raises(InvalidInput) as refused:
        main([path], False, None)
    assert refused.value.sentence.startswith(f"{path}: the file: ")


def test_a_missing_file_and_an_empty_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="No such file"):
        main([tmp_path / "gone.json"], False, None)
    with pytest.raises(InvalidInput, match=r"no \.json file"):
        main([tmp_path], False, None)


def test_an_exported_session_is_read_like_a_case_and_its_chain_is_checked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "evening.json"
    path.write_bytes(export.encode(exported()))
    assert main([path], True, None) == 0
    assert json.loads(capsys.readouterr().out)["G"]["clients"]["pat"]["credited_s"] == 39 * 60
    path.write_bytes(path.read_bytes().replace(b"09:39:00Z", b"09:49:00Z"))
    with pytest.raises(InvalidInput, match=r"evening\.json: events\[6\]\.hash: the chain of room:G:1 does not hold"):
        main([path], True, None)


def test_it_needs_no_database_and_no_event_loop() -> None:
    unwanted = ("asyncpg", "aiohttp", "asyncio", "rich")
    program = f"import sys, vesper.proof.explain; print([name for name in {unwanted} if name in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == "[]"
