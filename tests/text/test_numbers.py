import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.text.numbers import chinese_number, find_quantities


@pytest.mark.parametrize(
    ("text", "words", "value", "unit", "comparison"),
    [
        ("确定十件实事", "十件", 10, "件", "="),
        ("投入1.2万元", "1.2万元", 12_000, "元", "="),
        ("投入3.5亿元", "3.5亿元", 350_000_000, "元", "="),
        ("投入三十五万元", "三十五万元", 350_000, "元", "="),
        ("清收5000余万元", "5000余万元", 50_000_000, "元", "~"),
        ("退还3,000元", "3,000元", 3000, "元", "="),
        ("培训1.5万余人次", "1.5万余人次", 15_000, "人次", "~"),
        ("复种6.8万亩撂荒地", "6.8万亩", 68_000, "亩", "="),
        ("每年不少于4次", "不少于4次", 4, "次", ">="),
        ("每季度至少一次", "至少一次", 1, "次", ">="),
        ("每季度至少组织一次演练", "一次", 1, "次", ">="),
        ("每季度至少攻克一个难题", "一个", 1, "个", ">="),
        ("不超过5%", "不超过5%", 5, "%", "<="),
        ("每项超过3天的", "超过3天", 3, "天", ">"),
        ("人数不足20人", "不足20人", 20, "人", "<"),
        ("走访约20户", "约20户", 20, "户", "~"),
        ("走访30户左右", "30户左右", 30, "户", "~"),
        ("走访三十多户", "三十多户", 30, "户", "~"),
        ("安排十几个人", "十几个", 10, "个", "~"),
        ("安排三五个人", "三五个", 3, "个", "~"),
        ("安排二三十人", "二三十人", 20, "人", "~"),
        ("抽调3—5人", "3—5人", 3, "人", ">="),
        ("抽调三至五人", "三至五人", 3, "人", ">="),
        ("两名以上干部", "两名以上", 2, "名", ">="),
        ("百分之八十以上", "百分之八十以上", 80, "%", ">="),
        ("百分之一点五", "百分之一点五", 1.5, "%", "="),
        ("满意率达到95%以上", "达到95%以上", 95, "%", ">="),
        ("不低于九成", "不低于九成", 90, "%", ">="),
        ("千分之三", "千分之三", 3, "‰", "="),
        ("三分之一的村", "三分之一", 0.333333, "", "="),
        ("到会2/3以上", "2/3以上", 0.666667, "", ">="),
        ("两天时间", "两天", 2, "天", "="),
        ("30个工作日内办结", "30个工作日内", 30, "个工作日", "<="),
        ("60日内付清", "60日内", 60, "日", "<="),
        ("两周内", "两周内", 2, "周", "<="),
        ("三年内不得参与", "三年内", 3, "年", "<="),
        ("下降10个百分点", "10个百分点", 10, "个百分点", "="),
        ("委员每人领题一个，半年报告", "一个", 1, "个", "="),
        ("各配备一名专职教师", "一名", 1, "名", "="),
        ("一百零五个村", "一百零五个", 105, "个", "="),
        ("近百名干部", "近百名", 100, "名", "~"),
    ],
)
def test_quantities(text, words, value, unit, comparison):
    (found,) = find_quantities(text)
    assert text[found.start : found.end] == words
    assert (found.value, found.unit, found.comparison) == (value, unit, comparison)


@pytest.mark.parametrize(
    "text",
    [
        "党的十九届六中全会",
        "深刻感悟“两个确立”、增强四个意识、做到两个维护",
        "对照五个带头，查摆三个方面",
        "落实三会一课和一岗双责",
        "高度警觉“七个有之”",
        "中央八项规定及其实施细则精神",
        "一是学得少；二要带头；第一，认识不足",
        "一些问题，一定差距，一方面，统一部署，单一项目，十分重视",
        "作为一名党员，作为一项政治任务",
        "这是一个过程，也是一种态度",
        "一户一策、一地一策、一村一品、一人一档",
        "一把手亲自抓，一次次整改，一件件落实，打通最后一公里",
        "第3次会议，第三次会议，第3条，这三个村",
        "2021年12月31日，二〇二二年，1—3月，2019—2021年",
        "学习xx次，整改**个，督查×次，学习XX次",
        "千方百计服务千家万户，百日攻坚，百年奋斗，万一",
        "近三年，近五年来，前三季度，三年级，五年规划",
        "三支部，两班子，三台账，两部门，三项目",
        "数十名，几百个",
        "12345热线，“十四五”规划，发〔2021〕12号",
        "百分之，分之，点三",
    ],
)
def test_what_counts_nothing(text):
    assert find_quantities(text) == []


def test_several_in_order():
    text = "将时限由15个工作日压缩至5个工作日，选派三名干部"
    assert [q.value for q in find_quantities(text)] == [15, 5, 3]


def test_only_between_the_offsets():
    text = "十件实事，五项措施，三处场所"
    assert [q.unit for q in find_quantities(text, 5, 9)] == ["项"]


def test_time_is_told_apart():
    assert [q.is_time for q in find_quantities("两天走访三户")] == [True, False]


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("十", 10),
        ("两", 2),
        ("二十一", 21),
        ("一千二百", 1200),
        ("一千零五", 1005),
        ("三十五万", 350000),
        ("一亿二千万", 120000000),
        ("八点五", 8.5),
        ("二〇二四", 2024),
        ("百", 100),
        ("万", 10000),
    ],
)
def test_chinese_number(numeral, value):
    assert chinese_number(numeral) == value


@pytest.mark.parametrize("numeral", ["", "几", "12", "点五"])
def test_no_chinese_number(numeral):
    with pytest.raises(ValueError, match="no Chinese numeral"):
        chinese_number(numeral)


@given(st.text(alphabet="0123456789一二三十百千万亿零〇两点分之个次年月日%.,—至不少于约以上内第每“人/ \n", max_size=60))
def test_any_text(text):
    found = find_quantities(text)
    assert all(0 <= q.start < q.end <= len(text) for q in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert all(q.value >= 0 for q in found)


@given(st.text(max_size=80), st.integers(0, 80), st.integers(0, 80))
def test_any_offsets(text, a, b):
    start, end = sorted((min(a, len(text)), min(b, len(text))))
    assert all(start <= q.start < q.end <= end for q in find_quantities(text, start, end))
