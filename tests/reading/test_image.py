"""Pictures of pages are recognised; everything else about pictures is refused clearly."""

import io
import logging
import re
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from bihuan.errors import InputDamaged, InputTooLarge, PartMissing
from bihuan.reading.sources import image, load

FONTS = [
    Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"),
    Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc"),
    Path("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc"),
]
FONT = next((path for path in FONTS if path.exists()), None)
ROWS = [
    "　　一、存在的主要问题",
    "　　一是理论学习不够深入，中心组学习多以领学为主，研",
    "讨发言较少，联系实际不够紧密。",
    "　　二是调查研究不够扎实，有的班子成员到基层走马观花",
    "，形成的调研报告没有转化为政策。",
]
needs_ocr = [
    pytest.mark.ocr,
    pytest.mark.skipif(not image.installed(), reason="the ocr extra is not installed"),
    pytest.mark.skipif(FONT is None, reason="no font with Chinese characters is installed"),
]


def _picture(kind="PNG", rows=ROWS, size=(1100, 600), **options):
    picture = Image.new("RGB", size, "white")
    if rows:
        font = ImageFont.truetype(str(FONT), 36)
        for i, row in enumerate(rows):
            ImageDraw.Draw(picture).text((60, 60 + 70 * i), row, "black", font)
    target = io.BytesIO()
    picture.save(target, kind, **options)
    return target.getvalue()


def _plain(text):
    return re.sub(r"[^\w\n]", "", text)


class TestRecognised:
    pytestmark = needs_ocr

    @pytest.mark.parametrize("kind", ["PNG", "JPEG"])
    def test_a_picture_gives_paragraphs(self, kind, caplog, capfd):
        with caplog.at_level(logging.DEBUG):
            document = load(_picture(kind), name=f"a.{kind.lower()}")
        assert _plain(document.text) == _plain(
            "\n".join([ROWS[0], ROWS[1] + ROWS[2], ROWS[3] + ROWS[4]]).replace("　", "")
        )
        assert [(note.code, note.message) for note in document.notes] == [("ocr", "本文由图像识别得到，请核对")]
        assert document.media_type == f"image/{kind.lower()}"
        assert capfd.readouterr() == ("", "")

    def test_nothing_is_fetched(self, monkeypatch):
        monkeypatch.setattr("socket.socket.connect", lambda *_: pytest.fail("the network was asked"))
        image._engine.cache_clear()
        assert load(_picture(), name="a.png").text

    def test_a_scanned_pdf_is_recognised(self):
        scan = _picture("PDF", resolution=150)
        document = load(scan, name="a.pdf")
        assert _plain(ROWS[1] + ROWS[2]) in _plain(document.text)
        assert [note.code for note in document.notes] == ["ocr"]


def test_too_many_pixels(monkeypatch):
    monkeypatch.setattr(image, "installed", lambda: True)
    monkeypatch.setattr(image, "MAX_PIXELS", 1000)
    with pytest.raises(InputTooLarge):
        load(_picture(rows=()), name="a.png")


@pytest.mark.parametrize("share", [0.02, 0.5])
def test_a_truncated_picture_is_damaged(monkeypatch, share):
    monkeypatch.setattr(image, "installed", lambda: True)
    data = _picture(rows=())
    with pytest.raises(InputDamaged):
        load(data[: int(len(data) * share)], name="a.png")


def test_without_the_extra(monkeypatch):
    monkeypatch.setattr(image, "installed", lambda: False)
    with pytest.raises(PartMissing) as caught:
        load(_picture(rows=()), name="a.png")
    assert "bihuan[ocr]" in str(caught.value)
