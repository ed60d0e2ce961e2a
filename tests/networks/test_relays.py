"""Where UDP is blocked, media goes through the relay, with credentials from the ticket or from the node."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import pytest
import yaml

from tests.evening.people import Client, Facilitator
from tests.networks.namespaces import host_beside_us, require_program
from tests.networks.product import browser_on, product
from tests.sharing import free_port
from tests.waiting import eventually

pytestmark = pytest.mark.chromium

SECRET = "shared by coturn, the server and the node"
COMPOSE = yaml.safe_load((Path(__file__).parents[2] / "docker-compose.yml").read_text())


@asynccontextmanager
async def coturn(address: str, folder: Path) -> AsyncIterator[int]:
    """The port of a relay with the command line of production, at one address and in its own folder."""
    program, port = require_program("turnserver", "coturn"), free_port(address)
    filled_in = {"${TURN_SECRET:?}": SECRET, "${DOMAIN:?}": "vesper.example.org", "${MEDIA_ADDRESS:?}": address}
    command: list[str] = COMPOSE["services"]["coturn"]["command"]
    for variable, text in filled_in.items():
        command = [argument.replace(variable, text) for argument in command]
    place = [
        f"--listening-ip={address}",
        f"--listening-port={port}",
        f"--userdb={folder}/turn",
        "--no-tls",
        "--no-dtls",
    ]
    process = await asyncio.create_subprocess_exec(
        program, *command, *place, f"--pidfile={folder}/turn.pid", stdout=asyncio.subprocess.DEVNULL
    )
    try:
        await eventually(partial(_listens, address, port), 20)
        yield port
    finally:
        process.terminate()
        await process.wait()


async def _listens(address: str, port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection(address, port)
    except OSError:
        return False
    writer.close()
    await writer.wait_closed()
    return True


async def test_two_browsers_that_may_only_use_the_relay_see_and_hear_each_other(
    database_url: str, tmp_path: Path, chromium_path: str
) -> None:
    with host_beside_us() as (beyond, address):
        here = address.rpartition(".")[0] + ".1"
        beyond.run("nft", "add table inet strict; add chain inet strict out { type filter hook output priority 0; }")
        beyond.run("nft", "add rule inet strict out oifname eth0 meta l4proto udp drop")
        async with (
            coturn(here, tmp_path) as port,
            product(
                database_url, tmp_path, here, TURN_URLS=f"turn:{here}:{port}?transport=tcp", TURN_SECRET=SECRET
            ) as house,
            browser_on(beyond, house.origin, chromium_path, tmp_path) as browser,
        ):
            dana, pat = await Facilitator.at_a_screen(browser), await Client.at_a_screen(browser)
            await dana.sign_in(house.origin, house.demo.email, house.demo.password)
            await dana.open_room(house.demo.session)
            await pat.open_link(house.demo.links[0].url)
            await pat.enter_lobby()
            await dana.press("Start session")
            await dana.press(f"Admit {house.demo.links[0].name}")
            for person in (dana, pat):
                await eventually(partial(person.sees_and_hears, 1), 40)
            await pat.page.reload()
            await pat.turn_on()
            for person in (dana, pat):
                await eventually(partial(person.sees_and_hears, 1), 40)
            for person in (dana, pat):
                await person.close()
