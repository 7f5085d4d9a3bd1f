"""Web pages give their article and nothing of the site around it."""

import sys
from pathlib import Path

import pytest

from bihuan.errors import InputEmpty
from bihuan.reading.sources import load

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))
import samples

SAMPLES = [path for path in samples.paths() if "html" in samples.parse(path).formats]
BODY = "<p>　　一是理论学习不够深入，中心组学习多以领学为主，研讨发言少，联系实际不够。</p>" * 6


def _page(body, head='<meta charset="utf-8">'):
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"


def _read(body):
    return load(_page(body).encode(), name="a.html")


def _grid(document, number=0):
    return [[cell and document.text[cell.start : cell.end] for cell in row] for row in document.tables[number].rows]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_in_an_office_page_gives_its_lines_again(path):
    sample = samples.parse(path)
    document = load(samples.render(sample, "html"), name="a.html")
    marks = str.maketrans({samples.CELL: "\n", samples.BREAK: "\n", samples.ABOVE: None})
    expected = [" ".join(line.split()) for line in sample.text.translate(marks).split("\n") if line.strip()]
    assert [" ".join(line.split()) for line in document.text.split("\n")] == expected
    assert [document.text[b.start : b.end] for b in document.blocks] == document.text.split("\n")
    assert document.blocks[0].kind == "title"


def test_headings_have_levels_and_the_first_h1_is_the_title():
    document = _read(
        "<article><h1>对照检查材料</h1><h2>一、问题</h2><h3>（一）学习</h3><h1>附件</h1>" + BODY + "</article>"
    )
    assert [(b.kind, b.level) for b in document.blocks[:4]] == [
        ("title", 0),
        ("heading", 2),
        ("heading", 3),
        ("heading", 1),
    ]


@pytest.mark.parametrize("hint", ['class="TRS_Editor"', 'id="Zoom"', 'id="vsb_content"', 'class="article-content"', ""])
def test_the_article_is_found_among_page_furniture(hint):
    links = "".join(f'<li><a href="/{i}">（{i}）关于整改工作情况的通报之一二三四五</a></li>' for i in range(30))
    document = _read(
        f'<div><ul class="list">{links}</ul></div><div class="wrap"><div {hint}>{BODY}</div></div><div>版权所有</div>'
    )
    assert set(document.text.split("\n")) == {
        "一是理论学习不够深入，中心组学习多以领学为主，研讨发言少，联系实际不够。"
    }


def test_a_title_above_the_article_is_kept():
    document = _read(f'<h1>整改报告</h1><div class="meta">来源：本站</div><div id="zoom">{BODY}</div>')
    assert document.text.startswith("整改报告\n一是")


@pytest.mark.parametrize(
    "junk",
    [
        "<p>责任编辑：张三</p>", "<p>【打印】 【关闭】</p>", "<p>上一篇：关于开展检查的通知</p>", "<p>分享到：微信 微博</p>",
        "<script>一是</script>", "<style>p{}</style>", "<!-- 一是 -->", '<p style="display: none">二是</p>', "<p hidden>二是</p>",
        "<form>搜索</form>", "<iframe>二是</iframe>", "<nav>首页</nav>", "<p>发布时间：2025-03-11　来源：本站</p>",
    ],
)  # fmt: skip
def test_what_is_no_part_of_the_report_is_left_out(junk):
    assert _read(f"<article>{BODY}{junk}</article>").text == _read(f"<article>{BODY}</article>").text


@pytest.mark.parametrize(
    "words",
    [
        "来源不清的资金仍有三笔未核实。",
        "关闭整改台账须经书记签字。",
        "编辑部学习不够。",
        "审核把关不严，责任没有压实。",
    ],
)
def test_sentences_that_begin_like_junk_stay(words):
    assert words in _read(f"<article>{BODY}<p>{words}</p></article>").text


def test_numbers_of_lists_come_back():
    body = '<ol start="3"><li><p>甲</p></li><li value="9">乙<ol type="a"><li>丙</li></ol></li><li>丁</li></ol>'
    assert _read(f"<article>{body}</article>").text.split("\n") == ["3.甲", "9.乙", "a.丙", "10.丁"]
    style = '<ol style="list-style-type: cjk-ideographic" start="10"><li>甲</li><li>乙</li></ol><ol reversed><li>丙</li><li>丁</li></ol>'
    assert _read(f"<article>{style}</article>").text.split("\n") == ["十、甲", "十一、乙", "2.丙", "1.丁"]


def test_breaks_and_inline_marks():
    document = _read(
        "<article><p>一是<b>学习</b>不够<br>二是<span>调研</span>\n不深</p><div>三是作风\n\n不实</div></article>"
    )
    assert document.text.split("\n") == ["一是学习不够", "二是调研不深", "三是作风不实"]


def test_merged_cells_stand_wherever_they_reach():
    table = (
        "<table><caption>台账</caption><tr><td rowspan=2>a</td><td colspan=2>b</td></tr><tr><td>c</td><td rowspan=3>d</td></tr>"
        "<tr><td>e</td><td>f<br>g</td></tr><tr><td></td><td>h</td></tr></table>"
    )
    document = _read(f"<article>{table}</article>")
    assert _grid(document) == [["a", "b", "b"], ["a", "c", "d"], ["e", "f\ng", "d"], [None, "h", "d"]]
    assert [b.kind for b in document.blocks] == ["caption"] + ["cell"] * 8


def test_tables_that_only_lay_out_are_no_tables():
    document = _read(f"<table><tr><td>导航</td><td><table><tr><td>{BODY}</td></tr></table></td></tr></table>")
    assert document.tables == ()
    assert "一是理论学习" in document.text


@pytest.mark.parametrize(
    ("said", "encoding"),
    [("gb2312", "gb18030"), ("gbk", "gb18030"), ("big5", "big5"), ("no-such", "gb18030"), ("", "gb18030")],
)
def test_charsets(said, encoding):
    body = BODY if encoding != "big5" else "<p>本局對學習問題抓得不緊，會議開得不多。</p>" * 6
    data = _page(body, f'<meta http-equiv="Content-Type" content="text/html; charset={said}">' if said else "").encode(
        encoding
    )
    assert ("一是理论学习" if encoding != "big5" else "本局對學習問題") in load(data, name="a.html").text


def test_an_xml_declaration_does_not_hinder():
    assert load(f'<?xml version="1.0" encoding="gb2312"?>{_page(BODY)}'.encode(), name="a.html").text.startswith("一是")


def test_external_entities_are_not_read():
    page = f'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><body><article>&x;{BODY}</article></body></html>'
    assert "root:" not in load(page.encode(), name="a.html").text


def test_deep_nesting_ends():
    assert "一是" in load(_page(BODY + "<div>" * 5000 + "x" + "</div>" * 5000).encode(), name="a.html").text


@pytest.mark.parametrize("body", ["", "<script>x</script>", "<table><tr><td></td></tr></table>"])
def test_pages_without_text(body):
    with pytest.raises(InputEmpty):
        _read(body)
