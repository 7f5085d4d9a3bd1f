import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.text.normal import Line, normalise

SPELLINGS = {"dangshi": "党史", "mzshh": "民主生活会"}


def test_every_character_knows_its_origin():
    text = "  學習dangshi  教育,很 好。\n"
    normal = normalise(text, spellings=SPELLINGS)
    assert normal.text == "学习党史教育，很好。\n"
    assert normal.original(0, 2) == (2, 4)
    assert normal.original(2, 4) == (4, 11)
    assert text[slice(*normal.original(4, 6))] == "教育"
    assert text[slice(*normal.original(6, 9))] == ",很 好"


def test_spellings_side_by_side_and_unknown_words():
    assert normalise("dangshimzshh", spellings=SPELLINGS).text == "党史民主生活会\n"
    assert normalise("ISO dangshix", spellings=SPELLINGS).text == "ISO dangshix\n"


def test_hard_wraps_are_mended():
    body = "我们对理论学习抓得不够紧不够实，学习的计划性和系统性还不够强，有的同志满足于读读文件，缺少深入的思考和研讨交流。"
    wrapped = []
    for paragraph in (body, "一是" + body, "二是" + body, "三是" + body):
        line = "　　" + paragraph
        wrapped += [line[i : i + 20] for i in range(0, len(line), 20)]
    normal = normalise("\n".join(wrapped))
    assert normal.text.splitlines() == [body, "一是" + body, "二是" + body, "三是" + body]


def test_page_numbers_and_buttons_are_left_out():
    normal = normalise("一、存在的问题\n学习不够深\n— 3 —\n入，研讨不多。\n第4页 共9页\n【打印本页】【关闭窗口】")
    assert "3" not in normal.text
    assert "打印" not in normal.text
    assert len(normal.junk) == 3


def test_short_headings_stay_apart():
    text = "对照检查材料\n某某局\n一、存在的问题\n（一）学习方面\n学习不够。"
    assert normalise(text).text.splitlines() == text.split("\n")


def test_lines_from_the_file():
    normal = normalise("甲乙\n丙", lines=[Line(0, 1, "heading", 2), Line(1, 2, "junk"), Line(3, 4)])
    assert [(normal.text[x.start : x.end], x.kind, x.level) for x in normal.lines] == [
        ("甲", "heading", 2),
        ("丙", "paragraph", 0),
    ]


def test_half_width_punctuation_only_beside_chinese():
    assert normalise("(一)时间是8:30,金额1,000元").text == "（一）时间是8:30，金额1,000元\n"


@given(st.text(alphabet=st.sampled_from("学习党，。；一是、（） \n\r\tabdangshi12.-—页第\u3000\u200b"), max_size=200))
def test_places_lie_in_the_text_and_go_forward(text):
    normal = normalise(text, spellings=SPELLINGS)
    last = -1
    for i, char in enumerate(normal.text):
        start, end = normal.original(i, i + 1)
        assert 0 <= start <= len(text)
        assert start >= last
        last = start
        if char != "\n" and re.match(r"[学习党。]", char) and end - start == 1:
            assert text[start] == char


@given(st.text(max_size=300))
def test_any_text_is_normalised(text):
    normal = normalise(text, spellings=SPELLINGS)
    assert all(normal.text[x.start : x.end].strip() for x in normal.lines)


@pytest.mark.parametrize(
    "title",
    [
        "中共某县委员会关于巡察整改进展情况的通报",
        "大力推进作风建设",
        "小学党支部对照检查材料",
        "来源于基层的意见",
        "字号老旧",
    ],
)
def test_a_line_that_only_begins_like_a_button_stays(title):
    assert normalise(f"{title}\n一、存在的问题\n学习不够。").text.startswith(title)


@pytest.mark.parametrize(
    "junk", ["下载", "【字号：", "加大", "来源：某地日报", "时间：2026-02-09", "阅读量：120", "大 中 小"]
)
def test_buttons_of_a_web_page_go(junk):
    assert normalise(f"报告\n{junk}\n一、存在的问题\n学习不够。").text.startswith("报告\n一、")
