"""Bihuan 闭环: a self-examination report becomes commitments that can be checked.

``bihuan.read(path_or_bytes_or_text, theme=None)`` gives a :class:`bihuan.reading.model.Reading`. Nothing here is
global or needs settings; a reading is immutable and may be shared between threads.
"""

from __future__ import annotations

TYPE_CHECKING = False  # what typing gives; importing it would cost `bihuan --help` a tenth of its time
if TYPE_CHECKING:
    from typing import Any

    from bihuan.reading.model import Reading
    from bihuan.reading.read import read

__version__ = "0.1.0"
__all__ = ["Reading", "__version__", "read"]


def __getattr__(name: str) -> Any:
    # Imported on first use, so that `bihuan --help` starts at once.
    if name == "read":
        from bihuan.reading.read import read

        return read
    if name == "Reading":
        from bihuan.reading.model import Reading

        return Reading
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
