"""A real Janus, configured as in production, on its own host: Janus does not use the loopback device."""

import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from websockets.sync.client import connect

from tests.networks.namespaces import Host, host_beside_us, require_program

CONFIGURATION = Path(__file__).parents[3] / "deploy" / "janus"
SECRET = "between the engine and Janus"
START_SECONDS = 20.0


class RealJanus:
    """A Janus server that can die and come back."""

    def __init__(self, host: Host, address: str) -> None:
        self._host = host
        self.address = address
        self.url = f"ws://{address}:8188"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def runs(self) -> bool:
        """True while it runs."""
        return self._process is not None

    def start(self) -> None:
        """Return once it accepts connections."""
        program = require_program("janus", "janus")
        command = [program, f"--configs-folder={CONFIGURATION}", f"--apisecret={SECRET}"]
        self._process = subprocess.Popen(
            self._host.command(*command), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        latest = time.monotonic() + START_SECONDS
        while not self._answers():
            assert self._process.poll() is None, "Janus ended at once"
            assert time.monotonic() < latest, "Janus does not take connections"
            time.sleep(0.02)

    def kill(self) -> None:
        """Kill it, without a goodbye."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def fall_silent(self) -> None:
        """Stop it: it answers nothing, and keeps its connections open."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def _answers(self) -> bool:
        try:
            with connect(self.url, subprotocols=["janus-protocol"], open_timeout=1, close_timeout=1):
                return True
        except (OSError, TimeoutError):
            return False


@contextmanager
def real_janus() -> Iterator[RealJanus]:
    """A running server; skips, loudly, where there can be none."""
    require_program("janus", "janus")
    with host_beside_us() as (host, address):
        server = RealJanus(host, address)
        try:
            server.start()
            yield server
        finally:
            server.kill()
