"""A command answers people with its sentence, and programs with one line of JSON."""

import json
from datetime import date

import msgspec
import pytest

from vesper.answers import print_answer


class Shipped(msgspec.Struct):
    entries: int
    day: date
    kinds: list[str]


SHIPPED = Shipped(3, date(2026, 9, 15), ["fact", "draft „neu“"])


def test_people_read_the_sentence_alone(capsys: pytest.CaptureFixture[str]) -> None:
    print_answer(False, SHIPPED, "3 entries.\nNothing is left.")
    assert capsys.readouterr() == ("3 entries.\nNothing is left.\n", "")


def test_programs_read_the_whole_answer_on_one_line_without_the_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    print_answer(True, SHIPPED, "3 entries.\nNothing is left.")
    [line] = capsys.readouterr().out.splitlines()
    assert json.loads(line) == {"entries": 3, "day": "2026-09-15", "kinds": ["fact", "draft „neu“"]}
