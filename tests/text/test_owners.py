import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.text.owners import find_owners, find_subject, split_names


@pytest.mark.parametrize(
    ("text", "lead", "support"),
    [
        ("由区委办公室牵头，区委组织部配合", ("区委办公室",), ("区委组织部",)),
        ("由区委办公室牵头，会同区委组织部、区财政局配合", ("区委办公室",), ("区委组织部", "区财政局")),
        ("由区纪委监委牵头负责", ("区纪委监委",), ()),
        ("对排名末位的乡镇所由分管领导带队现场督导", ("分管领导",), ()),
        ("（区委组织部牵头，各镇街配合）", ("区委组织部",), ("各镇街",)),
        ("责任单位：区委办公室、区委组织部；配合单位：区财政局", ("区委办公室", "区委组织部"), ("区财政局",)),
        ("牵头单位：区委宣传部 责任单位：各镇（街道）、区直各部门", ("区委宣传部", "各镇（街道）", "区直各部门"), ()),
        ("责任领导：张某某", ("张某某",), ()),
        ("责任人：xx", ("xx",), ()),
        ("（责任单位：区委办公室、区委组织部）", ("区委办公室", "区委组织部"), ()),
        ("（牵头单位：**局；责任单位：各镇（街道）；完成时限：6月底前）", ("**局", "各镇（街道）"), ()),
        ("责任股室：帮扶开发股", ("帮扶开发股",), ()),
        ("责任部门为办公室。", ("办公室",), ()),
        ("责任单位和责任人：区教育和体育局 王某", ("区教育和体育局", "王某"), ()),
        ("责任领导：张三（区委常委、组织部部长）、李四", ("张三（区委常委、组织部部长）", "李四"), ()),
        ("责任部门：质量部，完成日期：2024年6月10日。", ("质量部",), ()),
        ("责任单位：区财政局│整改时限：6月", ("区财政局",), ()),
        ("各镇（街道）按职责分工负责", ("各镇（街道）",), ()),
        ("班子成员分别负责。", ("班子成员",), ()),
        ("配合单位：区财政局", (), ("区财政局",)),
    ],
)
def test_owners(text, lead, support):
    (found,) = find_owners(text)
    assert (found.lead, found.support) == (lead, support)


@pytest.mark.parametrize(
    "text",
    [
        "责任单位：无",
        "督办单位：区委督查室",
        "主要负责同志亲自抓，压实责任，明确责任人员",
        "实行领导牵头制，坚持高位推动",
        "对分管部门的教育不够",
        "始终对工作极端负责、极度认真",
    ],
)
def test_nobody(text):
    assert find_owners(text) == []


def test_two_measures_have_two_owners():
    text = "开展排查（责任单位：区应急局）；开展整治（责任单位：区住建局）"
    assert [o.lead for o in find_owners(text)] == [("区应急局",), ("区住建局",)]


def test_the_span_is_the_fields():
    text = "（责任单位：各镇（街道）；配合单位：区财政局；完成时限：6月）"
    (found,) = find_owners(text)
    assert text[found.start : found.end] == "责任单位：各镇（街道）；配合单位：区财政局"


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("区委办、区委组织部", ("区委办", "区委组织部")),
        ("区教育和体育局、区住房和城乡建设局", ("区教育和体育局", "区住房和城乡建设局")),
        ("区委办公室和区政府办公室", ("区委办公室", "区政府办公室")),
        ("张三、张三、无", ("张三",)),
        ("各镇（街道、园区）等", ("各镇（街道、园区）",)),
        ("", ()),
    ],
)
def test_split_names(words, names):
    assert split_names(words) == names


@given(st.text(alphabet="由区委办公室牵头负责任单位：、，；。（）配合各镇和xx*时限│ \n", max_size=60))
def test_any_text(text):
    found = find_owners(text)
    assert all(0 <= o.start < o.end <= len(text) for o in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert all(o.lead or o.support for o in found)


@given(st.text(max_size=80), st.integers(0, 80), st.integers(0, 80))
def test_any_offsets(text, a, b):
    start, end = sorted((min(a, len(text)), min(b, len(text))))
    assert all(start <= o.start < o.end <= end for o in find_owners(text, start, end))


@pytest.mark.parametrize(
    ("clause", "who"),
    [
        ("镇纪委每季度抽查不少于8个村的集体账目", "镇纪委"),
        ("区委督查室每月通报一次逾期事项", "区委督查室"),
        ("班子成员每半年至少讲一次党课", "班子成员"),
        ("每周三由一名党委委员在大厅坐班接访", "一名党委委员"),
        ("进一步加强区委理论学习中心组学习管理", None),
        ("优化产业布局每年新增两个园区", None),
        ("对党员干部开展轮训", None),
        ("组织班子成员到村调研", None),
    ],
)
def test_the_subject_of_a_clause(clause, who):
    found = find_subject(clause, 0, len(clause))
    assert (found.lead[0] if found else None) == who
