"""The web app is built when a source is newer than the build, and not otherwise."""

import io
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from rich.console import Console

from runtime.errors import CannotStart
from vesper.run import web_build
from vesper.run.steps import Steps


@pytest.fixture
def web(tmp_path: Path) -> Path:
    """A web app whose whole build is one line of JavaScript."""
    folder = tmp_path / "web"
    (folder / "src").mkdir(parents=True)
    (folder / "src" / "main.ts").write_text("export {};")
    build = "require('fs').mkdirSync('dist',{recursive:true});require('fs').writeFileSync('dist/index.html','built')"
    (folder / "package.json").write_text(
        f'{{"name": "demo", "version": "1.0.0", "scripts": {{"build": "node -e \\"{build}\\""}}}}'
    )
    (folder / "package-lock.json").write_text(
        '{"name": "demo", "version": "1.0.0", "lockfileVersion": 3, "packages": {"": {"name": "demo"}}}'
    )
    return folder


def test_it_is_built_once_and_again_when_a_source_changes(web: Path, tmp_path: Path) -> None:
    steps = Steps(Console(quiet=True))
    assert not web_build.is_built(web)
    web_build.ensure_built(web, tmp_path / "web.log", steps)
    assert (web / "dist" / "index.html").read_text() == "built"
    assert web_build.is_built(web)
    built = (web / "dist" / "index.html").stat().st_mtime
    os.utime(web / "src" / "main.ts", (built + 10, built + 10))
    assert not web_build.is_built(web)


def test_of_two_concurrent_callers_one_builds(web: Path, tmp_path: Path) -> None:
    said = [io.StringIO(), io.StringIO()]
    with ThreadPoolExecutor() as both:
        for number, text in enumerate(said):
            both.submit(web_build.ensure_built, web, tmp_path / f"{number}.log", Steps(Console(file=text)))
    assert sorted("Web app built" in text.getvalue() for text in said) == [False, True]


def test_a_failed_build_names_its_log(web: Path, tmp_path: Path) -> None:
    (web / "package.json").write_text('{"name": "demo", "version": "1.0.0", "scripts": {"build": "exit 3"}}')
    with pytest.raises(CannotStart, match=r"`npm run build` failed in .*web\.log says why"):
        web_build.ensure_built(web, tmp_path / "web.log", Steps(Console(quiet=True)))


@pytest.mark.parametrize(
    ("node", "sentence"),
    [
        (None, "`node` is missing; install Node 20 or newer"),
        ("echo v18.19.0", "this Node is v18.19.0; install Node 20"),
        ("exit 1", "this Node is broken"),
    ],
)
def test_a_missing_or_old_node_is_one_sentence(
    node: str | None, sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if node:
        for name in ("node", "npm"):
            (tmp_path / name).write_text(f"#!/bin/sh\n{node}\n")
            (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CannotStart) as refused:
        web_build.check_node()
    assert sentence in str(refused.value)
