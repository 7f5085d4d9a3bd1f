"""Old and other office formats (.doc, .wps, .rtf, .odt), through LibreOffice where it is installed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from bihuan.errors import InputDamaged, InputEncrypted, PartMissing
from bihuan.i18n import _
from bihuan.reading.document import Document
from bihuan.reading.model import Note
from bihuan.reading.sources import docx

TIME_LIMIT = 120  # seconds; LibreOffice needs two or three for a report, and hangs on some broken files
_SUFFIXES = (".doc", ".wps", ".rtf", ".odt")
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")

#: LibreOffice's settings: fetch nothing a document points at, run no macro in it.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
<prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
</item>
</oor:items>
"""


def load(data: bytes, *, name: str, sha256: str) -> Document:
    """Convert to docx and read that.

    Raises:
        InputEncrypted: it asks for a password.
        PartMissing: LibreOffice is not installed.
        InputDamaged: LibreOffice cannot open it, or not within the time limit.
    """
    if _ENCRYPTED_PACKAGE in data:
        raise InputEncrypted(_("文件有密码，请去掉密码后再试"))
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise PartMissing(_("读旧格式要用 LibreOffice：请安装它，或用 Word、WPS 另存为 .docx 后再试"))
    suffix = Path(name).suffix.lower()
    with tempfile.TemporaryDirectory(prefix="bihuan-") as folder:
        source = Path(folder) / f"source{suffix if suffix in _SUFFIXES else '.doc'}"
        source.write_bytes(data)
        _convert(program, source, Path(folder))
        made = Path(folder) / "out" / "source.docx"
        if not made.exists():
            raise InputDamaged(_("LibreOffice 打不开这个文件，可能已损坏"))
        document = docx.load(made.read_bytes(), name=name, sha256=sha256)
    note = Note("converted", 0, 0, "本文由旧格式转换，自动编号可能有误，请核对")
    return replace(document, media_type="application/msword", notes=(note, *document.notes))


def _convert(program: str, source: Path, folder: Path) -> None:
    """Run LibreOffice with a profile of its own, so that several may run at once; kill all of it past the limit."""
    settings = folder / "profile" / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(_SETTINGS, encoding="utf-8")
    command = [
        program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore", "--nolockcheck",
        "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder / "out"), str(source),
    ]  # fmt: skip
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        process.wait(TIME_LIMIT)
    except subprocess.TimeoutExpired as error:
        raise InputDamaged(_("LibreOffice 没有在 {seconds} 秒内读完").format(seconds=TIME_LIMIT)) from error
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
