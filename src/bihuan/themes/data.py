"""Reading the TOML files of themes and lexicons, with errors that name the file and the key."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from bihuan.errors import DataError
from bihuan.i18n import _

LEXICONS = Path(__file__).parent / "lexicons"
PACKS = Path(__file__).parent / "packs"

Weighted = tuple[tuple[str, float], ...]


class Table:
    """A TOML table that knows its file and key; each getter checks the type of what it gives."""

    def __init__(self, values: dict[str, Any], file: str, key: str = "") -> None:
        self.values = values
        self.file = file
        self.key = key

    def wrong(self, key: str, message: str) -> DataError:
        """The error to raise about one of the table's keys."""
        return DataError(message, place=f"{self.file}: {self._path(key)}")

    def text(self, key: str, *, default: str | None = None) -> str:
        """A string that isn't blank; ``default`` where the key is absent."""
        value = self.values.get(key, default)
        if default is not None and value == default:
            return default
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(key, _("应当是不为空的文字"))
        return value.strip()

    def integer(self, key: str) -> int | None:
        """A whole number; None where the key is absent."""
        value = self.values.get(key)
        if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
            raise self.wrong(key, _("应当是整数"))
        return value

    def number(self, key: str, *, default: float) -> float:
        """A number above 0."""
        value = self.values.get(key, default)
        if not isinstance(value, int | float) or isinstance(value, bool) or value <= 0:
            raise self.wrong(key, _("应当是大于 0 的数"))
        return float(value)

    def words(self, key: str, *, optional: bool = False) -> tuple[str, ...]:
        """A list of words: no blank one, none twice."""
        value = self.values.get(key, [] if optional else None)
        if not isinstance(value, list) or not (value or optional):
            raise self.wrong(key, _("应当是词语的列表"))
        for word in value:
            if not isinstance(word, str) or not word.strip():
                raise self.wrong(key, _("列表里有空词或者不是文字的内容"))
            if value.count(word) > 1:
                raise self.wrong(key, _("“{word}”重复了").format(word=word))
        return tuple(value)

    def weighted(self, *besides: str) -> Weighted:
        """The table's lists under numbers: ``3 = ["理论学习"]`` gives the word the weight 3.

        Args:
            besides: keys of the table that are no weights.

        Raises:
            DataError: a key is no whole number from 1; a word has two weights.
        """
        weights: dict[str, float] = {}
        for key in self.values:
            if key in besides:
                continue
            if not (key.isascii() and key.isdigit()) or not int(key):
                raise self.wrong(key, _("权重应当是大于 0 的整数"))
            weight = float(key)
            for word in self.words(key):
                if word in weights:
                    raise self.wrong(key, _("“{word}”重复了").format(word=word))
                weights[word] = weight
        return tuple(weights.items())

    def table(self, key: str) -> Table:
        """A table inside this one."""
        value = self.values.get(key)
        if not isinstance(value, dict):
            raise self.wrong(key, _("应当是一个表 [{key}]").format(key=key))
        return Table(value, self.file, self._path(key))

    def tables(self, key: str) -> tuple[Table, ...]:
        """A list of tables, at least one."""
        value = self.values.get(key)
        if not isinstance(value, list) or not value or not all(isinstance(v, dict) for v in value):
            raise self.wrong(key, _("应当有至少一个 [[{key}]]").format(key=key))
        return tuple(Table(v, self.file, self._path(f"{key}[{n}]")) for n, v in enumerate(value, 1))

    def only(self, *known: str) -> None:
        """Refuse keys that nobody reads: they are slips of the pen."""
        for key in self.values:
            if key not in known:
                raise self.wrong(key, _("不认识的键；这里可以有：{keys}").format(keys="、".join(known)))

    def _path(self, key: str) -> str:
        return f"{self.key}.{key}" if self.key else key


def read(path: Path) -> Table:
    """The file's top table.

    Raises:
        DataError: the file cannot be read or is no TOML.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise DataError(_("打不开文件：{error}").format(error=error.strerror or error), place=str(path)) from error
    except UnicodeDecodeError as error:
        raise DataError(_("文件不是 UTF-8 编码"), place=str(path)) from error
    try:
        return Table(tomllib.loads(text.replace("\r\n", "\n")), str(path))
    except tomllib.TOMLDecodeError as error:
        raise DataError(_("不是正确的 TOML：{error}").format(error=error), place=str(path)) from error
