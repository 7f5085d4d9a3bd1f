"""Files of every kind become a ``Document``: what a file is, is decided by its contents and only then by its name."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from bihuan.errors import InputEmpty, InputError, InputMissing, InputTooLarge, InputUnsupported
from bihuan.i18n import _
from bihuan.reading.document import Document
from bihuan.reading.model import Note
from bihuan.reading.sources.limits import MAX_CHARACTERS, MAX_FILE_BYTES

_EXTENSIONS = {
    "txt": "text", "text": "text", "md": "markdown", "markdown": "markdown", "htm": "html", "html": "html",
    "docx": "docx", "docm": "docx", "xlsx": "xlsx", "xlsm": "xlsx", "xls": "xls", "pdf": "pdf", "doc": "office",
    "wps": "office", "rtf": "office", "odt": "office",
    "png": "image", "jpg": "image", "jpeg": "image", "tif": "image", "tiff": "image", "bmp": "image", "webp": "image",
}  # fmt: skip
_MAGIC = (
    (b"%PDF-", "pdf"), (b"{\\rtf", "office"), (b"\x89PNG\r\n", "image"), (b"\xff\xd8\xff", "image"), (b"II*\0", "image"),
    (b"MM\0*", "image"), (b"BM", "bitmap"), (b"PK\x03\x04", "zip"), (b"PK\x05\x06", "zip"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
)  # fmt: skip
_HTML = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*(?:<!--.*?-->\s*|<\?xml[^>]*>\s*)*<(?:!doctype\s+html|html|head|body|article|div|p)\b",
    re.I | re.S,
)
_FILE_NAME = re.compile(r"[^\n\r]{1,4096}\.[A-Za-z0-9]{2,8}")

Loader = Callable[..., Document]


def load(source: str | os.PathLike[str] | bytes, *, name: str | None = None) -> Document:
    """Take the text out of a file.

    Args:
        source: a path, a file's bytes, or the text itself. A string is a path when a file of that name exists, or when
            it looks like a file's name (one line that ends in a known extension).
        name: what to call a source without a path.

    Raises:
        InputError: the file is missing, too large, damaged, encrypted, empty or of a kind that isn't read.
        PartMissing: LibreOffice or the ``ocr`` extra is needed.
    """
    try:
        if isinstance(source, bytes):
            return _from_bytes(source, name or "bytes")
        if isinstance(source, str) and not _is_path(source):
            return _from_text(source, name or "text")
        path = Path(source)
        return _from_bytes(_read_file(path), name or path.name)
    except InputError as error:
        if not error.place and not isinstance(source, bytes):
            error.place = str(source) if isinstance(source, os.PathLike) or _is_path(source) else ""
        raise


def _is_path(source: str) -> bool:
    if "\n" in source or len(source) > 4096 or "\0" in source:
        return False
    named = _FILE_NAME.fullmatch(source) is not None and source.rpartition(".")[2].lower() in _EXTENSIONS
    try:
        return named or Path(source).exists()
    except OSError:
        return named


def _read_file(path: Path) -> bytes:
    """The file's bytes; its size is looked at first, and a pipe is read no further than the limit."""
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise InputMissing(_("这是一个文件夹，请给出文件"))
        if status.st_size > MAX_FILE_BYTES:
            raise _too_large(status.st_size)
        with path.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except FileNotFoundError as error:
        raise InputMissing(_("没有这个文件，请检查路径")) from error
    except OSError as error:
        raise InputMissing(_("打不开这个文件：{why}").format(why=error.strerror or error)) from error
    return data


def _too_large(size: int) -> InputTooLarge:
    words = _("文件有 {size} MB，最多读 {limit} MB；请拆开或压缩图片后再试")
    return InputTooLarge(words.format(size=size // 1024 // 1024, limit=MAX_FILE_BYTES // 1024 // 1024))


def _from_text(text: str, name: str) -> Document:
    _check_text(text)
    return Document(text, name, "text/plain", hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest())


def _check_text(text: str) -> None:
    if not text.strip():
        raise InputEmpty(_("里面没有文字"))
    if len(text) > MAX_CHARACTERS:
        words = _("文字有 {count} 个，最多读 {limit} 个；请拆成几份")
        raise InputTooLarge(words.format(count=len(text), limit=MAX_CHARACTERS))


def _from_bytes(data: bytes, name: str) -> Document:
    if len(data) > MAX_FILE_BYTES:
        raise _too_large(len(data))
    if not data.strip(b" \t\r\n\0"):
        raise InputEmpty(_("这是一个空文件"))
    kind = _kind_of(data, name)
    document = _loader(kind)(data, name=name, sha256=hashlib.sha256(data).hexdigest())
    _check_text(document.text)
    expected = _EXTENSIONS.get(name.rpartition(".")[2].lower()) if "." in name else None
    if expected and expected != kind and {expected, kind} != {"text", "markdown"}:
        note = Note("wrong-extension", 0, 0, f"扩展名与内容不符：内容是 {_CALLED[kind]}，已按内容读取")
        document = replace(document, notes=(note, *document.notes))
    return document


_CALLED = {
    "text": "纯文本", "markdown": "Markdown", "html": "网页", "docx": "Word 文档（docx）", "xlsx": "Excel 表格（xlsx）",
    "xls": "Excel 表格（xls）", "pdf": "PDF", "office": "旧格式文档", "image": "图片",
}  # fmt: skip


def _kind_of(data: bytes, name: str) -> str:
    extension = _EXTENSIONS.get(name.rpartition(".")[2].lower(), "") if "." in name else ""
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            if kind == "zip":
                return _zip_kind(data)
            if kind == "ole":
                return "xls" if extension == "xls" else "office"
            if kind == "bitmap":
                if extension == "image" or data[6:10] == b"\0\0\0\0":
                    return "image"
                continue
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image"
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if _HTML.match(data[:4096]):
        return "html"
    return extension if extension in ("markdown", "html") else "text"


def _zip_kind(data: bytes) -> str:
    from bihuan.reading.sources.archive import open_archive

    names = open_archive(data).names
    if any(n.startswith("word/") for n in names):
        return "docx"
    if any(n.startswith("xl/") for n in names):
        return "xlsx"
    if "content.xml" in names:
        return "office"
    raise InputUnsupported(_("压缩包里不是 Word 或 Excel 文件；请解压后给出里面的报告"))


def _loader(kind: str) -> Loader:
    """The module for a kind; imported only now, as most readings need one of them."""
    if kind == "docx":
        from bihuan.reading.sources import docx as module
    elif kind in ("xlsx", "xls"):
        from bihuan.reading.sources import xlsx as module  # type: ignore[no-redef]
    elif kind == "office":
        from bihuan.reading.sources import office as module  # type: ignore[no-redef]
    elif kind == "pdf":
        from bihuan.reading.sources import pdf as module  # type: ignore[no-redef]
    elif kind == "image":
        from bihuan.reading.sources import image as module  # type: ignore[no-redef]
    elif kind == "html":
        from bihuan.reading.sources import html as module  # type: ignore[no-redef]
    elif kind == "markdown":
        from bihuan.reading.sources import markdown as module  # type: ignore[no-redef]
    else:
        from bihuan.reading.sources import plain as module  # type: ignore[no-redef]
    return module.load
