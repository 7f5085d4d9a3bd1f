"""The rules on problems, causes, style and publishing: their examples, sharp cases, and any text at all."""

from __future__ import annotations

import importlib
import pkgutil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bihuan
from bihuan.checking import rules as package
from bihuan.checking.finding import Finding
from bihuan.checking.rule import Context, Rule
from bihuan.checking.rules.x601_identity_number import is_identity_number
from bihuan.checking.rules.x605_bank_card import passes_luhn
from bihuan.errors import DataError

RULES: dict[str, Rule] = {
    rule.code: rule
    for rule in (
        importlib.import_module(f"{package.__name__}.{module.name}").RULE
        for module in pkgutil.iter_modules(package.__path__)
        if module.name[0] in "pcwx"
    )
}
HEAD = "班子对照检查材料\n一、存在的问题\n"
TAIL = "\n二、整改措施\n（一）抓好整改。\n"


def findings(code: str, text: str, last_year: str | None = None, **options: object) -> list[Finding]:
    context = Context(bihuan.read(text), None if last_year is None else bihuan.read(last_year))
    return list(RULES[code].run(context, options))


def found(code: str, text: str, **options: object) -> list[str]:
    return [text[f.start : f.end] for f in findings(code, text, **options)]


def problem(words: str) -> str:
    return f"{HEAD}（一）{words}{TAIL}"


def causes(words: str) -> str:
    return f"{HEAD}（一）项目推进缓慢。9个项目有3个没有开工。\n二、原因剖析\n（一）{words}\n三、整改措施\n（一）加快建设。\n"


def test_all_rules_are_here():
    wanted = {"P": range(101, 108), "C": range(201, 205), "W": range(401, 406), "X": range(601, 606)}
    assert {f"{family}{n}" for family, numbers in wanted.items() for n in numbers} <= set(RULES)


@pytest.mark.parametrize("code", sorted(RULES))
def test_bad_is_found_and_good_is_not(code):
    rule = RULES[code]
    last_year = rule.bad if code == "P107" else None
    bad = findings(code, rule.bad, last_year)
    assert bad
    assert all(0 <= f.start < f.end <= len(rule.bad) and f.message for f in bad)
    assert findings(code, rule.good, last_year) == []


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("P101", "学习不够深入。系统学习不足，思考不深，学用结合不紧，与要求相比有差距。"),
        ("P102", "担当不足。有的同志怕担责任，遇事绕着走；部分干部只求过得去。"),
        ("P104", "学习还不够。有时有畏难倾向，个别同志不太主动，还有差距。"),
        ("P105", "项目慢。有3个没有开工，主要原因是怕担责任。"),
    ],
)
def test_problems_found(code, words):
    assert found(code, problem(words))


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("P101", "学习不够深入。比如，去年的研讨只念了文件，思考不深，学用结合不紧。"),
        ("P101", "学习不够深入。读《资本论》只看了序言，思考不深，学用结合不紧，差距大。"),
        ("P101", "考勤不严。上班时间有人在食堂打牌，值班室夜里没有灯，找人签字要跑三趟。"),
        ("P102", "担当不足。班子遇事绕着走，有的同志怕担责任。"),
        ("P102", "担当不足。我怕担责任，有的干部跟着学。"),
        ("P102", "律师行业管得宽。个别党员律师违规代理，没有惩戒。"),
        ("P103", "公开不及时。虽然建了公开栏，但去年有4个村没有张榜。"),
        ("P104", "学习不够。12次学习有5次没有讨论，个别同志有时缺席，还有差距。"),
        ("P105", "底数不清。对事故原因分析不透，3起事故没有查清。"),
    ],
)
def test_problems_let_be(code, words):
    assert found(code, problem(words)) == []


def test_praise_before_the_first_problem_is_found_at_its_place():
    praise = "班子始终坚持正确方向，认真学习各项部署，" * 6
    text = f"{HEAD}（一）政治方面。{praise}但还存在一些问题：一是学习不深。12次学习讨论3次。二是落实不力。\n二、整改措施\n（一）抓好学习。\n"
    assert found("P103", text) == [praise]


def test_two_problems_that_are_one_point_at_each_other():
    text = f"{HEAD}（一）村务公开不及时。4个村没有张榜公布账目。\n（二）信访积案多。12件没有办结。\n（三）村务公开不够及时。有4个村没有张榜公布账目。{TAIL}"
    (only,) = findings("P106", text)
    assert text[only.start : only.end].startswith("（三）")
    assert text[only.related[0].start : only.related[0].end].startswith("（一）")


def test_returned_needs_last_years_report_and_likeness():
    now = problem("村务公开不及时。有4个村没有张榜公布账目。")
    assert findings("P107", now) == []
    assert findings("P107", now, problem("信访积案化解慢。12件只办结5件。")) == []
    (only,) = findings("P107", now, problem("村级村务公开不够及时。抽查有6个村没有张榜。"))
    assert "村级村务公开不够及时" in only.message


def test_what_often_errs_is_off_unless_asked_for():
    assert [code for code, rule in sorted(RULES.items()) if not rule.default] == ["C202"]
    assert "默认不查" in RULES["C202"].why


def test_causes_are_asked_for_only_where_there_are_some():
    assert found("C201", problem("学习不深。12次学习讨论3次。")) == []


@pytest.mark.parametrize("words", ["经费不足。县级财力有限。", "受疫情影响，工期推迟。", "部分群众不理解、不配合。"])
def test_blame_is_found(words):
    assert found("C203", causes(words))


@pytest.mark.parametrize(
    "words",
    [
        "总是强调经费不足、人手紧张。",
        "班子认为群众不配合就可以等一等。",
        "对群众的冷暖重视不够。",
        "把客观条件当成借口。",
        "专业人员偏少，班子没有统筹培养。",
    ],
)
def test_owning_up_is_no_blame(words):
    assert found("C203", causes(words)) == []


def test_four_character_names_in_quotes_and_short_lists_are_no_chain():
    assert found("W404", problem("落实“节水优先、空间均衡、系统治理、两手发力”不力。")) == []
    assert found("W404", problem("盘活项目资金、文化旅游、土地水利、基础设施等资源不力。")) == []


def test_long_sentences_count_neither_titles_nor_quotations():
    long_title = "《" + "关于进一步做好工作的通知" * 12 + "》"
    assert found("W403", problem(f"没有落实{long_title}，拖了两年，没有下文，没有回音。")) == []
    assert found("W403", problem("，".join(["一句一句接着说下去"] * 15) + "。"))
    assert found("W403", problem("，".join(["一句一句接着说下去"] * 15) + "。"), longest=400) == []


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("截止2024年6月底有3件没有办结", "截至"),
        ("截止目前有3件没有办结", "截至"),
        ("截止到今年6月有3件没有办结", "截至"),
        ("报名截至日期改了三次", "截止"),
        ("村里没有记帐，帐目混乱", "记账"),
        ("台帐不全", "台账"),
        ("账帐不符", "账账"),
        ("单位帐户没有清理", "账"),
        ("没有学习二十大三中全会精神", "二十届"),
        ("任务抓的不紧", "得"),
        ("没有布署", "部署"),
        ("入党积极份子培养不够", "分子"),
        ("县政府党委会议没有研究", "政府党组"),
        ("权利运行不透明", "权力"),
        ("群众反应的问题没有答复", "反映"),
        ("一如继往地慢", "一如既往"),
    ],
)
def test_true_errors(wrong, right):
    text = problem(f"工作不力。{wrong}。")
    first = findings("W405", text)[0]
    assert right in first.message
    assert first.fix is not None
    (edit,) = first.fix.edits
    assert text[edit.start : edit.end] != edit.new


@pytest.mark.parametrize(
    "words",
    [
        "报名截止日期是6月30日，截止时间已过",
        "申报于2024年6月30日截止，截至目前没有结果",
        "受理信访时间截止到2020年12月15日",
        "申报2024年6月30日截止",
        "搭了三顶帐篷，蚊帐没有发",
        "账目不清，台账不全，账号没有注销",
        "二十届三中全会精神学习不深",
        "公民的权利没有保障，权力清单没有公布",
        "群众反应强烈",
        "他做的不是这件事，抓的不少是虚功",
        "部属高校没有联系，部属单位没有回访",
        "县委书记没有研究，乡政府党委书记兼任",
        "老师自己经过反复讨论，知己经验不足",
        "防讯息泄露不力",
        "县纪委监委与人民检察院衔接不畅",
    ],
)
def test_what_is_written_rightly(words):
    assert found("W405", problem(f"工作不力。{words}。")) == []


def test_a_safe_fix_makes_the_report_right():
    text = problem("台帐不全。截止目前，4个村没有记帐。")
    edits = sorted((e for f in findings("W405", text) if f.fix and f.fix.safe for e in f.fix.edits), reverse=True)
    for edit in edits:
        text = text[: edit.start] + edit.new + text[edit.end :]
    assert "台账不全。截至目前，4个村没有记账。" in text
    assert findings("W405", text) == []


def test_an_office_may_add_errors_of_its_own(tmp_path):
    own = tmp_path / "own.toml"
    own.write_text(
        '[[error]]\npattern = "区委办"\nright = "区委办公室"\nsure = false\nwhy = "用全称"\n', encoding="utf-8"
    )
    assert found("W405", problem("区委办没有督办。"), own=str(own)) == ["区委办"]


@pytest.mark.parametrize(
    "entry",
    ['pattern = "("\nright = "x"\nwhy = "y"', 'pattern = "x"\nwhy = "y"', 'patern = "x"\nright = "x"\nwhy = "y"'],
)
def test_an_offices_wrong_list_is_refused(tmp_path, entry):
    own = tmp_path / "own.toml"
    own.write_text(f"[[error]]\n{entry}\n", encoding="utf-8")
    with pytest.raises(DataError):
        found("W405", problem("区委办没有督办。"), own=str(own))


def identity(body: str) -> str:
    return next(body + c for c in "0123456789X" if is_identity_number(body + c))


@given(st.dates().filter(lambda d: d.year >= 1900), st.integers(110000, 659999), st.integers(0, 999))
def test_a_digit_changed_is_no_identity_number(born, region, serial):
    number = identity(f"{region}{born:%Y%m%d}{serial:03}")
    assert is_identity_number(number)
    for at in (0, 3, 16):
        other = str((int(number[at]) + 1) % 10)
        assert not is_identity_number(number[:at] + other + number[at + 1 :])


@pytest.mark.parametrize(
    "written",
    ["11010519491231002X", "１１０１０５１９４９１２３１００２Ｘ", "110105 19491231 002x", "110105-19491231-002X"],
)
def test_identity_numbers_however_written(written):
    assert found("X601", problem(f"登记{written}有误。")) == [written]


@pytest.mark.parametrize(
    "written", ["110105194913310021", "A11010519491231002X", "11010519491231002X5", "123456789012345678"]
)
def test_what_is_no_identity_number(written):
    assert found("X601", problem(f"登记{written}有误。")) == []


@pytest.mark.parametrize(
    "written",
    [
        "13812345678",
        "138-1234-5678",
        "138 1234 5678",
        "+86 13812345678",
        "１３８１２３４５６７８",
        "0371-65901234",
        "（0371）65901234",
    ],
)
def test_telephone_numbers(written):
    assert found("X602", problem(f"来访者{written}没有登记。")) == [written]


def test_a_petitioners_line_is_not_made_public_by_its_name():
    assert found("X602", problem("信访人联系电话：0371-65901234没有登记。")) == ["0371-65901234"]


def test_a_local_number_after_its_word():
    assert found("X602", problem("他的电话：65901234没有人接。")) == ["65901234"]


@pytest.mark.parametrize(
    "words",
    [
        "12345热线和12388举报",
        "监督电话：0371-65901234",
        "服务热线0371-65901234",
        "资金65901234元",
        "文号20240612001",
        "编号138123456789",
        "金额13812345678.50元",
        "2021-20220101",
        "拨打110、120、96110",
    ],
)
def test_what_is_no_private_telephone(words):
    assert found("X602", problem(f"办理不力。{words}。")) == []


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("信访人王建国多次反映", "王建国"),
        ("举报人：陈志强的材料", "陈志强"),
        ("学生李明，上课时", "李明"),
        ("未成年人张晓雨（六年级）", "张晓雨"),
        ("上访人刘子涵到省里", "刘子涵"),
    ],
)
def test_names(words, name):
    assert found("X603", problem(f"办理不力。{words}。")) == [name]


@pytest.mark.parametrize(
    "words",
    [
        "信访人王某多次反映",
        "学生安全责任不落实",
        "学生周末离校",
        "学生成绩下降",
        "信访人高度不满",
        "信访人何时来访",
        "患者程序繁琐",
        "村民于五月来访",
        "学生方便就餐",
        "学生王×反映",
        "学生张贴标语",
        "学生管理松",
        "居民常年反映",
        "学生家长不满",
        "书记王建国没有接访",
        "居民和谐相处不够",
        "村民都能说出",
        "业主都在等",
        "患者和家属不满",
    ],
)
def test_what_names_nobody(words):
    assert found("X603", problem(f"办理不力。{words}。")) == []


@pytest.mark.parametrize(
    "words",
    [
        "建设路15号院3号楼2单元401室",
        "翡翠湾小区8栋1203室",
        "青石村三组27号",
        "住在和平街118号",
        "幸福里花园6号楼三单元502",
    ],
)
def test_addresses(words):
    assert found("X604", problem(f"办理不力。老人家住{words}，没有人上门。"))


@pytest.mark.parametrize(
    "words",
    [
        "翡翠湾3号楼停工",
        "和平街118号门店乱停",
        "来信地址：建设路15号",
        "办公楼3号楼401室长期闲置",
        "青石村三组27户没有通水",
        "107国道15号桥",
        "1号楼120户没有供暖",
        "3号楼2单元48户没有通气",
        "居民反映和平街118号门店扰民",
        "教学楼3号楼201室漏水",
        "和平路、建设街两条路",
    ],
)
def test_what_is_no_door(words):
    assert found("X604", problem(f"办理不力。{words}。")) == []


@given(st.text("0123456789", min_size=15, max_size=18))
def test_cards_pass_their_check(body):
    good = [d for d in "0123456789" if passes_luhn(body + d)]
    assert len(good) == 1


@pytest.mark.parametrize(
    "written", ["6222020000000000000", "6222 0200 0000 0000 000", "６２２２０２０００００００００００００"]
)
def test_bank_cards(written):
    assert found("X605", problem(f"打入{written}，没有核对。")) == [written]


def test_other_cards_need_their_word():
    assert found("X605", problem("编号4111111111111111有误。")) == []
    assert found("X605", problem("卡号4111111111111111有误。")) == ["4111111111111111"]


def test_privacy_fixes_leave_nothing_and_are_never_made_unasked():
    text = problem("信访人王建国，11010519491231002X，13812345678，卡号6222020000000000000。")
    fixes = [f.fix for code in ("X601", "X602", "X603", "X605") for f in findings(code, text)]
    assert len(fixes) == 4
    for edit in sorted((e for fix in fixes if fix for e in fix.edits), reverse=True):
        text = text[: edit.start] + edit.new + text[edit.end :]
    assert not any(fix.safe for fix in fixes if fix)
    assert all(found(code, text) == [] for code in ("X601", "X602", "X603", "X605"))


PIECES = [
    *"一二三（）、，。；：“”《》\n\r\t 　\u3000│",
    "一是", "比如", "但是", "还不够", "有的同志", "班子", "存在的问题", "原因剖析", "整改措施", "截止目前", "记帐", "抓的不紧",
    "信访人", "王建国", "学生", "家住", "3号楼2单元401室", "138", "13812345678", "１３８", "11010519491231002X", "6222020000000000000",
    "dangshi", "mzshh", "四个意识", "进一步", "虽然", "能够", "真抓实干", "經費不足", "\u200b", "\x0b", "𠮷",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=60).map("".join)


@settings(deadline=None, max_examples=150)
@given(TEXTS, TEXTS)
def test_any_text_is_taken(text, last_year):
    text, last_year = HEAD + text, HEAD + last_year
    context = Context(bihuan.read(text), bihuan.read(last_year))
    for rule in RULES.values():
        for finding in rule.run(context):
            assert 0 <= finding.start <= finding.end <= len(context.text)
            for edit in finding.fix.edits if finding.fix else ():
                assert finding.start <= edit.start <= edit.end <= finding.end
