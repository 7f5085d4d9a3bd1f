"""Writing an output so that it's there whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import uuid
from pathlib import Path

from bihuan.errors import OutputError
from bihuan.i18n import _


def write_whole(path: str | os.PathLike[str], data: bytes) -> None:
    """Write ``data`` to ``path``, replacing what was there; an interruption leaves the old file as it was.

    The bytes go to a new file in the same folder, reach the disk, and only then take the name. A device or a pipe
    (``/dev/stdout``) is written to directly, since taking its name would destroy it; a symbolic link stays one.

    Raises:
        OutputError: the file cannot be written (full disk, no permission, no such folder, the path is a folder).
    """
    try:
        target = Path(path)
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if target.exists() and not target.is_file():
            target.write_bytes(data)  # by the name as given: where /dev/stdout leads when it is a pipe has no name
        else:
            _replace(target.resolve(), data)
    except (OSError, ValueError, RuntimeError) as error:  # ValueError: a NUL in the name; RuntimeError: a loop of links
        raise OutputError(_advice(error), place=os.fspath(path)) from error


def _replace(target: Path, data: bytes) -> None:
    # The name doesn't grow out of the target's, which may already be as long as the file system allows.
    beside = target.parent / f".bihuan-{uuid.uuid4().hex}.tmp"
    try:
        with beside.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            shutil.copymode(target, beside)
        beside.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise


def _advice(error: Exception) -> str:
    number = error.errno if isinstance(error, OSError) else None
    if number in (errno.ENOSPC, errno.EDQUOT):
        return _("磁盘已满，文件没有写入。请腾出空间后再试，或换一个位置保存。")
    if number in (errno.EACCES, errno.EPERM, errno.EROFS):
        return _("没有写入权限，文件没有写入。如果它正被 Excel 或 WPS 打开，请先关闭；否则请换一个位置保存。")
    if number in (errno.ENOENT, errno.ENOTDIR):
        return _("要保存到的文件夹不存在，文件没有写入。请先建好文件夹，或换一个位置保存。")
    if number == errno.EISDIR:
        return _("这是一个文件夹，不能写成文件。请在后面加上文件名。")
    if number == errno.ENAMETOOLONG:
        return _("文件名太长，文件没有写入。请换一个短一些的文件名。")
    reason = (isinstance(error, OSError) and error.strerror) or str(error)
    return _("文件没有写入：{reason}。请换一个位置或文件名再试。").format(reason=reason)
