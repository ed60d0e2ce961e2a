"""Hosts for one test: network namespaces, wired to each other or to this machine."""

import os
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.sharing import claim


class Host:
    """A network namespace: for packets, a separate machine."""

    def __init__(self, name: str) -> None:
        self.name = name

    def command(self, *command: str) -> list[str]:
        """The same command, as a process of this host."""
        return ["ip", "netns", "exec", self.name, *command]

    def run(self, *command: str) -> None:
        """Run a command on this host, to its end."""
        run(*self.command(*command))


@contextmanager
def host() -> Iterator[Host]:
    """A host with nothing but its loopback device; skips, loudly, where there can be none."""
    require_namespaces()
    new = Host(f"vesper-{secrets.token_hex(4)}")
    run("ip", "netns", "add", new.name)
    try:
        new.run("ip", "link", "set", "lo", "up")
        yield new
    finally:
        run("ip", "netns", "delete", new.name)


@contextmanager
def host_beside_us() -> Iterator[tuple[Host, str]]:
    """A host on a wire to this machine, and its address."""
    with host() as beside:
        near, far, network = f"v{secrets.token_hex(5)}", "eth0", free_network()
        run("ip", "link", "add", near, "type", "veth", "peer", "name", far, "netns", beside.name)
        run("ip", "address", "add", f"{network}.1/24", "dev", near)
        run("ip", "link", "set", near, "up")
        beside.run("ip", "address", "add", f"{network}.2/24", "dev", far)
        beside.run("ip", "link", "set", far, "up")
        beside.run("ip", "route", "add", "default", "via", f"{network}.1")
        yield beside, f"{network}.2"


def free_network() -> str:
    """The first three numbers of an unused network, from the range reserved for tests (RFC 2544)."""
    taken = subprocess.run(["ip", "-oneline", "address"], capture_output=True, text=True, check=True).stdout
    start = secrets.randbelow(512)
    for number in (*range(start, 512), *range(start)):
        network = f"198.{18 + number // 256}.{number % 256}"
        if f" {network}." not in taken and claim(f"network-{network}"):
            return network
    raise RuntimeError("The tests have no networks left.")


def require_namespaces() -> None:
    """Skip unless this process may make network namespaces."""
    if os.geteuid() != 0 or shutil.which("ip") is None:
        pytest.skip("NO NETWORK NAMESPACES: they need root and the package iproute2, as `.ci/run` has them")


def require_program(name: str, package: str) -> str:
    """The path of a program; skips where it is not installed."""
    if found := shutil.which(name):
        return found
    pytest.skip(f"{name} IS NOT INSTALLED: `.ci/run` installs the package {package}")


def run(*command: str) -> None:
    """Run a command to its end; a failure raises with its error output."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{' '.join(command)}: {done.stderr}"
