"""Every rule: its examples, its file, and what holds for any text."""

import random
import sys
from importlib import import_module
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bihuan.checking import registry
from bihuan.checking.config import Config
from bihuan.checking.fix import apply_edits, chosen_edits
from bihuan.checking.rule import Context
from bihuan.checking.run import check
from bihuan.reading.read import read

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))

import rule_docs
import samples

RULES = registry.available()
EVERY = Config(select=tuple(rule.code for rule in RULES))
SEED = Path(__file__).parents[2].parent / "shared" / "seed" / "report.txt"


def found(rule, example, last_year):
    """What a rule finds in an example; the bad one is last year's report, for the rules that compare."""
    reading = read(example)
    return list(rule.run(Context(reading, read(last_year))))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_the_bad_example_is_found_and_the_good_one_is_not(rule):
    assert found(rule, rule.bad, rule.bad)
    assert found(rule, rule.good, rule.bad) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_explains_itself(rule):
    assert rule.name == rule.name.lower()
    assert rule.name.replace("-", "").isalnum()
    assert len(rule.summary) <= 40
    assert rule.summary[-1] != "。"
    assert rule.why[-1] == "。"


def test_codes_and_names_are_unique_and_files_are_named_after_them():
    assert len({rule.code for rule in RULES}) == len(RULES)
    assert len({rule.name for rule in RULES}) == len(RULES)
    for module in registry.modules():
        name = module.rpartition(".")[2]
        assert import_module(module).RULE.code == name.partition("_")[0].upper()


def test_the_pages_are_current():
    assert rule_docs.stale() == [], "run `make rules`"


# --- any text --------------------------------------------------------------------------------------------------------

PIECES = [
    *(line for rule in RULES for example in (rule.bad, rule.good) for line in example.splitlines()[:12]),
    "一、", "（一）", "1.", "（1）", "一是", "二要", "三是", "“", "”", "（", "）", "《", "\n", "\n\n", "\r\n", "\t", "\u3000", "xx", "20xx年",
    "dangshi", "责任单位：办公室", "6月底前", "定期开展", "\0", "\u2028", "😀", "e\u0301", "𠀀", "︎", "|",
]  # fmt: skip
texts = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(PIECES), max_size=30).map("".join),
    st.lists(st.sampled_from(PIECES), max_size=30).map("\n".join),
)


def lies_inside(text, findings):
    for finding in findings:
        assert 0 <= finding.start <= finding.end <= len(text)
        assert finding.message
        for span in finding.related:
            assert 0 <= span.start <= span.end <= len(text)
        for edit in finding.fix.edits if finding.fix else ():
            assert 0 <= edit.start <= edit.end <= len(text)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=texts, last=texts)
def test_any_text_is_checked_and_findings_lie_in_it(text, last):
    reading = read("对照检查材料\n" + text)
    findings = check(reading, read("对照检查材料\n" + last), EVERY)
    lies_inside(reading.text, findings)
    assert list(findings) == sorted(findings, key=lambda f: (f.start, f.end))
    assert check(reading, read("对照检查材料\n" + last), EVERY) == findings


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=texts, unsafe=st.booleans())
def test_fixes_lose_nothing_outside_their_edits(text, unsafe):
    reading = read("对照检查材料\n" + text)
    fixes = chosen_edits(check(reading, config=EVERY), unsafe=unsafe)
    edits = sorted(edit for fix in fixes for edit in fix)
    assert all(a.end <= b.start for a, b in pairwise(edits))
    kept, at = [], 0
    for edit in edits:
        kept += [reading.text[at : edit.start], edit.new]
        at = edit.end
    assert apply_edits(reading.text, edits) == "".join([*kept, reading.text[at:]])


@pytest.mark.parametrize("path", [*samples.paths("tuned"), *samples.paths("untuned")], ids=lambda p: p.stem)
def test_the_samples_whole_and_torn(path):
    text = samples.parse(path).text
    lies_inside(text, check(read(text), config=EVERY))
    dice = random.Random(path.stem)
    lines = text.splitlines(keepends=True)
    dice.shuffle(lines)
    torn = "".join(lines)
    lies_inside(torn, check(read(torn), config=EVERY))


# --- what offices really write ---------------------------------------------------------------------------------------

HEAD = "对照检查材料\n一、存在的问题\n（一）学习不深入。"


@pytest.mark.parametrize(
    ("code", "text", "words"),
    [
        ("S002", "\n（二）作风不实。\n（四）担当不够。", ["（四）"]),
        ("S002", "\n一是甲。一是乙。二是丙。二是丁。三是戊。", []),
        ("S002", "一是甲；二是乙；四是丁。", ["四是"]),
        ("S002", "\n二、整改措施\n（一）抓学习。\n（一）抓学习。\n（二）抓作风。", []),
        ("S002", "“一是”“三是”的说法。", []),
        ("S005", "1）甲；2）乙；a) 丙。", []),
        ("S005", "“甲\n乙”丙。", []),
        ("S005", "\n“甲。\n“乙。\n“丙”。", []),
        ("S005", "（甲（乙））丙）丁。", ["）"]),
        ("S005", "（甲)和(乙）。", []),
        ("S005", "Xi'an’s 》》点击《《", []),
        ("S006", "x光、X射线、长×宽、3×4、xx.com、mp3、SUV-XX", []),
        ("S006", "20**年**月", ["20**年**月"]),
        ("S006", "二○○八年，党员张某某，某些", []),
        ("S006", "共____人（待补充），■■县", ["____", "（待补充）", "■■"]),
        ("S007", "见 www.dangshi.cn 和 dangshi@qq.com 的 Zhuti/", []),
        ("S007", "学 dsxx 和 DangShi", ["dsxx", "DangShi"]),
        (
            "M308",
            "\n二、整改措施\n（一）健全常态化帮扶政策。定期研讨。定期组织研讨。定期开展自查，每月一次。",
            ["定期", "定期"],
        ),
        ("M310", "\n二、整改措施\n（一）抓学习。年内基本完成整改，完成总体整改进度。", ["基本完成整改"]),
        ("M301", "\n二、整改措施\n（一）抓学习。由办公室牵头，寒假期间组织培训。", []),
        ("M302", "\n二、整改措施\n（一）抓学习。收到意见后十五个工作日内印发方案。", []),
    ],
)
def test_what_is_found(code, text, words):
    reading = read(HEAD + text + "\n")
    found = [reading.text[f.start : f.end] for f in check(reading, config=Config(select=(code,)))]
    assert found == words


# --- the report that Bihuan exists for -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def seed():
    if not SEED.is_file():
        pytest.skip("the seed report is not here")
    reading = read(SEED)
    return reading, check(reading, config=Config(select=("S", "M")))


def words(seed, code):
    reading, findings = seed
    return [reading.text[f.start : f.end] for f in findings if f.code == code]


def test_the_seeds_stray_quotation_mark(seed):
    reading, findings = seed
    stray = [f for f in findings if f.code == "S005"]
    assert [reading.text[f.start - 6 : f.end] for f in stray] == ["一缓、歇一歇”"]


def test_the_seeds_placeholders_and_spellings(seed):
    assert words(seed, "S006") == ["xx", "xx", "x", "xx", "xx", "xx"]
    assert set(words(seed, "S007")) == {"mzshh", "dangshi"}
    assert len(words(seed, "S007")) == seed[0].text.count("dangshi") + seed[0].text.count("mzshh")


def test_the_seeds_measures_have_no_owner_and_no_date(seed):
    measures = [seed[0].text[slice(*m.headline)] for m in seed[0].of_kind("measure")]
    assert len(measures) == 10
    assert words(seed, "M301") == measures
    assert words(seed, "M302") == measures


def test_nobody_answers_the_delayed_school_and_the_village_accounts(seed):
    unanswered = [f for f in seed[1] if f.code == "M305"]
    assert len(unanswered) == 2
    school, village = unanswered
    assert "民生项目" in school.message
    assert "村级财务" in village.message


def test_nothing_else_is_wrong_with_the_seeds_structure(seed):
    assert {f.code for f in seed[1] if f.code[0] == "S"} == {"S001", "S005", "S006", "S007"}
    assert [f.message for f in seed[1] if f.code == "S001"] == ["没有“上年度整改措施落实情况”这一部分"]
