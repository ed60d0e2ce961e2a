"""A command answers people with a sentence, and programs with JSON."""

import pytest

from vesper.answers import tell


@pytest.mark.parametrize(("as_json", "printed"), [(True, '{"shipped":3}\n'), (False, "3 went.\n")])
def test_each_gets_its_own(as_json: bool, printed: str, capsys: pytest.CaptureFixture[str]) -> None:
    tell(as_json, {"shipped": 3}, "3 went.")
    assert capsys.readouterr().out == printed
