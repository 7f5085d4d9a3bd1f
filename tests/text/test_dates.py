import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.text.dates import find_dates, report_year


@pytest.mark.parametrize(
    ("text", "words", "day"),
    [
        ("2023年6月底前完成", "2023年6月底前", "2023-06-30"),
        ("6月底前完成", "6月底前", "2022-06-30"),
        ("于6月30日前完成", "6月30日前", "2022-06-30"),
        ("6月30前完成", "6月30前", "2022-06-30"),
        ("8月15日前核实", "8月15日前", "2022-08-15"),
        ("年底前", "年底前", "2022-12-31"),
        ("今年年底前", "今年年底前", "2022-12-31"),
        ("明年底前", "明年底前", "2023-12-31"),
        ("2023年底", "2023年底", "2023-12-31"),
        ("年内完成两处改造", "年内", "2022-12-31"),
        ("2023年内", "2023年内", "2023-12-31"),
        ("今年第四季度", "今年第四季度", "2022-12-31"),
        ("一季度完成", "一季度", "2022-03-31"),
        ("第3季度末前", "第3季度末前", "2022-09-30"),
        ("上半年完成", "上半年", "2022-06-30"),
        ("2023年下半年", "2023年下半年", "2023-12-31"),
        ("2021年12月31日前", "2021年12月31日前", "2021-12-31"),
        ("20211228日", "20211228日", "2021-12-28"),
        ("20240930日前完成", "20240930日前", "2024-09-30"),
        ("2024年11底前验收", "2024年11底前", "2024-11-30"),
        ("7月低前登记", "7月低前", "2022-07-31"),
        ("7 月低", "7 月低", "2022-07-31"),
        ("7月上旬召开", "7月上旬", "2022-07-10"),
        ("12月中旬", "12月中旬", "2022-12-20"),
        ("明年3月", "明年3月", "2023-03-31"),
        ("2024年2月", "2024年2月", "2024-02-29"),
        ("6月31日", "6月31日", "2022-06-30"),
        ("2022.6.30", "2022.6.30", "2022-06-30"),
        ("2022-06-30前", "2022-06-30前", "2022-06-30"),
        ("时限：2022.6", "2022.6", "2022-06-30"),
        ("时限：2023年", "2023年", "2023-12-31"),
        ("二〇二三年六月底前", "二〇二三年六月底前", "2023-06-30"),
        ("十二月三十一日前", "十二月三十一日前", "2022-12-31"),
        ("2022年3月至6月", "2022年3月至6月", "2022-06-30"),
        ("2022年11月—2023年2月", "2022年11月—2023年2月", "2023-02-28"),
        ("2023年3月至6月", "2023年3月至6月", "2023-06-30"),
        ("即日起至6月底", "即日起至6月底", "2022-06-30"),
        ("20xx年6月底前", "20xx年6月底前", None),
        ("本月底前", "本月底前", None),
        ("完成时限：3个月内", "3个月内", None),
    ],
)
def test_dates(text, words, day):
    (found,) = find_dates(text, year=2022)
    assert (text[found.start : found.end], found.kind, found.date) == (words, "date", day)


@pytest.mark.parametrize(
    ("text", "day"), [("年底前", None), ("6月底前", None), ("明年6月", None), ("2022年6月", "2022-06-30")]
)
def test_without_the_reports_year(text, day):
    assert [(d.kind, d.date) for d in find_dates(text)] == [("date", day)]


@pytest.mark.parametrize("text", ["即日起", "立行立改", "即知即改", "立即", "立整立改", "马上整改"])
def test_at_once(text):
    assert [(d.kind, d.date) for d in find_dates(f"对此{text}。")] == [("at-once", None)]


@pytest.mark.parametrize(
    "text",
    ["长期坚持", "完成时限：长期", "整改时限：持续推进", "6月底前完成，并长期坚持。", "（长期坚持）", "时限：常态化"],
)
def test_standing(text):
    assert find_dates(text)[-1].kind == "standing"


@pytest.mark.parametrize(
    "text",
    [
        "长期以来重视不够，需要持续推进，长期未清查",
        "坚持常态化开展排查",
        "99月，2022年13月，1.5月",
        "三个月，30日，每月5日前，每月底前，两年内，半年内",
        "2021年度，2022年以来，2021年3月以来，从2021年3月起",
        "一月一调度，一季一研判，每季度一次",
        "年底考核，年终述职",
        "电话13820211228，共20211399元",
    ],
)
def test_what_is_no_deadline(text):
    assert find_dates(text, year=2022) == []


def test_a_cell_of_a_table_may_say_it_shortly():
    text = "办公室│长期│已完成"
    assert [d.kind for d in find_dates(text, 4, 6)] == ["standing"]
    assert find_dates("长期未清查") == []


def test_deadline_and_standing_are_both_told():
    found = find_dates("整改时限：2024年7月底前，并长期坚持")
    assert [(d.kind, d.date) for d in found] == [("date", "2024-07-31"), ("standing", None)]


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("区委班子2021年度民主生活会对照检查材料\n……", 2022),
        ("关于2024年巡察反馈意见的整改方案\n……", 2024),
        ("2021年度对照检查材料\n……\n中共某区委\n2022年1月20日", 2022),
        ("2021年度对照检查材料\n……\n2021年12月28日", 2022),
        ("对照检查材料\n……\n二〇二二年二月", 2022),
        ("对照检查材料\n……\n2022年1月xx日", 2022),
        ("对照检查材料", None),
        ("对照检查材料\n" + "学习不够。" * 200 + "2019年以来", None),
        ("", None),
    ],
)
def test_report_year(text, year):
    assert report_year(text) == year


@given(
    st.text(alphabet="0123456789二〇一三十年月日底末前第季度上下半今明内：，至—.-/x立行改长期坚持时限 \n", max_size=60)
)
def test_any_text(text):
    found = find_dates(text, year=2022)
    assert all(0 <= d.start < d.end <= len(text) for d in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert all(date.fromisoformat(d.date) for d in found if d.date is not None)


@given(st.text(max_size=80), st.integers(0, 80), st.integers(0, 80))
def test_any_offsets(text, a, b):
    start, end = sorted((min(a, len(text)), min(b, len(text))))
    assert all(start <= d.start < d.end <= end for d in find_dates(text, start, end))


@given(st.text(alphabet="0123456789二〇一三年月日x \n", max_size=60))
def test_any_reports_year(text):
    year = report_year(text)
    assert year is None or 2000 <= year <= 2100
