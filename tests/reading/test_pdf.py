"""PDF pages become paragraphs."""

import hashlib
import io
import re
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from reportlab.lib import pdfencrypt
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfgen.canvas import Canvas

from bihuan.errors import InputDamaged, InputEmpty, InputEncrypted, InputTooLarge, PartMissing
from bihuan.reading.sources import image, load, pdf

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))
import samples

SAMPLES = [path for path in samples.paths() if "pdf" in samples.parse(path).formats]
PROSE = "党委对理论学习抓得不紧，中心组学习多以领学为主，研讨发言少，联系实际不够，学用结合不紧密，有的班子成员调研走马观花。"


def _canvas(**options):
    registerFont(UnicodeCIDFont("STSong-Light"))
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=A4, invariant=1, **options)
    canvas.setFont("STSong-Light", 12)
    return target, canvas


def _drawn(*lines, pages=1, **options):
    target, canvas = _canvas(**options)
    for _ in range(pages):
        canvas.setFont("STSong-Light", 12)
        for x, y, text in lines:
            canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def _wrap(text, width):
    return [text[i : i + width] for i in range(0, len(text), width)]


def _text(data):
    return load(data, name="a.pdf").text


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_printed_sample_gives_its_lines_again(path):
    sample = samples.parse(path)
    document = load(samples.render(sample, "pdf"), name="a.pdf")
    expected = [_tight(line) for line in sample.text.split("\n") if line.strip()]
    assert [_tight(line) for line in document.text.split("\n")] == expected
    assert document.media_type == "application/pdf"
    assert [document.text[b.start : b.end] for b in document.blocks] == document.text.split("\n")
    assert {block.kind for block in document.blocks} == {"paragraph"}


def _tight(line):
    """Without the blanks beside Chinese characters, which are lost where a line of print ends at one; others are one."""
    return re.sub(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])", "", re.sub(r"\s+", " ", line.strip()))


def test_columns_are_read_one_after_the_other():
    left, right = _wrap("　　" + PROSE * 3, 18), _wrap("　　" + PROSE[::-1].lstrip("。") * 3, 18)
    drawn = [(150, 780, "对照检查材料")]
    drawn += [(60, 740 - 18 * i, row) for i, row in enumerate(left)]
    drawn += [(310, 740 - 18 * i, row) for i, row in enumerate(right)]
    assert _text(_drawn(*drawn)).split("\n") == ["对照检查材料", PROSE * 3, PROSE[::-1].lstrip("。") * 3]


@pytest.mark.parametrize("number", ["— {} —", "第{}页 共3页", "{}", "- {} -", "{} / 3", "Page {} of 3"])
def test_page_numbers_and_running_heads_are_dropped(number):
    target, canvas = _canvas()
    rows = _wrap("　　" + PROSE * 6, 30)
    for page in range(3):
        canvas.setFont("STSong-Light", 12)
        canvas.drawString(80, 810, "云麓县水务局文件")
        canvas.drawString(280, 30, number.format(page + 1))
        for i, row in enumerate(rows[page * 4 : page * 4 + 4]):
            canvas.drawString(80, 740 - 20 * i, row)
        canvas.showPage()
    canvas.save()
    assert _text(target.getvalue()) == (PROSE * 6)[: 12 * 30 - 2]


def test_paragraphs_end_at_short_lines_where_nothing_is_indented():
    rows = [*_wrap(PROSE, 25), *_wrap("二是" + PROSE, 25)]
    assert _text(_drawn(*((80, 740 - 20 * i, row) for i, row in enumerate(rows)))).split("\n") == [
        PROSE,
        "二是" + PROSE,
    ]


def test_latin_words_are_parted_and_wrapped_numbers_are_not():
    rows = ["We follow the quality manual of", "the group and its procedures."]
    assert _text(_drawn(*((80, 740 - 20 * i, row) for i, row in enumerate(rows)))) == " ".join(rows)
    rows = ["　　全年共整改各类问题一百余项，涉及资金12", "34万元，其余问题正在整改之中，年底前全部完成。"]
    assert "资金1234万元" in _text(_drawn(*((80, 740 - 20 * i, row) for i, row in enumerate(rows))))


def test_a_hanging_indent_goes_on():
    rows = _wrap("1." + PROSE * 2, 28)
    drawn = [(80, 740, rows[0]), *((110, 740 - 20 * i, row[:26]) for i, row in enumerate(rows[1:], 1))]
    text = _text(_drawn(*drawn))
    assert text.count("\n") == 0


def test_a_turned_page_reads_as_it_is_shown():
    target, canvas = _canvas()
    canvas.setPageRotation(90)
    canvas.rotate(90)
    for i, row in enumerate(_wrap("　　" + PROSE, 28)):
        canvas.drawString(80, -100 - 20 * i, row)
    canvas.save()
    assert _text(target.getvalue()) == PROSE


def test_a_watermark_is_left_out():
    target, canvas = _canvas()
    canvas.drawString(80, 740, PROSE[:30])
    canvas.rotate(45)
    canvas.drawString(500, 100, "内部资料")
    canvas.save()
    assert _text(target.getvalue()) == PROSE[:30]


def test_a_password_is_asked_for():
    with pytest.raises(InputEncrypted):
        load(_drawn((80, 740, PROSE), encrypt=pdfencrypt.StandardEncryption("secret", "owner")), name="a.pdf")


def test_restrictions_without_a_password_hinder_nobody():
    encrypted = _drawn((80, 740, PROSE[:20]), encrypt=pdfencrypt.StandardEncryption("", "owner", canPrint=0))
    assert _text(encrypted) == PROSE[:20]


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_truncated_file_is_damaged(share):
    whole = _drawn((80, 740, PROSE), pages=5)
    with pytest.raises(InputDamaged):
        load(whole[: int(len(whole) * share)], name="a.pdf")


def test_junk_with_a_pdf_head_is_damaged():
    with pytest.raises(InputDamaged):
        load(b"%PDF-1.7\n" + hashlib.sha256(b"x").digest() * 40 + b"\nstartxref\n9\n%%EOF", name="a.pdf")


def test_blank_pages_hold_no_text():
    with pytest.raises(InputEmpty):
        load(_drawn(pages=2), name="a.pdf")


def test_limits(monkeypatch):
    monkeypatch.setattr(pdf, "MAX_PAGES", 2)
    with pytest.raises(InputTooLarge):
        load(_drawn((80, 740, PROSE), pages=3), name="a.pdf")
    monkeypatch.setattr(pdf, "MAX_PAGES", 9)
    monkeypatch.setattr(pdf, "MAX_CHARACTERS", 100)
    with pytest.raises(InputTooLarge):
        load(_drawn((80, 740, PROSE), pages=3), name="a.pdf")


def test_scans_need_the_extra(monkeypatch):
    monkeypatch.setattr(image, "installed", lambda: False)
    target, canvas = _canvas()
    canvas.rect(100, 100, 200, 200, fill=1)
    canvas.showPage()
    canvas.save()
    with pytest.raises(PartMissing) as caught:
        load(target.getvalue(), name="a.pdf")
    assert "bihuan[ocr]" in str(caught.value)


def test_one_scanned_page_without_the_extra_is_noted(monkeypatch):
    monkeypatch.setattr(image, "installed", lambda: False)
    target, canvas = _canvas()
    canvas.drawString(80, 740, PROSE[:20])
    canvas.showPage()
    canvas.rect(100, 100, 200, 200, fill=1)
    canvas.showPage()
    canvas.save()
    document = load(target.getvalue(), name="a.pdf")
    assert document.text == PROSE[:20]
    assert [note.code for note in document.notes] == ["scanned-page"]
    assert "第 2 页" in document.notes[0].message


def test_threads_read_at_once():
    data = samples.render(samples.parse(SAMPLES[0]), "pdf")
    with ThreadPoolExecutor(4) as pool:
        texts = list(pool.map(_text, [data] * 8))
    assert len(set(texts)) == 1
