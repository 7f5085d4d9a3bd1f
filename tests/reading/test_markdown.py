"""Markdown loses its marks and keeps its headings, numbers and tables."""

import sys
from pathlib import Path

import pytest

from bihuan.errors import InputEmpty
from bihuan.reading.sources import load

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))
import samples

SAMPLES = [path for path in samples.paths() if "md" in samples.parse(path).formats]


def _read(source):
    return load(source.encode(), name="a.md")


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_gives_its_lines_again(path):
    sample = samples.parse(path)
    document = load(samples.render(sample, "md"), name="a.md")
    assert document.text.split("\n") == [line.strip() for line in sample.text.split("\n") if line.strip()]
    assert [document.text[b.start : b.end] for b in document.blocks] == document.text.split("\n")
    assert document.blocks[0].kind == "title"
    assert document.media_type == "text/markdown"
    assert document.notes == ()


def test_headings_of_both_kinds():
    document = _read("# 报告\n## 一、问题 ##\n###（一）学习\n整改\n---\n措施\n===\n#1 不是标题\n")
    found = [(document.text[b.start : b.end], b.kind, b.level) for b in document.blocks]
    assert found == [
        ("报告", "title", 0), ("一、问题", "heading", 2), ("（一）学习", "heading", 3), ("整改", "heading", 2),
        ("措施", "heading", 1), ("#1 不是标题", "paragraph", 0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("**一是**学习*不够*，***很*** __不深__ ~~不实~~", "一是学习不够，很 不深 不实"),
        ("见[通知](http://a.b/c_(d))和![图](x.png)、[文件][1]\n\n[1]: http://a.b", "见通知和图、文件"),
        ("- 一是学习\n* 二是调研\n+ 三是作风\n- [x] 四是纪律", "一是学习\n二是调研\n三是作风\n四是纪律"),
        ("1. 学习\n2. 调研\n10) 作风", "1. 学习\n2. 调研\n10) 作风"),
        ("> 引文\n> > 又引", "引文\n又引"),
        ("`代码`与``两`重``", "代码与两`重"),
        (r"\*不是\*标记，3 * 4 * 5，a_b_c", "*不是*标记，3 * 4 * 5，a_b_c"),
        ("整改<br>到位<b>了</b><!-- 注\n释 -->", "整改到位了"),
        ("甲\n***\n乙\n- - -\n丙", "甲\n乙\n丙"),
        ("---\ntitle: 一是\n---\n正文", "正文"),
        ("甲\n```python\n一是 = 2\n~~~\n```\n乙\n~~~\n二是\n~~~~\n丙", "甲\n乙\n丙"),
        ("　　一是学习\r\n　　二是调研\r\n", "一是学习\n二是调研"),
    ],
)
def test_marks(source, text):
    assert _read(source).text == text


def test_pipe_tables():
    document = _read(
        "前\n\n| 序号 | 问题 |\n|:--|---|\n| 1 | **学习**<br>不够 |\n| 2 | a\\|b | 多余 |\n|  | |\n\n后 | 不是表\n"
    )
    grid = [[cell and document.text[cell.start : cell.end] for cell in row] for row in document.tables[0].rows]
    assert grid == [["序号", "问题"], ["1", "学习\n不够"], ["2", "a|b"], [None, None]]
    assert len(document.tables) == 1
    assert document.text.endswith("后 | 不是表")
    assert [b.kind for b in document.blocks] == ["paragraph"] + ["cell"] * 7 + ["paragraph"]


@pytest.mark.parametrize("source", ["---\na: b\n---\n", "```\nx\n```", "<!-- x -->"])
def test_nothing_left(source):
    with pytest.raises(InputEmpty):
        _read(source)
