"""Zip archives (docx, xlsx) and the XML in them, opened without trusting either."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

from bihuan.errors import InputDamaged, InputEncrypted, InputTooLarge
from bihuan.i18n import _

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_MEMBERS = 10_000  # the fullest docx known to us has some hundred
MAX_INFLATED = 200 * 1024 * 1024  # bytes, of all members read together
_CHUNK = 1024 * 1024


class Archive:
    """An opened archive; ``read`` inflates no more than the limit, whatever the headers claim."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, struct.error, ValueError, OSError, RuntimeError, IndexError) as error:
            raise InputDamaged(_("文件已损坏或不完整，请重新取得")) from error
        self.names = frozenset(info.filename for info in self._zip.infolist())
        if len(self._zip.infolist()) > MAX_MEMBERS:
            raise InputTooLarge(_("压缩包里的文件太多，不像一份文档"))
        self._left = MAX_INFLATED

    def read(self, name: str) -> bytes:
        """A member's bytes; empty when there is none of that name.

        Raises:
            InputTooLarge: the members read so far inflate beyond the limit.
            InputEncrypted: the member asks for a password.
            InputDamaged: the member is broken.
        """
        if name not in self.names:
            return b""
        member_info = self._zip.getinfo(name)
        if member_info.flag_bits & 1:
            raise InputEncrypted(_("文件有密码，请去掉密码后再试"))
        # Office files use no other compression, and the others inflate a whole chunk before it can be counted.
        if member_info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise InputDamaged(_("文件已损坏或不完整，请重新取得"))
        parts = []
        try:
            with self._zip.open(name) as member:
                while chunk := member.read(_CHUNK):
                    self._left -= len(chunk)
                    if self._left < 0:
                        raise InputTooLarge(
                            _("文件解压后太大（超过 {limit} MB）").format(limit=MAX_INFLATED // 1024 // 1024)
                        )
                    parts.append(chunk)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            ValueError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            raise InputDamaged(_("文件已损坏或不完整，请重新取得")) from error
        return b"".join(parts)

    def xml(self, name: str) -> _Element | None:
        """A member's root element; None when there is none of that name.

        Entities are not resolved, nothing is fetched, and no depth beyond the parser's own limit is followed.
        """
        data = self.read(name)
        if not data:
            return None
        from lxml import etree

        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
        )
        try:
            root: _Element | None = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise InputDamaged(_("文件内容已损坏（{name}）").format(name=name)) from error
        return root


def open_archive(data: bytes) -> Archive:
    """Open an archive.

    Raises:
        InputDamaged: it is truncated or no archive.
        InputTooLarge: it has more members than any document.
    """
    return Archive(data)
