"""Images are pinned by digest, all or none."""

import re
from pathlib import Path

import pytest

from runtime.errors import CannotStart
from runtime.release import VERSION
from vesper import images

OLD, NEW = "sha256:" + "0" * 64, "sha256:" + "ab" * 32
COMPOSE = f"""
x-vesper: &vesper
  image: vesper:0.1.0
services:
  postgres:
    image: postgres:18.1  # the truth
  caddy:
    image: caddy:2.10.2@{OLD}
  janus:
    image: vesper-janus:0.1.0
"""
DOCKERFILE = """FROM node:22.21.1-slim AS web
FROM python:3.13.9-slim AS python
FROM python:3.13.9-slim
FROM web
COPY --from=python /opt /opt
"""


def test_images_from_a_registry_are_found() -> None:
    assert images.images(COMPOSE) == ["postgres:18.1", "caddy:2.10.2"]
    assert images.images(DOCKERFILE) == ["node:22.21.1-slim", "python:3.13.9-slim"]


def test_a_digest_follows_its_tag_and_replaces_an_older_one() -> None:
    pinned = images.pinned(COMPOSE, {"postgres:18.1": NEW, "caddy:2.10.2": NEW})
    assert f"image: postgres:18.1@{NEW}  # the truth\n" in pinned
    assert f"image: caddy:2.10.2@{NEW}\n" in pinned and OLD not in pinned
    assert "image: vesper:0.1.0\n" in pinned
    assert images.pinned(pinned, {"postgres:18.1": NEW, "caddy:2.10.2": NEW}) == pinned


def test_stages_keep_their_names() -> None:
    pinned = images.pinned(DOCKERFILE, {"python:3.13.9-slim": NEW})
    assert pinned.splitlines()[1:4] == [
        f"FROM python:3.13.9-slim@{NEW} AS python", f"FROM python:3.13.9-slim@{NEW}", "FROM web",
    ]  # fmt: skip


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "docker-compose.yml").write_text(COMPOSE)
    (tmp_path / "Dockerfile").write_text(DOCKERFILE)
    return tmp_path


ASKED = ("docker-compose.yml", "Dockerfile")


def a_docker(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a `docker` with this script on the path; no registry can be reached from a test."""
    program = folder / "bin" / "docker"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent))


def test_each_image_is_asked_for_by_its_tag(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    a_docker(files, f"echo {NEW}", monkeypatch)
    assert images.pin(files, ASKED).keys() == {*images.images(COMPOSE), *images.images(DOCKERFILE)}
    assert (files / "docker-compose.yml").read_text().count(NEW) == 2
    assert (files / "Dockerfile").read_text().count(NEW) == 3


@pytest.mark.parametrize(
    "script",
    ['case "$4" in python*) exit 1;; esac; echo ' + NEW, "echo no such host >&2; exit 1", "echo nothing", None],
)
def test_nothing_is_changed_when_a_registry_cannot_be_reached_and_the_message_says_so(
    files: Path, monkeypatch: pytest.MonkeyPatch, script: str | None
) -> None:
    monkeypatch.setenv("PATH", str(files / "bin"))
    if script is not None:
        a_docker(files, script, monkeypatch)
    with pytest.raises(CannotStart, match=r"^Nothing was changed: "):
        images.pin(files, ASKED)
    assert (files / "docker-compose.yml").read_text() == COMPOSE
    assert (files / "Dockerfile").read_text() == DOCKERFILE


@pytest.mark.parametrize("name", images.FILES)
def test_every_image_has_an_exact_version(name: str) -> None:
    text = (images.PROJECT / name).read_text()
    assert set(re.findall(r"image: vesper\S*?:(\S+)", text)) <= {VERSION}
    assert not re.findall(r"image: vesper[\w-]*$", text, re.MULTILINE)
    for image in images.images(text):
        numbers = 2 if image.startswith(("postgres:", "debian:")) else 3  # their releases have two
        assert re.search(rf":\d+(\.\d+){{{numbers - 1}}}(-\w+)?$", image), image
