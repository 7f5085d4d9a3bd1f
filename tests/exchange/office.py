"""LibreOffice for tests that look at what a reader of the file would see."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

SOFFICE = shutil.which("soffice")
needs_office = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")


def to_pdf(data: bytes, name: str, folder: Path) -> Path:
    """The file of that name and content as LibreOffice prints it, with free stand-ins for the official fonts."""
    source = folder / name
    source.write_bytes(data)
    done = subprocess.run(
        [
            SOFFICE or "soffice",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",  # runs that share a profile block each other
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(folder),
            str(source),
        ],
        capture_output=True,
        text=True,
        timeout=180,
        check=True,
        env={**os.environ, "FONTCONFIG_FILE": str(Path(__file__).with_name("fonts.conf"))},
    )
    pdf = source.with_suffix(".pdf")
    assert pdf.exists(), done.stderr
    return pdf
