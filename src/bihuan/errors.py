"""What can go wrong, as types: each error says what, where, and what to do, and carries the exit status.

Exit statuses (documented in ``docs/cli.md``): 0 done, 2 wrong usage, 3 an input cannot be read, 4 an optional part
is not installed, 5 an output cannot be written, 6 a theme or lexicon file is wrong, 70 a fault of ours, 130 stopped by
the user. ``bihuan check`` has its own: 0 nothing found, 1 something found, 2 could not check.
"""

from __future__ import annotations


class BihuanError(Exception):
    """Base of every error that Bihuan raises on purpose.

    ``code`` is stable and in English, for programs; the message is for people, in the language of the screen;
    ``place`` says where (a file, a file and line, a member of an archive) and may be empty.
    """

    code = "error"
    exit_status = 70

    def __init__(self, message: str, *, place: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.place = place

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" if self.place else self.message


class UsageWrong(BihuanError):
    """The command was called in a way that it doesn't know."""

    code = "usage"
    exit_status = 2


class InputError(BihuanError):
    """An input cannot be read."""

    code = "input"
    exit_status = 3


class InputMissing(InputError):
    """There is no such file, or it may not be opened."""

    code = "input-missing"


class InputEmpty(InputError):
    """The file holds no text at all."""

    code = "input-empty"


class InputDamaged(InputError):
    """The file is truncated or broken, or is not what its name says."""

    code = "input-damaged"


class InputEncrypted(InputError):
    """The file asks for a password."""

    code = "input-encrypted"


class InputTooLarge(InputError):
    """The file, or what it unpacks to, is beyond the limits (``bihuan.reading.sources.limits``)."""

    code = "input-too-large"


class InputUnsupported(InputError):
    """The kind of file is not one that Bihuan reads."""

    code = "input-unsupported"


class PartMissing(BihuanError):
    """An optional part (LibreOffice, the ``ocr`` extra) is needed and not installed."""

    code = "part-missing"
    exit_status = 4


class OutputError(BihuanError):
    """An output cannot be written; nothing was written by halves."""

    code = "output"
    exit_status = 5


class DataError(BihuanError):
    """A theme or lexicon file is wrong; ``place`` names the file and the key."""

    code = "data"
    exit_status = 6
