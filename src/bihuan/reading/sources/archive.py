"""Zip archives (docx, xlsx, odt), OLE2 containers and the XML in them, opened without trusting any of them."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from bihuan.errors import InputDamaged, InputEncrypted, InputTooLarge
from bihuan.i18n import _

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_MEMBERS = 10_000  # the fullest docx known to us has some hundred
MAX_INFLATED = 200 * 1024 * 1024  # bytes, of all members read together
MAX_MEMBER = 100 * 1024 * 1024  # bytes of one member; a report of a million characters has 10 MB of XML
MAX_RATIO = 200  # inflated to packed; Word's most repetitive tables reach 60, deflate itself 1032
RATIO_FLOOR = 16 * 1024 * 1024  # bytes; below it a high ratio does no harm
_CHUNK = 1024 * 1024
_LOCAL_HEADER = 30  # bytes before the name in a member's local header
_STORED, _DEFLATED = 0, 8

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DIRECTORY_ENTRY = 128  # bytes of an OLE2 directory entry; names stand at its head, in UTF-16

#: "Strict" documents use other names for the same elements (ISO/IEC 29500-1 against 29500-4).
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)  # fmt: skip


class Archive:
    """An opened archive; nothing is inflated beyond the limits, whatever the headers claim."""

    def __init__(self, data: bytes) -> None:
        if data.startswith(OLE_MAGIC) and ole_entry(data, "EncryptedPackage") is not None:
            raise _encrypted()
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as opened:
                members = opened.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, RuntimeError, IndexError, struct.error) as error:
            raise _damaged() from error
        if len(members) > MAX_MEMBERS:
            raise InputTooLarge(_("压缩包里的文件太多，不像一份文档"))
        if sum(m.file_size for m in members) > 2 * MAX_INFLATED + sum(m.compress_size for m in members):
            # Honest headers of a bomb; pictures, which are never inflated, hardly count as they don't shrink.
            raise _too_large()
        if any(m.flag_bits & 1 for m in members):
            raise _encrypted()
        self._data = data
        self._members = {m.filename: m for m in members}
        self._all = members
        self._left = MAX_INFLATED
        self.names = frozenset(self._members)

    def read(self, name: str) -> bytes:
        """A member's bytes; empty when there is none of that name.

        Raises:
            InputTooLarge: it, or what was read so far, inflates beyond the limits.
            InputDamaged: the member is broken.
        """
        member = self._members.get(name)
        return b"" if member is None else b"".join(self._inflate(member))

    def check(self) -> None:
        """Inflate every member and keep nothing: for readers that would trust the headers.

        Raises:
            InputTooLarge: the archive inflates beyond the limits.
            InputDamaged: a member is broken.
        """
        for member in self._all:
            for _chunk in self._inflate(member):
                pass

    def _inflate(self, member: zipfile.ZipInfo) -> Iterator[bytes]:
        """A member's bytes in pieces; counted as they come, as its header may lie about its size."""
        packed = self._packed(member)
        limit = min(MAX_MEMBER, self._left, max(RATIO_FLOOR, MAX_RATIO * len(packed)))
        if member.file_size > limit:
            raise _too_large()
        size = check = 0
        for chunk in _pieces(packed, member.compress_type):
            size += len(chunk)
            self._left -= len(chunk)
            if size > limit:
                raise _too_large()
            check = zlib.crc32(chunk, check)
            yield chunk
        if check != member.CRC or size != member.file_size:
            raise _damaged()

    def _packed(self, member: zipfile.ZipInfo) -> memoryview:
        at = member.header_offset
        header = self._data[at : at + _LOCAL_HEADER]
        if len(header) < _LOCAL_HEADER or not header.startswith(b"PK\3\4"):
            raise _damaged()
        name, extra = struct.unpack("<HH", header[26:30])
        at += _LOCAL_HEADER + name + extra
        packed = memoryview(self._data)[at : at + member.compress_size]
        if len(packed) < member.compress_size:
            raise _damaged()
        return packed

    def xml(self, name: str) -> _Element | None:
        """A member's root element; None when there is none of that name.

        Entities are not resolved, nothing is fetched, and no depth beyond the parser's own limit is followed.

        Raises:
            InputDamaged: it is no well-formed XML, or declares a document type, which no office document does.
            InputTooLarge: see ``read``.
        """
        data = self.read(name)
        if not data:
            return None
        from lxml import etree

        for strict, usual in _STRICT:
            data = data.replace(strict, usual)
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            root: _Element = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise InputDamaged(_("文件内容已损坏（{name}）").format(name=name)) from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise InputDamaged(_("文件内容已损坏（{name}）").format(name=name))
        return root


def _pieces(packed: memoryview, method: int) -> Iterator[bytes]:
    """A member's bytes, inflated a chunk at a time."""
    if method not in (_STORED, _DEFLATED):
        raise _damaged()
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    for at in range(0, len(packed), _CHUNK):
        piece = bytes(packed[at : at + _CHUNK])
        if method == _STORED:
            yield piece
            continue
        try:
            while piece:
                yield unpacker.decompress(piece, _CHUNK)
                piece = unpacker.unconsumed_tail
        except zlib.error as error:
            raise _damaged() from error
    if method == _DEFLATED:
        yield unpacker.flush()


def open_archive(data: bytes) -> Archive:
    """Open an archive.

    Raises:
        InputDamaged: it is truncated or no archive.
        InputEncrypted: it, or a member, asks for a password.
        InputTooLarge: it has more members than any document, or says itself that it inflates beyond the limits.
    """
    return Archive(data)


def ole_entry(data: bytes, name: str) -> int | None:
    """Where a stream of an OLE2 container begins, as an offset into ``data``; None when there is no such stream.

    The directory is searched for, not followed, so that a damaged container still tells what it held. The offset holds
    for streams of 4096 bytes and more, as the main ones always are.
    """
    wanted = name.encode("utf-16-le") + b"\0\0"
    at = data.find(wanted)
    while at >= 0:
        entry = data[at : at + _DIRECTORY_ENTRY]
        if at % _DIRECTORY_ENTRY == 0 and len(entry) == _DIRECTORY_ENTRY:
            sector_size = 1 << min(data[30], 16)
            return int((int(struct.unpack("<I", entry[116:120])[0]) + 1) * sector_size)
        at = data.find(wanted, at + 1)
    return None


def is_encrypted_ole(data: bytes) -> bool:
    """Whether an OLE2 container asks for a password: an encrypted package, or a Word 97 file with its flag set.

    The flag is bit 8 of the word at offset 10 of the stream WordDocument ([MS-DOC] 2.5.2, fEncrypted).
    """
    if ole_entry(data, "EncryptedPackage") is not None:
        return True
    at = ole_entry(data, "WordDocument")
    return at is not None and data[at : at + 2] == b"\xec\xa5" and len(data) > at + 12 and bool(data[at + 11] & 1)


def _damaged() -> InputDamaged:
    return InputDamaged(_("文件已损坏或不完整，请重新取得"))


def _encrypted() -> InputEncrypted:
    return InputEncrypted(_("文件有密码，请去掉密码后再试"))


def _too_large() -> InputTooLarge:
    return InputTooLarge(_("文件解压后太大（超过 {limit} MB）").format(limit=MAX_INFLATED // 1024 // 1024))
