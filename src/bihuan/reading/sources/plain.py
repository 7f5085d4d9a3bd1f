"""Plain text in whatever encoding it came: the decoded file is the text, unchanged."""

from __future__ import annotations

import codecs
import re

from bihuan.errors import InputTooLarge, InputUnsupported
from bihuan.i18n import _
from bihuan.reading.document import Document
from bihuan.reading.model import Note
from bihuan.reading.sources.limits import MAX_CHARACTERS

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: The characters that Chinese prose uses most; a wrong encoding gives hardly any of them.
_COMMON = re.compile("[的是和在不有人了一为这中大上国个到说们以会党学习工作问题，。]")
_COMMON_TRADITIONAL = re.compile("[的是和在不有人了一為這中大上國個到說們以會黨學習工作問題，。]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_WIDEST = 4  # bytes of the widest character, in UTF-8, GB18030 and UTF-32 alike
_HEAD = 65_536  # bytes that show whether a file is text at all
_JUNK = 0.02  # share of undecodable characters in the head that no damaged text has; random bytes have a fifth
_DAMAGE_ALLOWED = 0.001  # share of characters that may be undecodable before the file counts as no text


def load(data: bytes, *, name: str, sha256: str) -> Document:
    """Decode a text file.

    Raises:
        InputUnsupported: the bytes are no text in UTF-8, UTF-16, UTF-32, GB18030 or Big5.
    """
    text, note = decode(data)
    return Document(text, name, "text/plain", sha256, notes=(note,) if note else ())


def decode(data: bytes) -> tuple[str, Note | None]:
    """The text of the bytes, and a note when some of it could not be decoded.

    Raises:
        InputUnsupported: the bytes are no text.
        InputTooLarge: more than ``MAX_CHARACTERS`` characters in any encoding.
    """
    if len(data) > _WIDEST * MAX_CHARACTERS:
        words = _("文字超过 {limit} 个，读不了；请拆成几份")
        raise InputTooLarge(words.format(limit=MAX_CHARACTERS))
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _lenient(data[len(bom) :], encoding)
    wide = _wide_encoding(data)
    if wide:
        return _lenient(data, wide)
    try:
        return _checked(data.decode("utf-8")), None
    except UnicodeDecodeError:
        pass
    head = data[:_HEAD]
    if min(_damage(head.decode(e, "replace")) for e in ("utf-8", "gb18030", "big5")) > _JUNK:
        raise _no_text()
    best = None
    for encoding, common in (("gb18030", _COMMON), ("big5", _COMMON_TRADITIONAL)):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        rank = len(common.findall(text)) / max(1, len(text))
        if best is None or rank > best[0] * 1.5:
            best = (rank, text)
    if best is not None:
        return _checked(best[1]), None
    return min((_lenient(data, e) for e in _candidates(data)), key=lambda found: found[0].count("\ufffd"))


def _candidates(data: bytes) -> list[str]:
    """Encodings in which hardly anything is undecodable."""
    fit = [e for e in ("utf-8", "gb18030") if _damage(data.decode(e, "replace")) <= _DAMAGE_ALLOWED]
    if not fit:
        raise _no_text()
    return fit


def _no_text() -> InputUnsupported:
    return InputUnsupported(_("这不是文字文件，或者编码无法识别；请另存为 UTF-8 或 docx 后再试"))


def _damage(text: str) -> float:
    return text.count("\ufffd") / max(1, len(text))


def _lenient(data: bytes, encoding: str) -> tuple[str, Note | None]:
    text = data.decode(encoding, "replace")
    if _damage(text) > _DAMAGE_ALLOWED:
        raise InputUnsupported(_("文字编码已损坏；请重新取得原文件"))
    _checked(text)
    at = text.find("\ufffd")
    return text, Note("encoding", at, at + 1, "有个别字符无法解码，已用 � 代替") if at >= 0 else None


def _checked(text: str) -> str:
    if len(_CONTROL.findall(text)) * 100 > len(text):
        raise InputUnsupported(_("这不是文字文件；能读 docx、pdf、txt、md、html、xlsx、doc、wps 和图片"))
    return text


def _wide_encoding(data: bytes) -> str | None:
    """UTF-16 without a byte order mark: zero bytes where text in other encodings has none, and common characters."""
    head = data[:4000]
    if len(head) < 4 or len(data) % 2 or b"\0" not in head:
        return None
    ranks = {}
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        ranks[encoding] = len(_COMMON.findall(text)) + sum(map(str.isascii, text))
    best = max(ranks, key=lambda e: ranks[e], default=None)
    return best if best and ranks[best] * 20 >= len(data) // 2 else None
