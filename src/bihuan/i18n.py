"""Words on the screen: simplified Chinese by default, English by gettext.

Message ids are the Chinese sentences themselves, so a missing translation still reads well. The language is
``BIHUAN_LANG`` when set, else English when the locale says English, else Chinese. A reading's own contents never
depend on it: the same input gives the same bytes everywhere.
"""

from __future__ import annotations

import os

TYPE_CHECKING = False  # what typing gives, without the time to import it
if TYPE_CHECKING:
    from gettext import NullTranslations

_LOCALE = os.path.join(os.path.dirname(__file__), "locale")  # noqa: PTH118, PTH120 - pathlib would slow `--help`
_catalogues: dict[str, NullTranslations] = {}


def language() -> str:
    """The screen's language: ``"zh"`` or ``"en"``."""
    for name in ("BIHUAN_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "").lower()
        if value:
            return "en" if value.startswith("en") else "zh"
    return "zh"


def _(message: str) -> str:
    """Translate a Chinese message to the screen's language."""
    lang = language()
    if lang == "zh":
        return message
    if lang not in _catalogues:
        import gettext

        _catalogues[lang] = gettext.translation("bihuan", _LOCALE, languages=[lang], fallback=True)
    return _catalogues[lang].gettext(message)
