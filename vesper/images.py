"""`make pin-images`: pin by digest the images that production is built from and runs.

A tag with an exact version names the release; a digest also proves that the image was not replaced.
`docker` asks the registry; when it cannot be reached, nothing is changed.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from runtime.errors import CannotStart

PROJECT = Path(__file__).parents[1]
FILES = ("docker-compose.yml", "Dockerfile", "deploy/janus/Dockerfile")
OURS = re.compile(r"vesper(-\w+)?(:|$)")
"""Images that are built here, not pulled from a registry."""
CANNOT = 2
_ASK_SECONDS = 60
_NAMED = re.compile(r"^(?P<before>\s*image: |FROM )(?P<image>[^\s@]+)(?P<digest>@sha256:[0-9a-f]{64})?", re.MULTILINE)
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")


def images(text: str) -> list[str]:
    """The images that a compose file or a Dockerfile names by a tag, each once, without those built here."""
    stages = set(re.findall(r"^FROM \S+ AS (\S+)", text, re.MULTILINE))
    named = dict.fromkeys(found["image"] for found in _NAMED.finditer(text))
    return [image for image in named if not OURS.match(image) and image not in stages]


def pinned(text: str, digests: Mapping[str, str]) -> str:
    """The same text with each image's digest added or replaced."""

    def pin(found: re.Match[str]) -> str:
        image = found["image"]
        return f"{found['before']}{image}@{digests[image]}" if image in digests else found[0]

    return _NAMED.sub(pin, text)


def digest_of(image: str) -> str:
    """The digest of the image's tag in its registry now.

    Raises:
        CannotStart: there is no docker, or the registry does not answer.
    """
    docker = shutil.which("docker")
    if docker is None:
        raise CannotStart("Nothing was changed: docker, which asks the registries, is not installed.")
    command = [docker, "buildx", "imagetools", "inspect", image, "--format", "{{.Manifest.Digest}}"]
    try:
        asked = subprocess.run(command, capture_output=True, text=True, timeout=_ASK_SECONDS, check=False)
    except (subprocess.TimeoutExpired, OSError):
        raise CannotStart(f"Nothing was changed: docker does not answer about {image}.") from None
    found = _DIGEST.fullmatch(asked.stdout.strip())
    if asked.returncode != 0 or found is None:
        raise CannotStart(
            f"Nothing was changed: the registry of {image} cannot be reached from here, or has no such tag."
        )
    return found[0]


def pin(folder: Path, files: Sequence[str] = FILES) -> dict[str, str]:
    """Pin every image in these files, all or none; returns the digest of each image.

    Raises:
        CannotStart
    """
    texts = {folder / name: (folder / name).read_text() for name in files}
    digests = {image: digest_of(image) for text in texts.values() for image in images(text)}
    for path, text in texts.items():
        path.write_text(pinned(text, digests))
    return digests


def main() -> int:
    """Pin the images of this project, and print the digests; returns the exit code."""
    try:
        digests = pin(PROJECT)
    except CannotStart as error:
        print(error, file=sys.stderr)
        return CANNOT
    for image, digest in digests.items():
        print(f"{image}  {digest}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
