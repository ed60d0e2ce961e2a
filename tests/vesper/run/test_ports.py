"""A taken port is named before anything slow begins."""

import contextlib
import socket

import pytest

from runtime.errors import CannotStart
from tests.sharing import free_port
from vesper.run.ports import check_free


def test_free_ports_pass() -> None:
    check_free({"SERVER_PORT": free_port(), "MEDIA_PORT": free_port()})


def test_a_taken_port_is_named_with_the_setting_and_another_to_try() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(CannotStart, match=rf"Port {port} \(SERVER_PORT\) is taken.*SERVER_PORT=\d+ make run"):
            check_free({"SERVER_PORT": port, "SIGNALING_PORT": free_port()})


def test_several_taken_ports_are_named_together_each_with_another_to_try() -> None:
    with socket.create_server(("127.0.0.1", 0)) as one, socket.create_server(("127.0.0.1", 0)) as other:
        first, second = one.getsockname()[1], other.getsockname()[1]
        sentence = rf"Ports {first} \(SERVER_PORT\) and {second} \(SIGNALING_PORT\) are taken.*"
        with pytest.raises(CannotStart, match=rf"{sentence}SERVER_PORT=\d+ SIGNALING_PORT=\d+ make run"):
            check_free({"SERVER_PORT": first, "SIGNALING_PORT": second})


def test_three_taken_ports_read_as_a_list() -> None:
    with contextlib.ExitStack() as held:
        taken = [held.enter_context(socket.create_server(("127.0.0.1", 0))).getsockname()[1] for _ in range(3)]
        sentence = rf"Ports {taken[0]} \(ONE\), {taken[1]} \(TWO\) and {taken[2]} \(THREE\) are taken"
        with pytest.raises(CannotStart, match=sentence):
            check_free(dict(zip(("ONE", "TWO", "THREE"), taken, strict=True)))


def test_the_media_port_is_checked_in_udp() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        port = free_port()
        taken.bind(("127.0.0.1", port))
        check_free({"SERVER_PORT": port})
        with pytest.raises(CannotStart, match="MEDIA_PORT"):
            check_free({"MEDIA_PORT": port})
