"""Words on the screen: simplified Chinese by default, English by gettext.

Message ids are the Chinese sentences themselves, so a missing translation still reads well. The language is
``BIHUAN_LANG`` when set, else English when the locale says English, else Chinese. A reading's own contents never
depend on it: the same input gives the same bytes everywhere.
"""

from __future__ import annotations

import gettext
import os
from functools import lru_cache

_LOCALE = os.path.join(os.path.dirname(__file__), "locale")  # noqa: PTH118, PTH120 - pathlib would slow `--help`


def language() -> str:
    """The screen's language: ``"zh"`` or ``"en"``."""
    for name in ("BIHUAN_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "").lower()
        if value:
            return "en" if value.startswith("en") else "zh"
    return "zh"


@lru_cache(maxsize=2)
def _catalogue(lang: str) -> gettext.NullTranslations:
    if lang == "zh":
        return gettext.NullTranslations()
    return gettext.translation("bihuan", _LOCALE, languages=[lang], fallback=True)


def _(message: str) -> str:
    """Translate a Chinese message to the screen's language."""
    return _catalogue(language()).gettext(message)
