"""The guide's rules (docs/annotating.md), each on a layout of its own."""

import pytest

from bihuan.reading import outline, statements
from bihuan.text.normal import normalise


def read(text, genre="self-examination"):
    normal = normalise(text)
    drafts, parts = statements.find(normal.text, outline.build(normal), genre)
    return [(d.kind[0].upper(), text[slice(*normal.original(d.start, d.end))]) for d in drafts], [p.role for p in parts]


def kinds(text, genre="self-examination"):
    return "".join(kind for kind, _ in read(text, genre)[0])


def test_items_in_a_paragraph_under_a_topic():
    found, roles = read(
        "对照检查材料\n一、存在的问题\n（一）学习方面。总体较好，但还存在一些问题：一是学得少。二是谈得浅。\n二、原因分析\n（一）认识不够。\n"
        "三、整改措施\n（一）加强学习。一是订计划；二是抓研讨。"
    )
    assert found == [
        ("P", "一是学得少。"),
        ("P", "二是谈得浅。"),
        ("C", "（一）认识不够。"),
        ("M", "（一）加强学习。一是订计划；二是抓研讨。"),
    ]
    assert roles == ["preamble", "problems", "causes", "measures"]


def test_items_of_their_own_under_a_claim():
    found, _ = read(
        "一、整改措施\n（一）突出政治建设。一要抓实学习。每月研讨一次，年底测试。二要管好阵地。每季度会商，限期整改。"
    )
    assert [words[:2] for _, words in found] == ["一要", "二要"]


def test_lines_of_their_own_are_statements():
    assert (
        kinds("一、存在的问题\n（一）学习不够深入。\n1.计划不细。\n2.研讨不多。\n（二）作风不够扎实。\n1.下沉不够。")
        == "PPP"
    )


def test_problems_parted_by_semicolons():
    found, _ = read(
        "存在的问题\n主要存在以下问题：学习计划不细；研讨质量不高；成果转化不够。\n整改措施\n1.制定计划。\n2.提高质量。"
    )
    assert [w for k, w in found if k == "P"] == ["学习计划不细；", "研讨质量不高；", "成果转化不够。"]


def test_labels_inside_a_paragraph():
    found, _ = read(
        "1.学习方面。存在问题：学习计划不细。原因分析：重视不够。整改措施：每月学习一次，年底测试。\n2.作风方面。存在问题：下沉不够。原因分析：惯性思维。整改措施：每周下沉一天。"
    )
    assert [k for k, _ in found] == list("PCMPCM")
    assert found[0] == ("P", "学习计划不细。")


def test_praise_before_the_turn_is_no_problem():
    found, _ = read(
        "一、存在的问题\n（一）学习方面。一是组织了12次学习；二是开展了测试，取得成效。但仍存在不足：一是学得不够深；二是谈得不够透。\n二、整改措施\n（一）加强学习。"
    )
    assert [w for k, w in found if k == "P"] == ["一是学得不够深；", "二是谈得不够透。"]


def test_quoted_marks_do_not_count():
    assert (
        kinds(
            "一、存在的问题\n（一）学习不够。有的认为“一是没时间，二是没必要”，学得少。\n二、整改措施\n（一）加强学习。"
        )
        == "PM"
    )


def test_a_contents_list_does_not_count_twice():
    text = "对照检查材料\n目录\n一、存在的问题……1\n（一）学习不够……1\n二、整改措施……3\n一、存在的问题\n（一）学习不够\n计划不细，研讨不多。\n二、整改措施\n（一）加强学习。"
    assert kinds(text) == "PM"


def test_top_items_that_are_problems():
    assert (
        kinds(
            "检视剖析材料\n对照要求，查摆问题如下：\n一、学习不够深入。满足于读文件。\n二、担当不够有力。遇事绕道走。\n三、作风不够扎实。下沉少。"
        )
        == "PPP"
    )


def test_a_plan_of_named_problems():
    found, _ = read(
        "整改方案\n（一）关于“学习不深入”问题的整改\n整改措施：1.每月学习一次。2.年底测试。\n责任单位：办公室\n整改时限：6月底前\n（二）关于“作风不实”问题的整改\n整改措施：每周下沉一天。\n责任单位：各科室",
        "plan",
    )
    assert [k for k, _ in found] == list("PMMPM")
    assert found[2][1] == "2.年底测试。"


def test_progress_is_no_measure():
    assert (
        kinds(
            "一、上年度整改措施落实情况\n（一）学习制度更加健全。\n二、存在的问题\n（一）学习不够。\n三、努力方向\n（一）加强学习。"
        )
        == "PM"
    )


def test_measures_before_problems():
    assert (
        kinds(
            "一、整改措施\n（一）加强学习。\n（二）转变作风。\n二、存在的主要问题\n（一）学习不够。\n（二）作风不实。"
        )
        == "MMPP"
    )


def test_one_two_three_nested_in_one_two_three():
    assert (
        kinds("一、存在的问题\n一、学习不够深入。\n二、担当不够有力。\n二、整改措施\n一、加强学习。\n二、勇于担当。")
        == "PPMM"
    )


@pytest.mark.parametrize(
    "style",
    [
        "一是{}。二是{}。三是{}。",
        "首先，{}。其次，{}。最后，{}。",
        "①{}。②{}。③{}。",
        "第一，{}。第二，{}。第三，{}。",
        "1.{}。2.{}。3.{}。",
        "（1）{}。（2）{}。（3）{}。",
    ],
)
def test_every_inline_style(style):
    text = (
        "一、存在的问题\n（一）学习方面。存在以下问题："
        + style.format("学得不够", "谈得不深", "用得不多")
        + "\n二、整改措施\n（一）加强学习。"
    )
    assert kinds(text) == "PPPM"


def test_the_signature_belongs_to_nothing():
    found, _ = read(
        "一、存在的问题\n（一）学习不够。\n二、整改措施\n（一）加强学习。\n以上报告，请批评指正。\n某某局党组\n2024年1月5日"
    )
    assert found[-1] == ("M", "（一）加强学习。")
