"""A real sign-in provider (`serve.mjs`), and a proxy in front of it that can change its tokens on the way.

The provider's private key is the tests' own, so a changed token can bear a right signature: then nothing but the claim
is wrong. Everything else is the provider's.
"""

import contextlib
import json
import socket
import subprocess
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from aiohttp import ClientSession, CookieJar, web
from joserfc import jws, jwt
from joserfc.jwk import RSAKey

SERVE = Path(__file__).with_name("serve.mjs")
HOST = "127.0.0.1"
Sign = Callable[[dict[str, Any], dict[str, Any]], str]
"""From the header and the claims of the provider's token to the token that is sent on."""


@dataclass(frozen=True)
class Process:
    """The provider itself, and the port at which its proxy stands."""

    port: int
    public_port: int
    key: RSAKey

    @property
    def issuer(self) -> str:
        """What the provider calls itself."""
        return f"http://localhost:{self.public_port}"


@contextlib.contextmanager
def process() -> Iterator[Process]:
    """The provider, while the tests run."""
    key = RSAKey.generate_key(2048, {"kid": "2026", "alg": "RS256", "use": "sig"}, private=True)
    public = free_port()
    keys = json.dumps({"keys": [key.as_dict(private=True)]})
    running = subprocess.Popen(
        ["node", SERVE, f"http://localhost:{public}", keys],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    with running:
        assert running.stdin and running.stdout
        try:
            yield Process(int(running.stdout.readline()), public, key)
        finally:
            running.stdin.close()  # then it ends by itself


def free_port() -> int:
    with socket.create_server((HOST, 0)) as taken:
        return int(taken.getsockname()[1])


@dataclass
class Provider:
    """The provider as the tests use it."""

    process: Process
    asked: list[str] = field(default_factory=list)
    """The paths that were asked."""
    sign: Sign | None = None
    """What becomes of tokens, if anything."""
    documents: dict[str, web.Response] = field(default_factory=dict)
    """Answers that replace the provider's own, by path."""

    @property
    def issuer(self) -> str:
        return self.process.issuer

    @property
    def key(self) -> RSAKey:
        return self.process.key

    def claims(self, **changed: Any) -> None:
        """From now on change these claims, and sign again with the provider's own key; None takes a claim away."""

        def sign(header: dict[str, Any], claims: dict[str, Any]) -> str:
            kept = {name: value for name, value in {**claims, **changed}.items() if value is not None}
            return jwt.encode(header, kept, self.key, algorithms=["RS256"])

        self.sign = sign

    async def register(self, *return_addresses: str) -> tuple[str, str]:
        """Make the provider know an application. Returns its id and its secret."""
        async with ClientSession() as http:
            body = {"redirect_uris": list(return_addresses), "token_endpoint_auth_method": "client_secret_basic"}
            async with http.post(f"{self.issuer}/reg", json=body) as response:
                made = await response.json()
                assert response.status == 201, made
                return made["client_id"], made["client_secret"]


class Person:
    """Somebody's browser, as far as the provider sees it."""

    def __init__(self, account: str, factor: str | None = None) -> None:
        self.account, self.factor = account, factor
        self.cookies = CookieJar(unsafe=True)
        self.typed = 0
        """How often the provider has asked who they are."""

    async def visits(self, address: str, *, cancels: bool = False) -> dict[str, str]:
        """Follow the way through the provider. Returns with what it sends the browser back."""
        async with ClientSession(cookie_jar=self.cookies) as http:
            form: dict[str, str] | None = None
            for _ in range(12):
                method = "GET" if form is None else "POST"
                async with http.request(method, address, data=form, allow_redirects=False) as response:
                    form = None
                    if response.status in (302, 303):
                        address = str(response.url.join(type(response.url)(response.headers["Location"])))
                        if "/return" in address:
                            return {name: value for name, (value,) in parse_qs(urlsplit(address).query).items()}
                    else:
                        assert response.status == 200, await response.text()
                        self.typed += 1
                        form = {"account": self.account, **({"factor": self.factor} if self.factor else {})}
                        if cancels:
                            form["refuse"] = "yes"
        raise AssertionError("the provider sends nobody back")


@contextlib.asynccontextmanager
async def proxied(running: Process) -> AsyncIterator[Provider]:
    """The provider behind a proxy that a test may have change its tokens."""
    provider = Provider(running)
    async with ClientSession(auto_decompress=False) as http:

        async def forward(request: web.Request) -> web.StreamResponse:
            provider.asked.append(request.path)
            if request.path in provider.documents:
                return provider.documents.pop(request.path)
            headers = {
                name: value for name, value in request.headers.items() if name not in {"Host", "Accept-Encoding"}
            }
            headers |= {"Host": f"localhost:{running.public_port}", "X-Forwarded-Proto": "http"}
            address = f"http://{HOST}:{running.port}{request.raw_path}"
            body = await request.read()
            async with http.request(
                request.method, address, headers=headers, data=body, allow_redirects=False
            ) as answer:
                text = await answer.read()
                if request.path == "/token" and answer.status == 200:
                    text = _changed(provider, text)
                passed = web.Response(status=answer.status, body=text)
                passed.headers["Content-Type"] = answer.headers.get("Content-Type", "text/plain")
                for name in ("Location", "Set-Cookie"):
                    for value in answer.headers.getall(name, ()):
                        passed.headers.add(name, value)
                return passed

        app = web.Application()
        app.router.add_route("*", "/{path:.*}", forward)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0)
        await runner.setup()
        await web.TCPSite(runner, HOST, running.public_port, reuse_address=True).start()
        try:
            yield provider
        finally:
            await runner.cleanup()


def _changed(provider: Provider, text: bytes) -> bytes:
    if provider.sign is None:
        return text
    tokens = json.loads(text)
    token = jws.extract_compact(tokens["id_token"].encode())
    tokens["id_token"] = provider.sign(dict(token.headers()), json.loads(token.payload))
    return json.dumps(tokens).encode()
