import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.text.numbering import chinese_value, find_marks


@pytest.mark.parametrize(
    ("text", "style", "values"),
    [
        ("一、存在的问题", "cn", (1,)),
        ("十二、其他", "cn", (12,)),
        ("（三）作风方面", "cn-paren", (3,)),
        ("1.学习不够", "number", (1,)),
        ("12、其他", "number", (12,)),
        ("（2）开展排查", "number-paren", (2,)),
        ("3）开展排查", "number-half", (3,)),
        ("②开展排查", "circle", (2,)),
        ("第一章 总则", "chapter", (1,)),
        ("第2部分 问题", "chapter", (2,)),
        ("2.1 不符合项", "decimal", (2, 1)),
        ("第二，研讨不多", "ordinal", (2,)),
        ("一是学习不够", "is", (1,)),
        ("二要抓好落实", "yao", (2,)),
        ("其次，研讨不多", "first", (2,)),
    ],
)
def test_styles(text, style, values):
    (mark,) = find_marks(text)
    assert (mark.start, mark.style, mark.values) == (0, style, values)


@pytest.mark.parametrize(
    "text",
    [
        "1.5万元",
        "2.1至2.7共七项",
        "20.5%",
        "一人念、众人听",
        "实现的需要，一致认为",
        "第一时间启动",
        "一是否定",
        "2024.6.1",
    ],
)
def test_what_is_no_number(text):
    assert list(find_marks(text)) == []


def test_inside_a_sentence_only_after_punctuation():
    marks = list(find_marks("存在问题：一是学得少；二是谈得浅。唯一是有计划。"))
    assert [m.value for m in marks] == [1, 2]


@pytest.mark.parametrize(
    ("numeral", "value"), [("一", 1), ("十", 10), ("十一", 11), ("二十", 20), ("三十二", 32), ("九十九", 99)]
)
def test_chinese_value(numeral, value):
    assert chinese_value(numeral) == value


@given(st.text(alphabet=st.sampled_from("一二三十是要、（）()123.①第章首先其次，。；\n 学"), max_size=120))
def test_marks_are_in_order_and_in_the_text(text):
    last = 0
    for mark in find_marks(text):
        assert last <= mark.start < mark.end <= len(text)
        last = mark.start
