"""Files that are broken, locked, hostile or huge, given to the command in a process of its own whose memory is measured.

Each ends with its documented status and one line, within the memory and time below, and leaves no output behind.
"""

import io
import os
import random
import shutil
import socket
import struct
import subprocess
import sys
import threading
import time
import zipfile
import zlib
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import pytest
from docx import Document
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))

import samples

MOST_MEMORY = 600_000_000  # bytes
MOST_SECONDS = 60
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PARAGRAPHS = (
    "对照检查材料",
    "一、存在的问题",
    "（一）理论学习不够深入。",
    "二、整改措施",
    "（一）每季度组织一次集体学习。",
)


class Done(NamedTuple):
    """How the command ended."""

    status: int
    lines: list[str]
    memory: int
    seconds: float


# A process begins with the peak of the one that started it, so a small one stands between this and the command.
LAUNCHER = """
import os, sys
quiet = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
_pid, ended, usage = os.wait4(os.posix_spawn(sys.executable, [sys.executable, *sys.argv[1:]], os.environ, file_actions=quiet), 0)
print(os.waitstatus_to_exitcode(ended), usage.ru_maxrss)
"""


def run(*arguments, cwd):
    """The command in a new process; its memory is the highest of itself and of what it started."""
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", LAUNCHER, "-m", "bihuan", *map(str, arguments)],
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        env={**os.environ, "BIHUAN_LANG": "zh"},
        check=True,
    )
    seconds = time.perf_counter() - start
    status, memory = map(int, done.stdout.split())
    return Done(status, done.stderr.decode().splitlines(), memory * (1 if sys.platform == "darwin" else 1024), seconds)


def refused(path, cwd, status=3):
    """The file is refused in one line that names it, and nothing is written."""
    before = sorted(cwd.iterdir())
    done = run("read", path, "-o", "out.html", cwd=cwd)
    assert done.status == status, done
    assert len(done.lines) == 1, done
    assert path.name in done.lines[0]
    assert done.memory < MOST_MEMORY, done
    assert done.seconds < MOST_SECONDS, done
    assert sorted(cwd.iterdir()) == before
    return done


def accepted(path, cwd):
    """The file is read within the same bounds."""
    done = run("read", path, "-o", "out.json", "-f", "json", cwd=cwd)
    assert done.status == 0, done
    assert done.memory < MOST_MEMORY, done
    assert done.seconds < MOST_SECONDS, done
    return (cwd / "out.json").read_text(encoding="utf-8")


# --- files -----------------------------------------------------------------------------------------------------------


def docx():
    document = Document()
    for words in PARAGRAPHS:
        document.add_paragraph(words)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def with_members(data, members):
    """An archive with members replaced or added; a number stands for so many zero bytes."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as new,
    ):
        for name in [n for n in old.namelist() if n not in members]:
            new.writestr(name, old.read(name))
        for name, content in members.items():
            if isinstance(content, int):
                with new.open(name, "w", force_zip64=True) as member:
                    for _piece in range(content // 2**20):
                        member.write(bytes(2**20))
            else:
                new.writestr(name, content)
    return target.getvalue()


def body(inner):
    return f'<w:document xmlns:w="{W}"><w:body>{inner}</w:body></w:document>'


def pdf(pages=1, **options):
    target = io.BytesIO()
    canvas = Canvas(target, **options)
    for _page in range(pages):
        for n, words in enumerate(
            ("1. Problems", "1.1 Meetings pass on meetings.", "2. Measures", "2.1 Fewer meetings.")
        ):
            canvas.drawString(72, 720 - 20 * n, words)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def xlsx():
    import xlsxwriter

    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        sheet = book.add_worksheet()
        for n, words in enumerate(("序号", "具体问题", "整改措施")):
            sheet.write(0, n, words)
            sheet.write(1, n, words * 20)
    return target.getvalue()


def ole(*streams):
    """An OLE2 container with a directory that names the streams, as an encrypted Word file has."""
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<I", 0) + b"\xff\xff\xff\xff" * 108
    fat = struct.pack("<III", 0xFFFFFFFD, 0xFFFFFFFE, 0xFFFFFFFE) + b"\xff\xff\xff\xff" * 125
    directory = b""
    for n, name in enumerate(("Root Entry", *streams)):
        spelled = name.encode("utf-16-le") + b"\0\0"
        entry = spelled.ljust(64, b"\0") + struct.pack("<HBB", len(spelled), 2 if n else 5, 1)
        entry += struct.pack("<III", 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF if n else 1) + bytes(36)
        directory += entry + struct.pack("<IQ", 2, 4096)
    return header + fat + directory.ljust(512, b"\0") + random.Random(1).randbytes(8192)


def overlapping(name, members):
    """An archive whose members all share the bytes of one: a few kilobytes that promise gigabytes, header for header."""
    size = 16 * 2**20
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(bytes(size)) + packer.flush()
    crc = zlib.crc32(bytes(size))

    def fields(spelled):
        return struct.pack("<HHHHHIIIH", 20, 0, 8, 0, 33, crc, len(packed), size, len(spelled))

    spelled = name.encode()
    kernel = b"PK\3\4" + fields(spelled) + b"\0\0" + spelled + packed
    central = b""
    for n in range(members):
        called = spelled if n == 0 else f"xl/worksheets/sheet{n}.xml".encode()
        central += b"PK\1\2\x14\0" + fields(called) + bytes(16) + called
    return kernel + central + struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, members, members, len(central), len(kernel), 0)


def lying(data, name):
    """The archive, with the size of a member said to be 1,000 bytes in both of its headers."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        member = file.getinfo(name)
        told, at = struct.pack("<I", member.file_size), member.header_offset
        central = file.start_dir
    lie = struct.pack("<I", 1000)
    changed = bytearray(data)
    changed[at + 22 : at + 26] = lie
    place = data.index(name.encode(), central) - 46 + 24
    assert changed[place : place + 4] == told
    changed[place : place + 4] = lie
    return bytes(changed)


# --- what is refused -------------------------------------------------------------------------------------------------

LOCKED = {
    "锁.docx": lambda: ole("EncryptionInfo", "EncryptedPackage"),
    "锁.xlsx": lambda: ole("EncryptionInfo", "EncryptedPackage"),
    "锁.pdf": lambda: pdf(encrypt=StandardEncryption("secret", strength=128)),
}


@pytest.mark.parametrize("name", LOCKED)
def test_a_password(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(LOCKED[name]())
    assert "密码" in refused(path, tmp_path).lines[0]


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
@pytest.mark.parametrize("kind", ["docx", "pdf", "xlsx"])
def test_a_broken_download(tmp_path, kind, share):
    data = {"docx": docx, "pdf": pdf, "xlsx": xlsx}[kind]()
    path = tmp_path / f"断.{kind}"
    path.write_bytes(data[: int(len(data) * share)])
    refused(path, tmp_path)


@pytest.mark.parametrize("kind", ["txt", "docx", "pdf", "xlsx", "doc", "html", "png"])
def test_an_empty_file(tmp_path, kind):
    path = tmp_path / f"空.{kind}"
    path.touch()
    assert "空文件" in refused(path, tmp_path).lines[0]


@pytest.mark.parametrize("kind", ["txt", "docx", "pdf", "xlsx", "html", "md", "png"])
def test_junk(tmp_path, kind):
    path = tmp_path / f"垃圾.{kind}"
    path.write_bytes(random.Random(2).randbytes(3_000_000))
    refused(path, tmp_path)


@pytest.mark.parametrize("kind", ["txt", "docx", "pdf"])
def test_a_file_of_500_mb_is_not_even_opened(tmp_path, kind):
    path = tmp_path / f"大.{kind}"
    path.touch()
    os.truncate(path, 500 * 2**20)
    done = refused(path, tmp_path)
    assert "500 MB" in done.lines[0]
    assert done.memory < 100_000_000


BOMBS = {
    "honest.docx": lambda: with_members(docx(), {"word/document.xml": 2 * 2**30}),
    "below-the-sum.docx": lambda: with_members(docx(), {"word/document.xml": 300 * 2**20}),
    "lying.docx": lambda: lying(with_members(docx(), {"word/document.xml": 1 * 2**30}), "word/document.xml"),
    "styles.docx": lambda: lying(with_members(docx(), {"word/styles.xml": 1 * 2**30}), "word/styles.xml"),
    "lying.xlsx": lambda: lying(
        with_members(xlsx(), {"xl/worksheets/sheet1.xml": 1 * 2**30}), "xl/worksheets/sheet1.xml"
    ),
    "overlapping.xlsx": lambda: overlapping("xl/workbook.xml", 2000),
    "overlapping-few.xlsx": lambda: overlapping("xl/workbook.xml", 20),
    "overlapping.docx": lambda: overlapping("word/document.xml", 2000),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_zip_bomb(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(BOMBS[name]())
    assert path.stat().st_size < 5_000_000
    refused(path, tmp_path)


LAUGHS = '<!DOCTYPE l [<!ENTITY a0 "笑">' + "".join(
    f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)
) + "]>"  # fmt: skip


@pytest.mark.parametrize(
    ("name", "member"),
    [("笑.docx", "word/document.xml"), ("笑2.docx", "word/styles.xml"), ("笑3.docx", "word/numbering.xml")],
)
def test_entities_that_multiply(tmp_path, name, member):
    path = tmp_path / name
    path.write_bytes(with_members(docx(), {member: LAUGHS + body("<w:p><w:r><w:t>&a9;</w:t></w:r></w:p>")}))
    refused(path, tmp_path)


def test_entities_that_multiply_in_a_web_page(tmp_path):
    path = tmp_path / "笑.html"
    path.write_text(f"{LAUGHS}<html><body><p>一、存在的问题</p><p>&a9;</p></body></html>", encoding="utf-8")
    assert len(accepted(path, tmp_path)) < 10_000


@pytest.mark.parametrize("names", ["p", "tbl tr tc", "sdt sdtContent", "p r txbxContent"])
def test_elements_a_hundred_thousand_deep_in_a_document(tmp_path, names):
    path = tmp_path / "深.docx"
    opened = "".join(f"<w:{name}>" for name in names.split())
    closed = "".join(f"</w:{name}>" for name in reversed(names.split()))
    path.write_bytes(with_members(docx(), {"word/document.xml": body(opened * 100_000 + closed * 100_000)}))
    refused(path, tmp_path)


@pytest.mark.parametrize("opened", ["<div>", "<table><tr><td>", "<ul><li>"])
def test_elements_a_hundred_thousand_deep_in_a_web_page(tmp_path, opened):
    path = tmp_path / "深.html"
    path.write_text(f"<html><body>{opened * 100_000}一、存在的问题", encoding="utf-8")
    refused(path, tmp_path)


MARKS = {
    "深.md": "> " * 50_000 + "一、存在的问题\n\n" + "".join("  " * n + "- 项\n" for n in range(1000)),
    "括.txt": "对照检查材料\n" + "（" * 500_000 + "一" + "）" * 500_000,
    "引.txt": "对照检查材料\n" + "“" * 500_000 + "一是",
    "是.txt": "对照检查材料\n" + "一是" * 250_000,
    "号.txt": "对照检查材料\n" + "1." * 250_000,
    "层.txt": "对照检查材料\n" + "一、（一）1.（1）①" * 20_000,
    "行.txt": "一\n" * 250_000,
    "标.txt": "存在问题：" * 100_000,
}


@pytest.mark.parametrize("name", MARKS)
def test_marks_without_end_are_read(tmp_path, name):
    path = tmp_path / name
    path.write_text(MARKS[name], encoding="utf-8")
    accepted(path, tmp_path)


def document(inner):
    return with_members(docx(), {"word/document.xml": body(inner)})


WORDS = "<w:r><w:t>一、存在的问题</w:t></w:r>"
CELL = f"<w:p>{WORDS}</w:p></w:tc>"
WIDE = {
    "gridSpan.docx": lambda: document(
        f'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2000000000"/></w:tcPr>{CELL}</w:tr></w:tbl>'
    ),
    "gridBefore.docx": lambda: document(
        f'<w:tbl><w:tr><w:trPr><w:gridBefore w:val="2000000000"/></w:trPr><w:tc>{CELL}</w:tr></w:tbl>'
    ),
    "ilvl.docx": lambda: document(
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="2000000000"/><w:numId w:val="1"/></w:numPr></w:pPr>{WORDS}</w:p>'
    ),
    "colspan.html": lambda: (
        b'<html><body><p>1. Problems</p><table><tr><td colspan="2000000000" rowspan="2000000000">a</td></tr>'
        b"<tr><td>x</td></tr></table></body></html>"
    ),
    "start.html": lambda: b'<html><body><ol start="' + b"9" * 5000 + b'"><li>Problems</li></ol></body></html>',
}


@pytest.mark.parametrize("name", WIDE)
def test_cells_that_claim_to_be_huge_are_read(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(WIDE[name]())
    accepted(path, tmp_path)


def test_more_text_than_anybody_reads(tmp_path):
    path = tmp_path / "多.txt"
    path.write_text("学习" * 11_000_000, encoding="utf-8")
    refused(path, tmp_path)


def bounded(path, cwd, memory=MOST_MEMORY):
    """The file is read or refused, but within the bounds."""
    done = run("read", path, "-f", "json", cwd=cwd)
    assert done.status in (0, 3), done
    assert done.memory < memory, done
    assert done.seconds < MOST_SECONDS, done


def test_a_report_of_two_million_characters(tmp_path):
    path = tmp_path / "长.txt"
    text = samples.parse(samples.paths("tuned")[0]).text
    path.write_text(text * (2_000_000 // len(text)), encoding="utf-8")
    bounded(path, tmp_path)


def test_junk_just_below_the_limit(tmp_path):
    path = tmp_path / "垃圾.txt"
    path.write_bytes(random.Random(3).randbytes(190 * 2**20))
    bounded(path, tmp_path)


# --- pictures --------------------------------------------------------------------------------------------------------

OCR_MEMORY = 1_200_000_000  # bytes; the recogniser alone takes 0.8 GB for one page of A4 at 300 dots an inch
needs_ocr = pytest.mark.skipif(find_spec("rapidocr") is None, reason="the ocr extra is not installed")


def png(width, height):
    """A blank picture of one bit a pixel."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    packer = zlib.compressobj(9)
    row = b"\0" + b"\xff" * (-(-width // 8))
    rows = b"".join(packer.compress(row) for _row in range(height)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.ocr
@needs_ocr
def test_a_picture_of_more_pixels_than_memory(tmp_path):
    path = tmp_path / "像素.png"
    path.write_bytes(png(65_000, 65_000))
    assert path.stat().st_size < 2_000_000
    refused(path, tmp_path)


@pytest.mark.ocr
@needs_ocr
def test_a_picture_just_below_the_limit(tmp_path):
    path = tmp_path / "像素.png"
    path.write_bytes(png(9_000, 8_000))
    bounded(path, tmp_path, OCR_MEMORY)


def drawn(pages, size):
    """A pdf of pages that show something and hold no text, as scans do."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(size, size))
    for _page in range(pages):
        canvas.rect(0, 0, 100, 100, fill=1)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


@pytest.mark.ocr
@needs_ocr
def test_a_page_as_large_as_a_field(tmp_path):
    path = tmp_path / "大页.pdf"
    path.write_bytes(drawn(1, 14_000_000))
    bounded(path, tmp_path, OCR_MEMORY)


@pytest.mark.ocr
@needs_ocr
def test_a_scan_of_many_pages(tmp_path):
    path = tmp_path / "扫描.pdf"
    path.write_bytes(drawn(25, 1100))
    bounded(path, tmp_path, OCR_MEMORY)


def test_more_pages_than_anybody_reads(tmp_path):
    path = tmp_path / "页.pdf"
    path.write_bytes(pdf(pages=2_500))
    refused(path, tmp_path)


# --- nothing is fetched ----------------------------------------------------------------------------------------------


@pytest.fixture
def listener():
    """A listening socket and the connections it got."""
    server = socket.create_server(("127.0.0.1", 0))
    got = []

    def listen():
        while True:
            try:
                connection, address = server.accept()
            except OSError:
                return
            got.append(address)
            connection.close()

    threading.Thread(target=listen, daemon=True).start()
    yield f"http://127.0.0.1:{server.getsockname()[1]}", got
    server.close()


def test_a_documents_references_are_not_followed(tmp_path, listener):
    address, got = listener
    types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    kinds = ("attachedTemplate", "image", "oleObject", "hyperlink", "aFChunk", "frame", "subDocument", "numbering")
    relations = "".join(
        f'<Relationship Id="rIdX{n}" Type="{types}/{kind}" Target="{address}/{kind}" TargetMode="External"/>'
        for n, kind in enumerate(kinds)
    )
    data = docx()
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        known = file.read("word/_rels/document.xml.rels").decode()
        document = file.read("word/document.xml").decode()
    linked = (
        f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>INCLUDEPICTURE "{address}/field"</w:instrText>'
        '</w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p><w:altChunk r:id="rIdX4"/><w:subDoc r:id="rIdX6"/>'
        '<w:p><w:r><w:object><o:OLEObject Type="Link" r:id="rIdX2" xmlns:o="urn:schemas-microsoft-com:office:office"/>'
        "</w:object></w:r></w:p>"
    )
    path = tmp_path / "外链.docx"
    path.write_bytes(
        with_members(
            data,
            {
                "word/_rels/document.xml.rels": known.replace("</Relationships>", relations + "</Relationships>"),
                "word/_rels/settings.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
                f'relationships">{relations}</Relationships>',
                "word/document.xml": document.replace("<w:body>", "<w:body>" + linked, 1),
            },
        )
    )
    told = accepted(path, tmp_path)
    assert "理论学习不够深入" in told
    assert got == []


def test_a_web_pages_references_are_not_followed(tmp_path, listener):
    address, got = listener
    path = tmp_path / "外链.html"
    path.write_text(
        f'<!DOCTYPE html SYSTEM "{address}/dtd"><html><head><base href="{address}"><link rel="stylesheet" href="{address}/a.css">'
        f'<script src="{address}/a.js"></script></head><body><p>一、存在的问题</p><img src="{address}/a.png">'
        f'<iframe src="{address}/f"></iframe><p>（一）学习不够深入。</p></body></html>',
        encoding="utf-8",
    )
    for form in ("json", "html", "xlsx", "docx"):
        done = run("read", path, "-f", form, "-o", f"out.{form}", cwd=tmp_path)
        assert done.status == 0, done
    assert got == []


def test_a_doctypes_entities_are_not_fetched(tmp_path, listener):
    address, got = listener
    doctype = (
        f'<!DOCTYPE l SYSTEM "{address}/dtd" [<!ENTITY % p SYSTEM "{address}/p"> %p; <!ENTITY x SYSTEM "{address}/x">]>'
    )
    path = tmp_path / "实体.docx"
    path.write_bytes(
        with_members(docx(), {"word/document.xml": doctype + body("<w:p><w:r><w:t>&x;</w:t></w:r></w:p>")})
    )
    refused(path, tmp_path)
    assert got == []


@pytest.mark.office
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_an_old_documents_references_are_not_followed(tmp_path, listener):
    address, got = listener
    path = tmp_path / "外链.rtf"
    path.write_text(
        r"{\rtf1\ansi Problems\par {\field{\*\fldinst INCLUDEPICTURE \"" + address + r"/a.png\"}{\fldrslt x}}"
        r"{\*\template " + address + r"/t.dot}\par}",
        encoding="ascii",
    )
    done = run("read", path, "-f", "json", "-o", "out.json", cwd=tmp_path)
    assert done.status == 0, done
    assert got == []
