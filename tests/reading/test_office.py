"""Old formats through LibreOffice: a note says so, nothing is fetched, nothing outlives the time limit."""

import http.server
import io
import os
import shutil
import subprocess
import threading
import time
import zipfile

import pytest

from bihuan.errors import InputDamaged, InputEncrypted, PartMissing
from bihuan.reading.sources import load, office

needs_office = [
    pytest.mark.office,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed"),
]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
RTF = (
    r"{\rtf1\ansi\ansicpg936\uc1 "
    + "".join(rf"\u{ord(c)}?" for c in "一、学习不深")
    + r"\par "
    + "".join(rf"\u{ord(c)}?" for c in "整改措施")
    + r"\par}"
).encode()


def odt(content):
    """An OpenDocument text of the given body."""
    names = {
        "office": "office", "text": "text", "draw": "drawing", "svg": "svg-compatible",
    }  # fmt: skip
    spaces = " ".join(f'xmlns:{k}="urn:oasis:names:tc:opendocument:xmlns:{v}:1.0"' for k, v in names.items())
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        file.writestr(
            "META-INF/manifest.xml",
            '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:file-entry m:full-path="/" '
            'm:media-type="application/vnd.oasis.opendocument.text"/><m:file-entry m:full-path="content.xml" '
            'm:media-type="text/xml"/></m:manifest>',
        )
        file.writestr(
            "content.xml",
            f'<office:document-content {spaces} xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2">'
            f"<office:body><office:text>{content}</office:text></office:body></office:document-content>",
        )
    return target.getvalue()


class TestConverted:
    pytestmark = needs_office

    def test_rich_text(self):
        document = load(RTF, name="报告.rtf")
        assert document.text == "一、学习不深\n整改措施"
        assert [(n.code, n.start, n.end) for n in document.notes] == [("converted", 0, 0)]
        assert document.name == "报告.rtf"
        assert len(document.blocks) == 2

    @pytest.mark.parametrize("name", ["报告.doc", "报告.wps"])
    def test_an_old_word_document(self, tmp_path, name):
        (tmp_path / "a.rtf").write_bytes(RTF)
        profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
        command = [
            "soffice",
            profile,
            "--headless",
            "--convert-to",
            "doc:MS Word 97",
            "--outdir",
            tmp_path,
            tmp_path / "a.rtf",
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=100)
        document = load((tmp_path / "a.doc").read_bytes(), name=name)
        assert document.text == "一、学习不深\n整改措施"
        assert document.notes[0].code == "converted"

    def test_what_a_document_points_at_is_not_fetched(self):
        asked = []

        class Handler(http.server.BaseHTTPRequestHandler):
            def handle(self):
                asked.append(self.client_address)

        with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            place = f"http://127.0.0.1:{server.server_port}/x.png"
            content = (
                '<text:p>存在问题<draw:frame svg:width="3cm" svg:height="3cm" text:anchor-type="as-char">'
                f'<draw:image xlink:href="{place}" xlink:type="simple"/></draw:frame></text:p>'
            )
            try:
                assert load(odt(content), name="a.odt").text == "存在问题"
            finally:
                server.shutdown()
        assert asked == []

    def test_a_broken_file(self):
        with pytest.raises(InputDamaged):
            office.load(odt("<text:p>问题</text:p>")[:200], name="a.odt", sha256="0")


def test_without_libreoffice(monkeypatch):
    monkeypatch.setattr(office.shutil, "which", lambda program: None)
    with pytest.raises(PartMissing, match="LibreOffice"):
        load(RTF, name="a.rtf")


def test_an_encrypted_package_is_told_before_anything_runs(monkeypatch):
    monkeypatch.setattr(office.shutil, "which", lambda program: None)
    # A header of version 3 (sectors of 512 bytes) and a directory with two entries.
    header = OLE + b"\0" * 22 + b"\x09\0" + b"\0" * 480
    entries = b"".join(n.encode("utf-16-le").ljust(128, b"\0") for n in ("Root Entry", "EncryptedPackage"))
    with pytest.raises(InputEncrypted):
        load(header + entries + b"\0" * 256, name="报告.docx")


@pytest.mark.skipif(os.name != "posix", reason="the stand-in for LibreOffice is a shell script")
def test_past_the_time_limit_all_of_it_is_ended(monkeypatch, tmp_path):
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\nsleep 60 &\necho $! > {tmp_path}/child\nwait\n")
    program.chmod(0o755)
    monkeypatch.setattr(office.shutil, "which", lambda _: str(program))
    monkeypatch.setattr(office, "TIME_LIMIT", 1)
    began = time.monotonic()
    with pytest.raises(InputDamaged, match="秒"):
        office.load(RTF, name="a.rtf", sha256="0")
    assert time.monotonic() - began < 20
    child = int((tmp_path / "child").read_text())
    for _ in range(50):
        if not _running(child):
            break
        time.sleep(0.1)
    assert not _running(child)


def _running(process):
    """Whether a process runs; one that has ended and nobody has asked after does not."""
    state = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(process)], capture_output=True, text=True, check=False
    ).stdout.strip()
    return bool(state) and not state.startswith("Z")
