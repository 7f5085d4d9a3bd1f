"""Pictures of pages: their lines are recognised by rapidocr, whose models come in its wheel; nothing is fetched."""

from __future__ import annotations

import importlib.util
import io
import logging
import math
import threading
import warnings
from functools import lru_cache
from statistics import median
from typing import Any

from bihuan.errors import InputDamaged, InputTooLarge, PartMissing
from bihuan.i18n import _
from bihuan.reading.document import Document
from bihuan.reading.model import Note
from bihuan.reading.sources.limits import MAX_PAGES, MAX_PIXELS
from bihuan.reading.sources.lines import Line, Page, to_text

NOTE = Note("ocr", 0, 0, "本文由图像识别得到，请核对")
_ENOUGH_PIXELS = 10_000_000  # A4 at 300 dots an inch has 8.7 million
_SURE = 0.5  # rapidocr's own bound: below it a line is more often dirt than text
_LOCK = threading.Lock()  # one recogniser serves all, and it keeps state between its steps


def installed() -> bool:
    """Whether the ``ocr`` extra is there."""
    return importlib.util.find_spec("rapidocr") is not None and importlib.util.find_spec("onnxruntime") is not None


def load(data: bytes, *, name: str, sha256: str) -> Document:
    """Recognise the paragraphs of a picture; a TIFF may have several pages.

    Raises:
        InputTooLarge: a page has more than ``MAX_PIXELS`` pixels, or there are more than ``MAX_PAGES`` pages.
        InputDamaged: it is truncated or broken.
        PartMissing: the ``ocr`` extra is not installed.
    """
    need()
    pages, kind = _pages(data)
    text, blocks = to_text(pages)
    return Document(text, name, kind, sha256, blocks, notes=(NOTE,))


def need() -> None:
    """Raise ``PartMissing`` where the ``ocr`` extra is not installed."""
    if not installed():
        raise PartMissing(_('扫描件要用 OCR：pip install "bihuan[ocr]"'))


def _pages(data: bytes) -> tuple[list[Page], str]:
    from PIL import Image, UnidentifiedImageError

    pages = []
    try:
        with warnings.catch_warnings():
            # Our own bound is looked at below, before any pixel is decoded.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data)) as picture:
                kind = Image.MIME.get(picture.format or "", "image/unknown")
                count = getattr(picture, "n_frames", 1)
            if count > MAX_PAGES:
                words = _("图片有 {count} 页，最多读 {limit} 页；请拆成几份")
                raise InputTooLarge(words.format(count=count, limit=MAX_PAGES))
            for number in range(count):
                pixels = _pixels(data, number)
                pages.append(Page(recognise(pixels), pixels.shape[1], pixels.shape[0]))
    except Image.DecompressionBombError as error:
        raise InputTooLarge(_("图片像素过多；请缩小后再试")) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise InputDamaged(_("图片已损坏，打不开；请重新取得原文件")) from error
    return pages, kind


def _pixels(data: bytes, number: int) -> Any:
    """One page upright on white paper, blue first as OpenCV gives pixels; the decoded file is let go before it is used."""
    import numpy
    from PIL import Image, ImageOps

    with Image.open(io.BytesIO(data)) as picture:
        picture.seek(number)
        if picture.width * picture.height > MAX_PIXELS:
            raise _too_many(picture.width, picture.height)
        ImageOps.exif_transpose(picture, in_place=True)
        # Beyond 300 dots an inch nothing more is recognised, only memory is used.
        factor = math.ceil(math.sqrt(picture.width * picture.height / _ENOUGH_PIXELS))
        plain = picture.convert("L") if picture.mode == "1" else picture
        small = plain.reduce(factor) if factor > 1 and plain.mode not in ("P", "PA") else plain
        upright = small.convert("RGBA")
    shown = Image.alpha_composite(Image.new("RGBA", upright.size, "white"), upright).convert("RGB")
    return numpy.ascontiguousarray(numpy.asarray(shown)[:, :, ::-1])


def _too_many(width: int, height: int) -> InputTooLarge:
    words = _("图片有 {width}×{height} 像素，最多读 {limit} 万像素；请缩小后再试")
    return InputTooLarge(words.format(width=width, height=height, limit=MAX_PIXELS // 10_000))


def recognise(pixels: Any) -> list[Line]:
    """The lines of a picture: an array of height × width × 3, blue first; places are in pixels.

    Raises:
        PartMissing: the ``ocr`` extra is not installed.
    """
    need()
    with _LOCK:
        result = _engine()(pixels)
    if result.boxes is None or result.txts is None:
        return []
    lines = []
    for box, text, score in zip(result.boxes, result.txts, result.scores, strict=True):
        if score < _SURE or not text.strip():
            continue
        xs, ys = [float(x) for x, _y in box], [float(y) for _x, y in box]
        lines.append(Line(text.strip(), min(xs), min(ys), max(xs), max(ys), max(ys) - min(ys)))
    # A box is higher or lower as its characters happen to be: lines nearly alike are of one size.
    usual = median(line.size for line in lines) if lines else 0.0
    return [line._replace(size=usual) if 0.7 * usual < line.size < 1.4 * usual else line for line in lines]


@lru_cache(maxsize=1)
def _engine() -> Any:
    from rapidocr import RapidOCR

    engine = RapidOCR(params={"Global.log_level": "critical"})
    logging.getLogger("RapidOCR").setLevel(logging.CRITICAL)
    return engine
