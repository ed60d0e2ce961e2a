"""The browser app's files, as built into `web/dist`, under a strict Content-Security-Policy."""

from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from aiohttp import web

from domain.errors import NotFound
from runtime.settings import ServerSettings

Page = Callable[[web.Request], Awaitable[web.StreamResponse]]

ADDRESS = "/{path:(?!api(/|$)).*}"
"""Every address outside the API."""
_FOR_EVER = "public, max-age=31536000, immutable"
"""For files whose name holds a hash of their content."""
_COMPRESSED = {".br", ".gz"}
_NOT_BUILT = (
    "<!doctype html><html lang=en><meta charset=utf-8><title>Vesper</title>"
    "<h1>The web app is not built yet</h1>"
    "<p>Run <code>npm run build</code> in the folder <code>web</code>, then start again.</p></html>"
)


def page(folder: Path) -> Page:
    """The handler of `ADDRESS`, which answers with a file of the app or one of its two pages.

    Personal links lead to the clients' page; every other address leads to the staff's page, which routes it.

    The files are listed once, so that no request can name another. If the build has compressed a file
    (`web/compress.mjs`), browsers that accept the compression get the compressed one.
    """
    files = _listed(folder)

    async def show(request: web.Request) -> web.StreamResponse:
        path = request.match_info["path"]
        if path.startswith("assets/"):
            return _asset(files, path)
        file = files.get(path) or files.get("join.html" if path.strip("/") == "join" else "index.html")
        if file is None:
            return web.Response(status=503, text=_NOT_BUILT, content_type="text/html")
        return web.FileResponse(file, headers={"Cache-Control": "no-cache"})

    return show


def security_headers(settings: ServerSettings) -> Mapping[str, str]:
    """The headers of every answer."""
    headers = {
        "Content-Security-Policy": _content_security_policy(settings.signaling_url),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": "camera=(self), microphone=(self), display-capture=(self), geolocation=()",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    if settings.public_origin.startswith("https:"):
        headers["Strict-Transport-Security"] = "max-age=31536000"
    return headers


def _asset(files: Mapping[str, Path], path: str) -> web.StreamResponse:
    if path not in files:
        raise NotFound
    return web.FileResponse(files[path], headers={"Cache-Control": _FOR_EVER})


def _listed(folder: Path) -> dict[str, Path]:
    files = (file for file in folder.rglob("*") if file.is_file() and file.suffix not in _COMPRESSED)
    return {file.relative_to(folder).as_posix(): file for file in files}


def _content_security_policy(signaling_url: str) -> str:
    parts = urlsplit(signaling_url)
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
        f"connect-src 'self' {parts.scheme}://{parts.netloc}; media-src 'self' blob:; manifest-src 'self'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )
