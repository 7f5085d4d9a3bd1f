"""Word documents: numbers restored, changes accepted, what isn't printed left out, nothing trusted."""

import io
import sys
import zipfile
from pathlib import Path

import pytest

from bihuan.errors import InputDamaged, InputEncrypted, InputTooLarge
from bihuan.reading.sources import archive, docx
from bihuan.reading.sources.numbering import chinese, written

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))
import samples

NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


def packed(**parts):
    """A document of raw XML parts: ``document``, ``numbering``, ``styles``, ``footnotes`` …"""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for name, inner in parts.items():
            body = f"<w:body>{inner}</w:body>" if name == "document" else inner
            file.writestr(f"word/{name}.xml", f"<w:{name} {NS}>{body}</w:{name}>")
    return target.getvalue()


def loaded(body, **parts):
    document = docx.load(packed(document=body, **parts), name="报告.docx", sha256="0")
    assert [document.text[b.start : b.end] for b in document.blocks] == document.text.split("\n") or not document.text
    return document


def lines(body, **parts):
    return loaded(body, **parts).text.split("\n")


def run(text, properties=""):
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def p(text="", number=None, level=0, style="", mark=""):
    numbered = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>' if number is not None else ""
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    inner = text if text.startswith("<") else run(text) if text else ""
    return f"<w:p><w:pPr>{styled}{numbered}<w:rPr>{mark}</w:rPr></w:pPr>{inner}</w:p>"


def lvl(level, form, text, start=1, more=""):
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def abstract(name, *levels, more=""):
    return f'<w:abstractNum w:abstractNumId="{name}">{more}{"".join(levels)}</w:abstractNum>'


def num(number, name, overrides=""):
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{name}"/>{overrides}</w:num>'


THREE = (
    lvl(0, "chineseCountingThousand", "%1、"),
    lvl(1, "chineseCounting", "（%2）"),
    lvl(2, "decimal", "%3."),
)


def test_levels_count_and_restart():
    body = p("甲", 1) + p("子", 1, 1) + p("丑", 1, 1) + p("细", 1, 2) + p("乙", 1) + p("寅", 1, 1) + p("正文")
    found = lines(body, numbering=abstract(0, *THREE) + num(1, 0))
    assert found == ["一、甲", "（一）子", "（二）丑", "1.细", "二、乙", "（一）寅", "正文"]


def test_start_override_and_shared_counting():
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    numbering = abstract(0, *THREE) + num(1, 0) + num(2, 0) + num(3, 0, override)
    found = lines(p("甲", 1) + p("乙", 2) + p("丙", 3) + p("丁", 3) + p("戊", 1), numbering=numbering)
    assert found == ["一、甲", "二、乙", "五、丙", "六、丁", "七、戊"]


def test_start_override_of_a_deeper_level_holds_at_every_restart():
    override = '<w:lvlOverride w:ilvl="1"><w:startOverride w:val="3"/></w:lvlOverride>'
    body = p("甲", 1) + p("子", 1, 1) + p("乙", 1) + p("丑", 1, 1)
    found = lines(body, numbering=abstract(0, *THREE) + num(1, 0, override))
    assert found == ["一、甲", "（三）子", "二、乙", "（三）丑"]


def test_level_override_replaces_the_form():
    override = f'<w:lvlOverride w:ilvl="0">{lvl(0, "decimalEnclosedCircleChinese", "%1")}</w:lvlOverride>'
    found = lines(p("甲", 1) + p("乙", 1), numbering=abstract(0, *THREE) + num(1, 0, override))
    assert found == ["① 甲", "② 乙"]


@pytest.mark.parametrize(
    ("restart", "expected"),
    [("", "（一）丑"), ('<w:lvlRestart w:val="0"/>', "（二）丑"), ('<w:lvlRestart w:val="1"/>', "（一）丑")],
)
def test_level_restart(restart, expected):
    levels = (THREE[0], lvl(1, "chineseCounting", "（%2）", more=restart))
    body = p("甲", 1) + p("子", 1, 1) + p("乙", 1) + p("丑", 1, 1)
    assert lines(body, numbering=abstract(0, *levels) + num(1, 0))[-1] == expected


def test_multi_level_text_and_legal_numbering():
    levels = (
        lvl(0, "chineseCounting", "第%1章"),
        lvl(1, "decimal", "%1.%2", more="<w:isLgl/>"),
        lvl(2, "decimal", "%1.%2.%3"),
    )
    body = p("总则", 1) + p("目的", 1, 1) + p("细则", 1, 2)
    found = lines(body, numbering=abstract(0, *levels) + num(1, 0))
    assert found == ["第一章 总则", "1.1 目的", "一.1.1 细则"]


def test_numbers_come_through_styles_and_can_be_off():
    styles = (
        '<w:style w:type="paragraph" w:styleId="A"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/>'
        '</w:numPr></w:pPr></w:style><w:style w:type="paragraph" w:styleId="B"><w:name w:val="条"/><w:basedOn w:val="A"/>'
        '</w:style><w:style w:type="paragraph" w:styleId="C"><w:name w:val="款"/><w:basedOn w:val="A"/></w:style>'
    )
    levels = (THREE[0], lvl(1, "chineseCounting", "（%2）", more='<w:pStyle w:val="C"/>'))
    body = p("甲", style="A") + p("乙", style="B") + p("丙", style="C") + p("丁", 0, style="A") + p("戊", style="A")
    found = lines(body, numbering=abstract(0, *levels) + num(1, 0), styles=styles)
    assert found == ["一、甲", "二、乙", "（一）丙", "丁", "三、戊"]


def test_lists_linked_by_a_list_style():
    numbering = (
        abstract(0, more='<w:numStyleLink w:val="L"/>')
        + abstract(1, *THREE, more='<w:styleLink w:val="L"/>')
        + num(1, 0)
    )
    assert lines(p("甲", 1) + p("乙", 1), numbering=numbering) == ["一、甲", "二、乙"]


def test_bullets_give_nothing_and_empty_paragraphs_count():
    numbering = abstract(0, *THREE) + num(1, 0) + abstract(1, lvl(0, "bullet", "●")) + num(2, 1)
    assert lines(p("甲", 1) + p("", 1) + p("丙", 1) + p("点", 2), numbering=numbering) == ["一、甲", "三、丙", "点"]


def test_unreadable_numbers_in_the_file_are_no_fault():
    numbering = abstract(0, lvl("²", "decimal", "%1.", start="9" * 6000)) + num(1, 0)
    assert lines(p("甲", 1) + p("乙", 1, "x") + p("丙", 7), numbering=numbering) == ["1.甲", "2.乙", "丙"]


@pytest.mark.parametrize(
    ("number", "form", "expected"),
    [
        (12, "chineseCounting", "十二"), (21, "japaneseCounting", "二十一"), (110, "chineseCountingThousand", "一百一十"),
        (3, "ideographTraditional", "丙"), (7, "decimalEnclosedCircle", "⑦"), (12, "decimalFullWidth", "１２"),
        (28, "lowerLetter", "bb"), (14, "upperRoman", "XIV"), (3, "bullet", ""), (-4, "chineseCounting", "-4"),
        (900_000_000, "lowerLetter", "900000000"), (5, "neverHeardOf", "5"),
    ],
)  # fmt: skip
def test_forms_of_numbers(number, form, expected):
    assert written(number, form) == expected


def test_chinese_numerals():
    assert [chinese(n) for n in (0, 9, 10, 19, 20, 99, 100, 105, 115, 200)] == [
        "零", "九", "十", "十九", "二十", "九十九", "一百", "一百零五", "一百一十五", "二百",
    ]  # fmt: skip


def test_tracked_changes_are_accepted():
    body = p(
        run("存在") + f"<w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:ins>{run('新')}</w:ins>" + run("问题")
    )
    body += f"<w:moveFrom>{p('搬走')}</w:moveFrom>" + p(
        f"<w:moveFrom>{run('搬走')}</w:moveFrom><w:moveTo>{run('搬来')}</w:moveTo>"
    )
    assert lines(body) == ["存在新问题", "搬来"]


def test_a_deleted_paragraph_mark_joins_and_loses_nothing_at_the_end():
    body = p("前半", mark="<w:del/>") + p("后半") + p("末尾", mark="<w:del/>")
    assert lines(body) == ["前半后半", "末尾"]


def test_a_moved_paragraph_takes_no_number():
    numbering = abstract(0, *THREE) + num(1, 0)
    moved = p(f"<w:moveFrom>{run('乙')}</w:moveFrom>", 1, mark="<w:moveFrom/>")
    assert lines(p("甲", 1) + moved + p("丙", 1), numbering=numbering) == ["一、甲", "二、丙"]


def test_what_is_not_printed_is_left_out():
    styles = (
        '<w:style w:type="paragraph" w:styleId="10"><w:name w:val="toc 1"/></w:style>'
        '<w:style w:type="character" w:styleId="H"><w:name w:val="隐"/><w:rPr><w:vanish/></w:rPr></w:style>'
    )
    body = (
        p("目录行", style="10")
        + '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        + f"<w:sdtContent>{p('目录二')}</w:sdtContent></w:sdt>"
        + f"<w:sdt><w:sdtContent>{p('控件里的正文')}</w:sdtContent></w:sdt>"
        + p(
            run("看见")
            + run("看不见", "<w:vanish/>")
            + run("也不见", '<w:rStyle w:val="H"/>')
            + run("的", '<w:vanish w:val="0"/>')
        )
        + p("<w:r><w:instrText> PAGE </w:instrText></w:r>" + run("第3页") + '<w:r><w:commentReference w:id="1"/></w:r>')
    )
    comments = p("批注")
    assert lines(body, styles=styles, comments=comments, header1=p("页眉")) == ["控件里的正文", "看见的", "第3页"]


def test_text_boxes_once_and_notes_at_the_end():
    box = f"<w:txbxContent>{p('框里')}</w:txbxContent>"
    body = p(
        run("正文")
        + f"<w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox>"
        "</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    ) + p(run("后文") + '<w:r><w:footnoteReference w:id="1"/><w:endnoteReference w:id="1"/></w:r>')
    notes = (
        f'<w:footnote w:type="separator" w:id="0">{p("线")}</w:footnote><w:footnote w:id="1">{p("脚注")}</w:footnote>'
        f'<w:footnote w:id="2">{p("没有引用")}</w:footnote>'
    )
    document = loaded(body, footnotes=notes, endnotes=f'<w:endnote w:id="1">{p("尾注")}</w:endnote>')
    assert document.text.split("\n") == ["正文", "框里", "后文", "脚注", "尾注"]
    assert [b.kind for b in document.blocks] == ["paragraph", "paragraph", "paragraph", "footnote", "footnote"]


def test_titles_and_headings():
    styles = (
        '<w:style w:type="paragraph" w:styleId="t"><w:name w:val="Title"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="x"><w:name w:val="一级"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
    )
    document = loaded(p("题", style="t") + p("二", style="2") + p("一", style="x") + p("文"), styles=styles)
    assert [(b.kind, b.level) for b in document.blocks] == [
        ("title", 0),
        ("heading", 2),
        ("heading", 1),
        ("paragraph", 0),
    ]


def cell(inner, properties=""):
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def test_merged_cells_stand_wherever_they_reach():
    body = (
        "<w:tbl>"
        + "".join(
            f"<w:tr>{row}</w:tr>"
            for row in (
                cell(p("序号")) + cell(p("责任"), '<w:gridSpan w:val="2"/>'),
                cell(p("1"), '<w:vMerge w:val="restart"/>') + cell(p("办公室") + p("主任")) + cell(p()),
                cell(p(), "<w:vMerge/>") + cell(p("学校")) + cell(p("校长")),
                '<w:trPr><w:gridBefore w:val="1"/></w:trPr>' + cell(p("村")) + cell(p("书记")),
                "<w:trPr><w:del/></w:trPr>" + cell(p("删去的行")),
            )
        )
        + "</w:tbl>"
    )
    document = loaded(body + p("表后"))
    (table,) = document.tables
    words = [[s and document.text[s.start : s.end] for s in row] for row in table.rows]
    assert words == [
        ["序号", "责任", "责任"], ["1", "办公室\n主任", None], ["1", "学校", "校长"], [None, "村", "书记"],
    ]  # fmt: skip
    assert table.rows[1][0] is table.rows[2][0]
    assert [b.kind for b in document.blocks] == ["cell"] * 9 + ["paragraph"]


def test_an_automatic_number_alone_in_a_cell_is_its_text():
    body = "<w:tbl>" + "".join(f"<w:tr>{cell(p('', 1))}{cell(p(x))}</w:tr>" for x in "甲乙") + "</w:tbl>"
    numbering = abstract(0, lvl(0, "decimal", "%1")) + num(1, 0)
    assert [line.strip() for line in lines(body, numbering=numbering)] == ["1", "甲", "2", "乙"]


def test_a_document_type_is_refused():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as file:
        file.writestr(
            "word/document.xml",
            f'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y "泄露">]><w:document {NS}><w:body>'
            "<w:p><w:r><w:t>前</w:t><w:t>&x;&y;</w:t><w:t>后</w:t></w:r></w:p></w:body></w:document>",
        )
    with pytest.raises(InputDamaged):
        docx.load(target.getvalue(), name="a", sha256="")


def test_truncated_and_broken_files():
    data = packed(document=p("问题" * 500))
    for size in (4, 30, len(data) // 2, len(data) - 30):
        with pytest.raises(InputDamaged):
            docx.load(data[:size], name="a", sha256="")
    with pytest.raises(InputDamaged):
        docx.load(packed(document="<w:p>"), name="a", sha256="")
    with pytest.raises(InputDamaged, match="正文"):
        docx.load(packed(styles=""), name="a", sha256="")


def test_a_bomb_is_stopped_while_it_inflates(monkeypatch):
    monkeypatch.setattr(archive, "MAX_INFLATED", 100_000)
    with pytest.raises(InputTooLarge):
        docx.load(packed(document=p("零" * 100_000)), name="a", sha256="")
    monkeypatch.setattr(archive, "MAX_MEMBERS", 1)
    with pytest.raises(InputTooLarge):
        docx.load(packed(document=p("零"), styles=""), name="a", sha256="")


def test_other_compressions_are_refused():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_BZIP2) as file:
        file.writestr("word/document.xml", "x")
    with pytest.raises(InputDamaged):
        docx.load(target.getvalue(), name="a", sha256="")


def test_an_encrypted_member():
    data = bytearray(packed(document=p("密")))
    at = data.rindex(b"PK\x01\x02")
    data[6] |= 1
    data[at + 8] |= 1
    with pytest.raises(InputEncrypted):
        docx.load(bytes(data), name="a", sha256="")


def test_samples_with_automatic_numbers_read_as_their_text():
    tried = 0
    for path in samples.paths()[:6]:
        sample = samples.parse(path)
        if "docx-auto" not in sample.formats:
            continue
        tried += 1
        document = docx.load(samples.render(sample, "docx-auto"), name="a", sha256="")
        assert document.text.split("\n") == [x for x in samples._lines(sample) if x.strip()], path.name
    assert tried
