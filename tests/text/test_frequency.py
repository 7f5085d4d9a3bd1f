import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.text.frequency import find_frequencies
from bihuan.text.numbers import find_quantities

NAMES = {"daily", "weekly", "ten-daily", "monthly", "quarterly", "half-yearly", "yearly", "standing"}


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("每天巡查", "每天", "daily"),
        ("每日上报", "每日", "daily"),
        ("实行日调度", "日调度", "daily"),
        ("每周暗访", "每周", "weekly"),
        ("召开周例会", "周例会", "weekly"),
        ("每旬抽检", "每旬", "ten-daily"),
        ("每月抽查", "每月", "monthly"),
        ("按月通报", "按月", "monthly"),
        ("逐月公布", "逐月", "monthly"),
        ("一月一调度", "一月一", "monthly"),
        ("每季度末盘点", "每季度", "quarterly"),
        ("按季报告", "按季", "quarterly"),
        ("一季度一次", "一季度一", "quarterly"),
        ("每半年谈话", "每半年", "half-yearly"),
        ("每学期组织", "每学期", "half-yearly"),
        ("每年体检", "每年", "yearly"),
        ("开展年度考核", "年度", "yearly"),
        ("常态化开展", "常态化", "standing"),
        ("定期研判", "定期", "standing"),
        ("经常性教育", "经常性", "standing"),
    ],
)
def test_frequencies(text, words, value):
    (found,) = find_frequencies(text)
    assert (text[found.start : found.end], found.value) == (words, value)


@pytest.mark.parametrize(
    "text",
    [
        "坚持以周保旬、以旬保月、以月保季、以季保年",
        "全面完成年度责任目标，纳入年度考核",
        "第一季度完成，二季度通报，上半年召开",
        "每两周，每两个月，每半月，每次",
        "今日报告，12日检查，3月通报，节假日检查",
        "建立长效机制，加强日常监督，限定期限",
    ],
)
def test_what_is_no_frequency(text):
    assert find_frequencies(text) == []


def test_several():
    found = find_frequencies("周调度、月通报、季考核")
    assert [f.value for f in found] == ["weekly", "monthly", "quarterly"]


def test_how_many_times_is_a_quantity():
    text = "每季度至少一次"
    assert [f.value for f in find_frequencies(text)] == ["quarterly"]
    assert [(q.value, q.unit, q.comparison) for q in find_quantities(text)] == [(1, "次", ">=")]


@given(st.text(alphabet="每一天日周旬月季度半年上下学期按逐常态化定期调通报考核 ", max_size=60))
def test_any_text(text):
    found = find_frequencies(text)
    assert all(0 <= f.start < f.end <= len(text) and f.value in NAMES for f in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
