"""The samples are well-formed, and their gold can be found again in every rendering."""

from __future__ import annotations

import html
import importlib.util
import io
import re
import sys
from pathlib import Path

import pytest

_spec = importlib.util.spec_from_file_location("samples", Path(__file__).parents[1] / "tools" / "samples.py")
samples = importlib.util.module_from_spec(_spec)
sys.modules["samples"] = samples
_spec.loader.exec_module(samples)

PATHS = samples.paths("tuned") + samples.paths("untuned")
each = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
MARKERS = re.compile(r"[一二三四五六七八九十]是|[一二三四五六七八九十]要|[（(][一二三四五六七八九十0-9]+[）)]|[①-⑳]")
HEAD = (
    '+++\ntitle = "t"\ntheme = ""\ngenre = "plan"\nvariation = ""\nformats = ["txt"]\nanswered = []\ncaused = []\n+++\n'
)


def _visible(text: str) -> str:
    return re.sub(r"[\s│⏎↑]", "", text)


def _assert_same_places(sample, text):
    for here, there in zip(samples.gold(sample)["items"], samples.project(sample, text)["items"], strict=True):
        wanted = _visible(sample.text[here["start"] : here["end"]])
        found = _visible(text[there["start"] : there["end"]])
        # Page junk may stand inside, never at the ends.
        assert (found[0], found[-1]) == (wanted[0], wanted[-1]), here["id"]
        assert len(wanted) <= len(found) <= len(wanted) + 40 * (len(wanted) // 616 + 1), here["id"]


@each
def test_statements_are_apart_and_begin_and_end_on_ink(path):
    sample = samples.parse(path)
    assert sample.items
    assert list(sample.items) == sorted(sample.items, key=lambda item: item.start)
    for item, following in zip(sample.items, sample.items[1:], strict=False):
        assert item.end <= following.start
    for item in sample.items:
        own = sample.text[item.start : item.end]
        assert own == own.strip(), item.id
        # A marker just before the statement would belong to it.
        assert not MARKERS.search(sample.text[max(0, item.start - 2) : item.start]), item.id


@each
def test_ids_run_by_kind(path):
    sample = samples.parse(path)
    for letter, kind in samples.KINDS.items():
        ids = [item.id for item in sample.items if item.kind == kind]
        assert ids == [f"{letter}{n}" for n in range(1, len(ids) + 1)]


@each
def test_gold_lies_on_the_same_words_in_the_text_of_a_wrapped_printout(path):
    sample = samples.parse(path)
    printed = []
    for n, start in enumerate(range(0, len(sample.text), 616), 1):
        page = sample.text[start : start + 616]
        printed += [
            f"\n{sample.title[:12]}\n",
            *(page[i : i + 28] + "\n" for i in range(0, len(page), 28)),
            f"— {n} —\n",
        ]
    text = "".join(printed)
    _assert_same_places(sample, text)


def test_projection_finds_a_number_that_word_wrote_otherwise(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(
        HEAD + "标题\n⟦M1|1.每月核对一次账目，张榜公布。⟧\n⟦M2|2.每季回访一次服务对象。⟧\n", encoding="utf-8"
    )
    sample = samples.parse(path)
    text = "导航 首页\n标题\n1、每月核对一次账目，张榜公布。\n2、每季回访一次服务对象。\n页脚"
    items = samples.project(sample, text)["items"]
    assert [text[i["start"] : i["end"]] for i in items] == [
        "1、每月核对一次账目，张榜公布。",
        "2、每季回访一次服务对象。",
    ]


@each
def test_every_rendering_is_made_and_repeats(path):
    sample = samples.parse(path)
    assert sample.formats
    for kind in sample.formats:
        made = samples.render(sample, kind)
        assert made == samples.render(sample, kind)
        assert made.startswith({".docx": b"PK", ".xlsx": b"PK", ".pdf": b"%PDF"}.get(samples.suffix(kind), b""))


@each
def test_gold_is_found_in_the_text_of_documents_and_pages(path):
    docx, pdfium = pytest.importorskip("docx"), pytest.importorskip("pypdfium2")
    sample = samples.parse(path)
    texts = []
    if "docx" in sample.formats:
        document = docx.Document(io.BytesIO(samples.render(sample, "docx")))
        texts.append("\n".join(paragraph.text for paragraph in document.paragraphs))
    if "pdf" in sample.formats:
        pages = pdfium.PdfDocument(samples.render(sample, "pdf"))
        texts.append("\n".join(page.get_textpage().get_text_range() for page in pages))
    if "html" in sample.formats:
        texts.append(html.unescape(re.sub(r"<[^>]+>", "\n", samples.render(sample, "html").decode())))
    for text in texts:
        _assert_same_places(sample, text)


def test_word_numbers_replace_the_literal_ones(tmp_path):
    docx = pytest.importorskip("docx")
    path = tmp_path / "a.txt"
    path.write_text(
        HEAD + "标题\n一、措施\n⟦M1|1.甲。⟧\n⟦M2|2.乙。⟧\n二、其他\n⟦M3|1.丙。⟧\n⟦M4|7.丁。⟧\n", encoding="utf-8"
    )
    document = docx.Document(io.BytesIO(samples.render(samples.parse(path), "docx-auto")))
    assert [p.text for p in document.paragraphs] == ["标题", "措施", "甲。", "乙。", "其他", "丙。", "丁。"]
    numbers = [p._p.pPr.numPr.numId.val if p._p.pPr is not None else None for p in document.paragraphs]
    assert numbers[1:6] == [901] * 5
    assert numbers[6] == 902


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("⟦P1|甲", "never closed"),
        ("甲⟧", "closes nothing"),
        ("⟦P1|甲⟦P2|乙⟧⟧", "a mark inside P1"),
        ("⟦Q1|甲⟧", "unknown mark"),
        ("⟦P1|甲⟧⟦P1|乙⟧", "P1 twice"),
        ("⟦P1|⟧", "empty"),
    ],
)
def test_wrong_marks_are_refused_with_their_line(tmp_path, body, why):
    path = tmp_path / "a.txt"
    path.write_text(HEAD + "标题\n" + body + "\n", encoding="utf-8")
    with pytest.raises(samples.SampleError, match=why) as caught:
        samples.parse(path)
    assert ":11:" in str(caught.value) or body == "⟦P1|甲"


def test_a_link_must_name_known_statements_of_the_right_kind(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(HEAD.replace("answered = []", 'answered = [["P1", "M9"]]') + "⟦P1|甲⟧\n", encoding="utf-8")
    with pytest.raises(samples.SampleError, match=r"P1.*M9"):
        samples.parse(path)
