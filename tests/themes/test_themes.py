"""Every pack is sound, is found from a paragraph in its style, and knows its headings, also when they're quoted in part."""

from __future__ import annotations

import subprocess
import sys

import pytest

from bihuan.errors import DataError
from bihuan.themes import data
from bihuan.themes.load import KINDS, available, detect, load

PARAGRAPHS = {
    "2021-five": "某区委常委班子按照开好党史学习教育专题民主生活会通知要求，围绕弘扬伟大建党精神这一主题，从带头深刻感悟“两个确立”的决定性意义等五个方面查摆问题。",
    "2022-six": "局党组召开2022年度民主生活会，围绕全面贯彻党的二十大精神，重点查找在凝心铸魂、改革发展稳定、带头发扬斗争精神等方面的不足。",
    "2023-six": "主题教育专题民主生活会上，班子聚焦学思想、强党性、重实践、建新功总要求，从理论学习、政治素质、能力本领、担当作为、工作作风、廉洁自律逐项检视。",
    "2023-second": "对照学思用贯通、知信行统一方面，维护党中央权威和集中统一领导方面，求真务实、狠抓落实方面，查摆如下问题。",
    "2024-four": "对照带头严守政治纪律和政治规矩，维护党的团结统一，带头增强党性、严守纪律、砥砺作风等四个带头，现将县委班子情况报告如下。",
    "2024-firmer": "对照五个“更加坚定”，结合自己的思想和工作实际，查找出以下不足。",
    "2025-five": "围绕带头固本培元、增强党性，带头敬畏人民、敬畏组织、敬畏法纪等方面，认真开展了自我检查。",
    "personal": "按照支部组织生活会安排，本人对照党性修养提高情况、联系服务群众情况、党员先锋模范作用发挥情况，检视剖析如下。",
    "inspection": "县委第三巡察组向我局党组反馈了巡察意见。局党组认真落实巡察整改主体责任，研究制定本方案。",
    "audit": "市审计局派出审计组对我单位进行了经济责任审计。对审计报告指出的问题，逐项整改如下：固定资产账实不符……",
    "safety": "安委办组织专家对园区开展安全生产检查，发现重大事故隐患两处，其余为动火作业审批、疏散通道堵塞等隐患。",
    "hospital": "我院接受二级甲等医院复评，评审专家组指出病历质量、危急值报告和手卫生等方面存在不足。",
    "school": "区教育督导委员会对我校进行了督导评估，责任督学反馈了课堂教学、作业管理等方面的意见。",
    "iso-audit": "内审组依据GB/T 19001和程序文件，对五个受审核部门开展内部审核，开具一般不符合报告四份。",
}

HEADINGS = [
    ("2021-five", "（一）带头深刻感悟“两个确立”的决定性意义方面", "d1"),
    ("2021-five", "深刻感悟两个确立", "d1"),
    ("2021-five", "带头牢记我们党是什么，要干什么这个根本问题", "d2"),
    ("2021-five", "我们党是什么", "d2"),
    ("2021-five", "以人民为中心方面", "d3"),
    ("2021-five", "四、成功应对风险挑战方面", "d4"),
    ("2021-five", "带头深刻汲取党史正反两方面经验", "d5"),
    ("2021-five", "加强机关食堂管理", None),
    ("2022-six", "在凝心铸魂方面", "d2"),
    ("2022-six", "推动改革发展稳定方面存在的问题", "d4"),
    ("2022-six", "防范化解风险挑战、发扬斗争精神", "d5"),
    ("2023-six", "理论学习方面", "d1"),
    ("2023-six", "理论学习和廉洁自律方面", None),
    ("2023-second", "践行宗旨服务人民", "d3"),
    ("2024-four", "带头在遵规守纪、清正廉洁前提下勇于担当、敢于作为方面", "d3"),
    ("2024-four", "履行全面从严治党政治责任", "d4"),
    ("2024-firmer", "更加坚定践行宗旨方面", "d4"),
    ("2025-five", "敬畏组织方面", "d3"),
    ("2025-five", "管党治党方面", "d5"),
    ("personal", "联系服务群众不够经常", "d3"),
    ("inspection", "聚焦基层党组织建设方面", "d3"),
    ("audit", "（二）固定资产管理方面", "d4"),
    ("safety", "应急预案与演练", "d7"),
    ("hospital", "院感防控", "d5"),
    ("school", "教师队伍建设", "d3"),
    ("iso-audit", "7.1.5 监视和测量资源", "d7"),
    ("iso-audit", "条款8.4 外部提供的过程、产品和服务的控制", "d8"),
    ("iso-audit", "第17.1页", None),
]

OWN = """
id = "our-office"
title = "三查三看"
description = "本单位的专项检查。"
[signs]
5 = ["三查三看"]
[[dimension]]
id = "d1"
title = "查学习"
words = ["看学习", "学风"]
"""


def test_every_pack_is_sound() -> None:
    themes = available()
    assert [theme.id for theme in themes] == sorted(PARAGRAPHS)
    for theme in themes:
        assert theme.kind in KINDS
        assert theme.title
        assert theme.description
        assert theme.signs
        assert len(theme.dimensions) >= 4


@pytest.mark.parametrize("name", PARAGRAPHS)
def test_a_pack_is_found_from_a_paragraph_in_its_style(name: str) -> None:
    found = detect(PARAGRAPHS[name])
    assert found is not None
    assert found.id == name


@pytest.mark.parametrize("theme", available(), ids=lambda theme: theme.id)
def test_every_dimension_is_known_by_its_own_title_and_short_name(theme) -> None:
    for dimension in theme.dimensions:
        assert theme.dimension_of(dimension.title) == dimension.id
        assert theme.dimension_of(f"（一）{dimension.title}") == dimension.id
        assert theme.dimension_of(dimension.short) == dimension.id


@pytest.mark.parametrize(("name", "heading", "dimension"), HEADINGS)
def test_a_heading_names_a_dimension(name: str, heading: str, dimension: str | None) -> None:
    assert load(name).dimension_of(heading) == dimension


@pytest.mark.parametrize(
    "text",
    [
        "",
        "本周食堂供应安排如下。",
        "学校组织学生和教师参加课后服务、校本研修，学生、教师都很高兴。",
        "关于加强作风建设、全面从严治党的几点体会。",
    ],
)
def test_no_theme_where_the_signs_are_weak(text: str) -> None:
    assert detect(text) is None


def test_last_years_meeting_told_of_in_the_body_does_not_name_the_theme() -> None:
    text = (
        "某局党组2024年度民主生活会对照检查材料\n"
        + "会前，党组成员认真学习，广泛谈心谈话。" * 12
        + "\n一、上年度整改情况\n2022年度民主生活会、主题教育专题民主生活会查摆的问题均已整改。"
    )
    found = detect(text)
    assert found is not None
    assert found.id == "2024-four"


def test_an_offices_own_file_is_a_theme(tmp_path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(OWN, encoding="utf-8")
    theme = load(str(path))
    assert (theme.id, theme.kind, theme.year) == ("our-office", "other", None)
    assert theme.signs == (("三查三看", 5.0),)
    assert theme.dimensions[0].short == "查学习"
    assert theme.dimension_of("一、学风不够扎实") == "d1"


def test_an_own_file_may_have_windows_marks(tmp_path) -> None:
    path = tmp_path / "own.toml"
    path.write_bytes(b"\xef\xbb\xbf" + OWN.replace("\n", "\r\n").encode())
    assert load(str(path)).title == "三查三看"


def test_an_unknown_name_lists_near_ones() -> None:
    with pytest.raises(DataError, match="2024-four"):
        load("2024-fuor")
    with pytest.raises(DataError, match="打不开"):
        load("nowhere.toml")


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (("[[dimension]]", "[dimensions]"), "dimensions"),
        (('id = "our-office"', "id = 3"), "id"),
        (('title = "三查三看"', 'title = " "'), "title"),
        (("5 = ", "0 = "), "signs.0"),
        (("5 = ", "often = "), "signs.often"),
        (('"看学习", ', '"学风", '), "dimension[1].words"),
        (('"看学习", ', '"看", '), "dimension[1].words"),
        (('"看学习", ', "7, "), "dimension[1].words"),
        (('title = "查学习"', 'titel = "查学习"'), "dimension[1].titel"),
        (('title = "三查三看"', 'title = "三查三看"\nkind = "report"'), "kind"),
        (('title = "三查三看"', 'title = "三查三看"\nyear = "今年"'), "year"),
        (('words = ["看学习", "学风"]', '[[dimension]]\nid = "d1"\ntitle = "查作风"'), "dimension[2].id"),
    ],
)
def test_a_wrong_file_is_refused_with_its_place(tmp_path, change: tuple[str, str], key: str) -> None:
    path = tmp_path / "own.toml"
    assert change[0] in OWN
    path.write_text(OWN.replace(change[0], change[1], 1), encoding="utf-8")
    with pytest.raises(DataError) as error:
        load(str(path))
    assert error.value.place == f"{path}: {key}"


def test_what_is_no_toml_or_no_utf8_is_refused_with_its_place(tmp_path) -> None:
    path = tmp_path / "own.toml"
    path.write_text("id = ", encoding="utf-8")
    with pytest.raises(DataError, match="TOML") as error:
        load(str(path))
    assert error.value.place == str(path)
    path.write_bytes("标题".encode("gb18030"))
    with pytest.raises(DataError, match="UTF-8"):
        load(str(path))


def test_every_pack_is_one_file_of_its_own_name() -> None:
    assert {path.stem for path in data.PACKS.glob("*.toml")} == {theme.id for theme in available()}


def test_nothing_is_read_before_it_is_asked_for() -> None:
    code = (
        "import sys, bihuan.themes.load as t, bihuan.themes.lexicons as l;"
        "assert 'ahocorasick_rs' not in sys.modules;"
        "assert t.available.cache_info().currsize == l.synonyms.cache_info().currsize == 0"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_theme_may_be_named_by_its_title():
    titles = [theme.title for theme in available()]
    only = next(theme for theme in available() if titles.count(theme.title) == 1)
    assert load(only.title) is only
