"""Check that the ports are free, before anything slow begins."""

import socket
from collections.abc import Mapping

from runtime.errors import CannotStart


def check_free(ports: Mapping[str, int]) -> None:
    """Refuse if another program holds a port, naming each such setting. `MEDIA_PORT` is UDP, the others TCP.

    Raises:
        CannotStart
    """
    taken = {setting: port for setting, port in ports.items() if not _is_free(setting, port)}
    if not taken:
        return
    *first, last = (f"{port} ({setting})" for setting, port in taken.items())
    what = f"{', '.join(first)} and {last}" if first else last
    others = " ".join(f"{setting}={port + 100}" for setting, port in taken.items())
    ports_are, choose = ("Port {} is", "another port") if len(taken) == 1 else ("Ports {} are", "other ports")
    raise CannotStart(
        f"{ports_are.format(what)} taken, perhaps by another `vesper run`; "
        f"stop that program, or choose {choose}: {others} make run"
    )


def _is_free(setting: str, port: int) -> bool:
    kind = socket.SOCK_DGRAM if setting == "MEDIA_PORT" else socket.SOCK_STREAM
    with socket.socket(socket.AF_INET, kind) as probe:
        if kind == socket.SOCK_STREAM:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
