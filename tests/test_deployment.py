"""The files of production: they can be parsed, run and requested without a container engine."""

import asyncio
import contextlib
import os
import re
import shutil
import ssl
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import asyncpg
import pytest
import yaml
from aiohttp import web

from runtime import settings
from runtime.postgres import cluster, embedded
from runtime.postgres.embedded import Embedded
from tests.sharing import free_port

PROJECT = Path(__file__).parents[1]
COMPOSE: dict[str, Any] = yaml.safe_load((PROJECT / "docker-compose.yml").read_text())
EXAMPLE = (PROJECT / "deploy" / "production.env.example").read_text()
BIN = Path(sys.executable).parent

OURS = {
    "server": settings.ServerSettings,
    "signaling": settings.SignalingSettings,
    "worker": settings.WorkerSettings,
    "migrate": settings.MigrationSettings,
}
FILLED_IN = {
    "DOMAIN": "vesper.example.org",
    "MEDIA_ADDRESS": "203.0.113.7",
    "LOG_LEVEL": "info",
    "MEDIA": "built-in",
    "TICKET_KEY": "ab" * 32,
    **dict.fromkeys(["NOTE_PUBLIC_KEY", "NOTE_PRIVATE_KEY"], "c2FtcGxlIGtleSB0aGF0IGV2ZXJ5Ym9keSBrbm93cyE="),
    "NOTE_WRAPPING_KEYS": "1:c2FtcGxlIGtleSB0aGF0IGV2ZXJ5Ym9keSBrbm93cyE=",
    **dict.fromkeys(["SUPERUSER_PASSWORD", "OWNER_PASSWORD", "APPLICATION_PASSWORD", "TURN_SECRET"], "0123abcd"),
    "JANUS_SECRET": "",
    "CLOSING_KEY": "c2FtcGxlIGtleSB0aGF0IGV2ZXJ5Ym9keSBrbm93cyE=",
    "MEDIA_PROCESSES": "2",
    "SMTP_HOST": "smtp.example.org",
    "SMTP_PORT": "587",
    "SMTP_TLS": "starttls",
    "SMTP_USER": "vesper",
    "SMTP_PASSWORD": "0123abcd",
    "MAIL_FROM": "no-reply@vesper.example.org",
    "MORE_DATABASE_URLS": "postgresql://vesper_app:0123abcd@elsewhere:5432/vesper",
}
LONG = "worth compressing " * 100
VARIABLE = re.compile(r"\$\{(\w+)(?::[?-][^}]*)?\}")


def environment_of(service: str) -> dict[str, str]:
    """The environment of a service in the compose file, with its variables filled in."""
    environment = COMPOSE["services"][service]["environment"]
    return {name: VARIABLE.sub(lambda found: FILLED_IN[found[1]], str(text)) for name, text in environment.items()}


def test_the_compose_file_follows_the_specification() -> None:
    command = [BIN / "check-jsonschema", "--builtin-schema", "vendor.compose-spec", PROJECT / "docker-compose.yml"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", ["Dockerfile", "deploy/janus/Dockerfile"])
def test_the_dockerfile_is_clean(path: str) -> None:
    done = subprocess.run([BIN / "hadolint", PROJECT / path], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_every_variable_of_the_compose_file_is_explained() -> None:
    used = set(VARIABLE.findall((PROJECT / "docker-compose.yml").read_text()))
    assert used - {"LOG_LEVEL"} == set(re.findall(r"^(\w+)=", EXAMPLE, re.MULTILINE))


def test_the_files_that_services_mount_are_there() -> None:
    for service in COMPOSE["services"].values():
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            assert source in COMPOSE["volumes"] or (PROJECT / source).is_file()


@pytest.mark.parametrize(("service", "shape"), OURS.items())
def test_a_service_gets_settings_that_it_accepts(service: str, shape: type[settings.Settings]) -> None:
    environment = environment_of(service)
    settings.read(shape, environment)
    assert {name.lower() for name in environment} <= set(shape.__struct_fields__) | {"signaling_url", "public_origin"}


@pytest.mark.parametrize("service", OURS)
def test_the_command_of_each_service_exists(service: str) -> None:
    command = [BIN / "vesper", *COMPOSE["services"][service]["command"], "--help"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "Usage: vesper" in done.stdout


def test_the_image_starts_with_the_command_line() -> None:
    dockerfile = (PROJECT / "Dockerfile").read_text()
    assert 'ENTRYPOINT ["vesper"]' in dockerfile
    assert not re.findall(r"^(?:ENV|ARG) .*(?:KEY|SECRET|PASSWORD)", dockerfile, re.MULTILINE)


async def test_production_has_the_roles_of_the_migrations(passable_path: Path) -> None:
    with embedded.running(passable_path, fast=True) as server:
        await _forget_our_roles(server)
        programs = cluster.program("psql").parent
        paths = {"PATH": f"{programs}:{os.defpath}", "PGHOST": str(server.socket_folder)}
        script = PROJECT / "deploy" / "postgres-roles.sh"
        initialised = await asyncio.create_subprocess_exec("sh", script, env=paths | environment_of("postgres"))
        assert await initialised.wait() == 0
        for role, password in (("vesper_owner", "OWNER_PASSWORD"), ("vesper_app", "APPLICATION_PASSWORD")):
            connection = await asyncpg.connect(
                host=str(server.socket_folder), user=role, password=FILLED_IN[password], database="vesper"
            )
            allowed = await connection.fetchval("SELECT has_schema_privilege('public', 'CREATE')")
            await connection.close()
            assert allowed == (role == "vesper_owner")


async def test_caddy_serves_everything_under_one_origin(tmp_path: Path) -> None:
    async with _answering("server") as server, _answering("node-1") as node, _caddy(tmp_path, server, node) as origin:
        trust = ssl.create_default_context(cafile=tmp_path / "pki" / "authorities" / "local" / "root.crt")
        async with aiohttp.ClientSession(origin, connector=aiohttp.TCPConnector(ssl=trust)) as session:
            for path in ("/", "/api/health", "/join/abc", "/signal/", "/signal/postgres", "/signal/node-1/more"):
                async with session.get(path) as response:
                    assert await response.json() == {"by": "server", "path": path, "more": LONG}
                    assert response.headers["Strict-Transport-Security"]
                    assert ("Content-Encoding" in response.headers) == (not path.startswith("/api/"))
            async with session.ws_connect("/signal/node-1", origin=origin) as upgraded:
                assert await upgraded.receive_json() == {"by": "node-1", "path": "/", "origin": origin}


@contextlib.asynccontextmanager
async def _answering(name: str) -> AsyncIterator[int]:
    """The port of a server that answers with its name and the request, over HTTP and over a socket."""

    async def answer(request: web.Request) -> web.StreamResponse:
        said = {"by": name, "path": request.path}
        if request.headers.get("Upgrade") != "websocket":
            return web.json_response(said | {"more": LONG})
        upgraded = web.WebSocketResponse()
        await upgraded.prepare(request)
        await upgraded.send_json(said | {"origin": request.headers["Origin"]})
        await upgraded.close()
        return upgraded

    application = web.Application()
    application.router.add_route("*", "/{any:.*}", answer)
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()


@contextlib.asynccontextmanager
async def _caddy(folder: Path, server: int, node: int) -> AsyncIterator[str]:
    """The origin of a caddy with the Caddyfile of production, except its upstreams and its storage."""
    if not (program := shutil.which("caddy")):
        pytest.skip("caddy is not installed; `.ci/run` installs it")
    ours = (PROJECT / "deploy" / "Caddyfile").read_text()
    assert "{re.node.1}:8081" in ours
    head = (
        f"{{\n\tadmin off\n\tauto_https disable_redirects\n\tskip_install_trust\n\tstorage file_system {folder}\n}}\n"
    )
    (folder / "Caddyfile").write_text(head + ours.replace("{re.node.1}:8081", f"127.0.0.1:{node}"))
    port = free_port()
    environment = {"HOME": str(folder), "DOMAIN": f"localhost:{port}", "SERVER": f"127.0.0.1:{server}"}
    process = await asyncio.create_subprocess_exec(
        program, "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile",
        env=environment, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        assert process.stderr is not None
        async with asyncio.timeout(20):
            while b"certificate obtained successfully" not in (line := await process.stderr.readline()):
                assert line, "caddy ended"
        draining = asyncio.create_task(process.stderr.read())
        yield f"https://localhost:{port}"
    finally:
        process.terminate()
        await process.wait()
        await draining


async def _forget_our_roles(server: Embedded) -> None:
    connection = await asyncpg.connect(server.superuser_url())
    await connection.execute("DROP DATABASE vesper")
    await connection.execute("DROP ROLE vesper_owner")
    await connection.execute("DROP ROLE vesper_app")
    await connection.close()
