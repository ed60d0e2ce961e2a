"""Requests to addresses that somebody typed: only over TLS, only to the public internet, short, small, no redirects.

So nobody can have this server knock at machines behind the firewall. Names are looked up here and checked before a
connection opens, to the very address that was checked; a name that later means another address gains nothing.
"""

import ipaddress
import socket
from collections.abc import Mapping
from typing import Literal
from urllib.parse import urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver

SECONDS = 5.0
"""How long an answer may take in all."""
MOST_BYTES = 256 * 1024

Problem = Literal["address_wrong", "not_https", "not_public", "away", "redirects", "too_large", "refused"]


class NotFetched(Exception):
    """There is no answer that can be used; `problem` says why."""

    def __init__(self, problem: Problem, status: int = 0, body: bytes = b"") -> None:
        self.problem: Problem = problem
        self.status = status
        self.body = body
        super().__init__(problem)


class _NotPublic(OSError):
    """A name stands for an address that is not on the public internet."""


class Fetcher:
    """Fetches documents; with `loopback`, for development and tests, also from this machine and without TLS."""

    def __init__(self, *, loopback: bool) -> None:
        self._loopback = loopback
        connector = aiohttp.TCPConnector(resolver=_PublicResolver(loopback), use_dns_cache=False, limit=20)
        timeout = aiohttp.ClientTimeout(total=SECONDS)
        self._session = aiohttp.ClientSession(connector=connector, timeout=timeout, cookie_jar=aiohttp.DummyCookieJar())

    async def close(self) -> None:
        """Close all connections."""
        await self._session.close()

    def check(self, address: str) -> None:
        """Refuse an address that must not be asked.

        Raises:
            NotFetched
        """
        try:
            parts = urlsplit(address)
            host, _ = parts.hostname, parts.port
        except ValueError:
            raise NotFetched("address_wrong") from None
        if not host or parts.username or parts.password or parts.fragment or not address.isascii():
            raise NotFetched("address_wrong")
        local = self._loopback and (host == "localhost" or _is_loopback(host))
        if parts.scheme != "https" and not (parts.scheme == "http" and local):
            raise NotFetched("not_https")
        if _is_address(host) and not _may_reach(host, self._loopback):
            raise NotFetched("not_public")

    async def get(self, address: str) -> bytes:
        """The document at that address.

        Raises:
            NotFetched
        """
        return await self._ask("GET", address, None, {})

    async def post(self, address: str, form: Mapping[str, str], headers: Mapping[str, str]) -> bytes:
        """The answer to a form.

        Raises:
            NotFetched
        """
        return await self._ask("POST", address, form, headers)

    async def _ask(
        self, method: str, address: str, form: Mapping[str, str] | None, headers: Mapping[str, str]
    ) -> bytes:
        self.check(address)
        try:
            async with self._session.request(
                method, address, data=form, headers={"Accept": "application/json", **headers}, allow_redirects=False
            ) as response:
                body = await _read(response)
        except _NotPublic:
            raise NotFetched("not_public") from None
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            raise NotFetched("not_public" if isinstance(error.__cause__, _NotPublic) else "away") from None
        if 300 <= response.status < 400:
            raise NotFetched("redirects")
        if response.status >= 500:
            raise NotFetched("away")
        if response.status != 200:
            raise NotFetched("refused", response.status, body)
        return body


class _PublicResolver(AbstractResolver):
    def __init__(self, loopback: bool) -> None:
        self._loopback = loopback
        self._inner = ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = await self._inner.resolve(host, port, family)
        if not found or not all(_may_reach(one["host"], self._loopback) for one in found):
            raise _NotPublic(host)
        return found

    async def close(self) -> None:
        await self._inner.close()


async def _read(response: aiohttp.ClientResponse) -> bytes:
    body = b""
    async for part in response.content.iter_any():
        body += part
        if len(body) > MOST_BYTES:
            raise NotFetched("too_large")
    return body


def _may_reach(host: str, loopback: bool) -> bool:
    address = ipaddress.ip_address(host.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return _may_reach(str(address.ipv4_mapped), loopback)
        if address.sixtofour is not None or address.teredo is not None or address in _TRANSLATED:
            return False
    return (address.is_global and not address.is_multicast) or (loopback and address.is_loopback)


_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
"""Addresses that a gateway translates to IPv4, whatever it may be."""


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True


def _is_loopback(host: str) -> bool:
    return _is_address(host) and ipaddress.ip_address(host.partition("%")[0]).is_loopback
