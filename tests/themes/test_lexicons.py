"""The lexicons are sound and give true places; areas and concepts are those a reader would name."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from bihuan.errors import DataError
from bihuan.themes import lexicons

AREAS = {
    "理论学习中心组集体学习少，研讨交流少，以考促学的主动性不够。": "study",
    "选派干部到先进地区跟班学习，抓好业务培训和人才引进。": "talent-training",
    "意识形态专题联席会议召开不及时，网络舆情处置慢。": "ideology",
    "确定十件实事时捡软柿子捏，民生项目推进不快。": "livelihood",
    "密切联系群众不够，调研走马观花，不接地气。": "contact",
    "政府债务风险底数不清，忧患意识不强。": "risks",
    "特种作业人员无证上岗，消防通道堵塞，应急演练走过场。": "safety",
    "村级财务不规范，“三资”管理混乱，村务公开不及时。": "village",
    "信访积案化解慢，群众诉求答复不及时。": "petitions",
    "履行“一岗双责”不到位，廉政谈话流于形式。": "discipline",
    "以会议贯彻会议、以文件落实文件，文山会海反弹。": "meetings-papers",
    "重点项目开工率低，责任目标完成滞后。": "targets",
    "产业链不完整，实体经济融资难，招不来企业。": "economy",
    "扬尘治理不力，黑臭水体返黑，环保督察反馈问题未改。": "ecology",
    "年轻干部选拔任用不够，轮岗交流少。": "cadres",
    "三会一课不规范，发展党员程序不严，党费收缴不及时。": "party-building",
    "窗口服务差，审批事项来回跑，营商环境有待优化。": "services",
    "三级查房不落实，病历书写不规范，手卫生依从性低。": "health",
    "作业设计简单，校本研修流于形式，课后服务质量不高。": "education",
    "预算执行率低，固定资产账实不符，政府采购未招标。": "audit-finance",
    "卡尺超期未校准，作废文件未收回，内审不符合项未关闭。": "quality",
}

SAME_MATTER = [
    ("中心组学习多是一人念众人听", "坚持以考促学、述学", "theory-study"),
    ("述责述廉走形式", "压实一岗双责", "duty"),
    ("信访量依然较大", "坚持新时代枫桥经验", "petition"),
    ("村级财务收支不规范", "开展“三资”清理", "finance-account"),
    ("上下一般粗", "带头纠治四风", "four-winds"),
    ("躺在功劳簿上吃老本", "以满腔激情干事", "fighting-spirit"),
    ("习惯按部就班，求稳怕乱", "争当行家里手", "innovation"),
    ("缺乏居安思危的意识", "树立底线思维", "risk"),
    ("联席会议不及时", "抓好舆论引导", "ideology"),
    ("捡软柿子捏", "聚焦群众痛点", "livelihood"),
    ("不够接地气", "对群众有真牵挂", "people-ties"),
    ("运行病历内容缺失", "每月抽查病案首页", "medical-records"),
    ("手卫生依从性低", "规范处置医疗废物", "infection-control"),
    ("作业总量偏多", "提升课后服务", "double-reduction"),
    ("应招未招", "规范政府采购", "procurement"),
    ("账实不符", "全面盘点", "fixed-assets"),
    ("无证上岗", "动火作业先审批", "special-work"),
    ("旧版图纸在用", "收回作废文件", "document-control"),
    ("量具超期未检", "制定校准计划", "calibration"),
    ("多头填报", "清理工作群", "grassroots-burden"),
    ("发展对象政审缺失", "规范发展党员", "member-recruiting"),
]


@pytest.mark.parametrize(("text", "area"), AREAS.items())
def test_the_area_that_a_statement_is_about_comes_first(text: str, area: str) -> None:
    assert lexicons.areas_of(text)[0] == area


def test_every_area_has_a_sentence_and_ids_are_unique() -> None:
    ids = [area.id for area in lexicons.areas()]
    assert sorted(ids) == sorted(set(AREAS.values()))


def test_areas_are_limited_and_may_be_none() -> None:
    text = "".join(AREAS)
    assert len(lexicons.areas_of(text, 3)) <= 3
    assert lexicons.areas_of(text, 1) == lexicons.areas_of(text, 3)[:1]
    assert lexicons.areas_of("天气很好。") == ()
    assert lexicons.areas_of("") == ()


@pytest.mark.parametrize(("problem", "measure", "concept"), SAME_MATTER)
def test_two_ways_of_saying_share_a_concept(problem: str, measure: str, concept: str) -> None:
    assert concept in {hit.id for hit in lexicons.concepts_in(problem)}
    assert concept in {hit.id for hit in lexicons.concepts_in(measure)}


def test_concepts_are_many_named_and_unique() -> None:
    concepts = lexicons.synonyms()
    assert len(concepts) >= 70
    assert len({concept.id for concept in concepts}) == len(concepts)
    for concept in concepts:
        assert concept.name
        assert concept.weight > 0
        assert all(len(term) >= 2 for term in concept.terms)


def test_places_are_characters_and_the_longest_term_wins() -> None:
    text = "𠮷aé：加强理论学习中心组学习，一岗双责"
    hits = lexicons.concepts_in(text)
    assert [text[hit.start : hit.end] for hit in hits] == [hit.term for hit in hits]
    assert "理论学习中心组学习" in {hit.term for hit in hits}
    assert "中心组" not in {hit.term for hit in hits}


def test_a_term_of_two_concepts_is_a_hit_for_both() -> None:
    assert {hit.id for hit in lexicons.concepts_in("应急疏散演练，事故")} >= {"risk", "work-safety"}


def test_threads_may_share_the_automata() -> None:
    text = "".join(AREAS) * 5
    wanted = lexicons.concepts_in(text), lexicons.areas_of(text)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _n: (lexicons.concepts_in(text), lexicons.areas_of(text)), range(40)))
    assert all(each == wanted for each in found)


def test_verbs_of_doing_and_of_attitude_are_apart() -> None:
    verbs = lexicons.verbs()
    assert not set(verbs.doing) & set(verbs.attitude)
    assert {"开展", "建立", "制定", "组织", "召开", "完成", "整改", "公开", "排查", "清理"} <= set(verbs.doing)
    assert {"提高", "增强", "强化", "深化", "树牢", "坚持", "牢记"} <= set(verbs.attitude)


def test_hedges_hold_the_usual_ones_once() -> None:
    hedges = lexicons.hedges()
    assert len(set(hedges)) == len(hedges)
    assert {"还不够", "有时", "个别", "一定程度上", "有待", "不够", "偶尔", "有的"} <= set(hedges)


def test_roles_hold_headings_and_titles_apart() -> None:
    roles = lexicons.roles()
    words = [word for section in roles.sections.values() for word in section]
    assert len(set(words)) == len(words)
    assert "产生问题的根源" in roles.sections["causes"]
    assert "反面典型" in roles.sections["case"]
    assert "对照检查材料" in roles.genres["self-examination"]
    assert "整改情况报告" in roles.genres["progress"]


def test_spellings_stand_for_words() -> None:
    spellings = lexicons.obfuscations()
    assert spellings["dangshi"] == "党史"
    assert spellings["mzshh"] == "民主生活会"
    assert spellings["zzshh"] == "组织生活会"
    with pytest.raises(TypeError):
        spellings["x"] = "y"


def test_an_offices_own_spellings_outweigh_ours(tmp_path) -> None:
    path = tmp_path / "own.toml"
    path.write_text('[[spelling]]\nwords = { dzb = "电子版", qwhy = "区委会议" }\n', encoding="utf-8")
    spellings = lexicons.obfuscations(str(path))
    assert (spellings["dzb"], spellings["qwhy"], spellings["dangshi"]) == ("电子版", "区委会议", "党史")


@pytest.mark.parametrize("spelling", ["DZB", "d2", '"党*史"'])
def test_a_spelling_of_other_characters_is_refused_with_its_place(tmp_path, spelling: str) -> None:
    path = tmp_path / "own.toml"
    path.write_text(f'[[spelling]]\nwords = {{ {spelling} = "党史" }}\n', encoding="utf-8")
    with pytest.raises(DataError) as error:
        lexicons.obfuscations(str(path))
    bare = spelling.strip('"')
    assert error.value.place == f"{path}: spelling[1].words.{bare}"
