"""The part of an error that a log shows."""

import json

from runtime.safe_errors import described, is_ours


def caught(work: object) -> BaseException:
    try:
        assert callable(work)
        work()
    except BaseException as error:
        return error
    raise AssertionError


def test_our_own_loggers_are_known_by_their_package() -> None:
    assert is_ours("server.http.errors") and is_ours("signaling")
    assert not is_ours("aiohttp.server") and not is_ours("root") and not is_ours("server_side_library")


def test_the_frames_of_libraries_are_shown_only_on_request() -> None:
    error = caught(lambda: json.loads("Pat Morrow"))
    assert "json/decoder.py" in described(error, whole=True)
    ours = described(error, whole=False)
    assert "json/decoder.py" not in ours and "tests/runtime/test_safe_errors.py" in ours
    assert ours.splitlines()[-1] == "json.decoder.JSONDecodeError"
    assert "Pat" not in described(error, whole=True)


def test_errors_that_cause_each_other_in_a_circle_are_shown_once() -> None:
    first, second = ValueError("a"), KeyError("b")
    first.__cause__, second.__cause__ = second, first
    assert described(first, whole=True) == "KeyError\nValueError"
