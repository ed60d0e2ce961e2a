"""`vesper open-export` on the command line."""

import subprocess
import sys
from pathlib import Path

from runtime.secrets.sealed_files import Sealer, new_passphrase, recipient


def vesper(*arguments: str | Path, typed: str = "") -> subprocess.CompletedProcess[str]:
    command = [Path(sys.executable).with_name("vesper"), "open-export", *arguments]
    return subprocess.run(command, env={}, input=typed, capture_output=True, text=True, check=False)


def test_an_export_opens_with_its_passphrase_alone(tmp_path: Path) -> None:
    passphrase = new_passphrase()
    sealer = Sealer(recipient(passphrase))
    sealed, words = tmp_path / "clinic.vesper-export", tmp_path / "passphrase"
    sealed.write_bytes(sealer.take(b"PK, an archive") + sealer.end())
    words.write_text(new_passphrase())
    refused = vesper(sealed, "--passphrase-file", words)
    assert refused.returncode == 2 and "does not open the file" in refused.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["clinic.vesper-export", "passphrase"]
    words.write_text(f"{passphrase}\n")
    done = vesper(sealed, "--passphrase-file", words)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "clinic.zip").read_bytes() == b"PK, an archive"
    assert "is there already" in vesper(sealed, "--passphrase-file", words).stderr
