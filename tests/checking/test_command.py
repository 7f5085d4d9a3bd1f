"""``bihuan check``, ``explain`` and ``rules`` as people run them."""

import json
import os
import subprocess
import sys

import pytest
from docx import Document

from bihuan.checking.finding import Finding
from bihuan.exchange.findings import Checked, to_sarif, to_text

TEXT = "对照检查材料\n一、存在的问题\n（一）学习dangshi不深入。研讨少。\n二、整改措施\n（一）抓好学习。组织开展研讨。\n"
CLEAN = "第一季度研讨情况\n全体同志参加了研讨。\n"


def run(*arguments, cwd=None, stdin=None, **environment):
    return subprocess.run(
        [sys.executable, "-m", "bihuan", *map(str, arguments)],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        env={**os.environ, "BIHUAN_LANG": "zh", **environment},
        check=False,
    )


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "材料.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_findings_with_their_line_and_carets(report):
    done = run("check", report.name, "--select", "S007", cwd=report.parent)
    assert done.returncode == 1
    assert done.stdout.decode().splitlines() == [
        "材料.txt:3:6 S007 “dangshi”应写作“党史” [改为“党史”]",
        "    （一）学习dangshi不深入。研讨少。",
        "              ^^^^^^^",
    ]
    assert done.stderr.decode().splitlines() == ["1 条意见"]


def test_carets_stand_under_wide_characters():
    text = "e\u0301あ“中”\tx\x1b[31m" + "长" * 200
    place = Finding("T1", "t", "note", 4, 5, "中\x1b[0m")
    _head, line, carets = to_text(Checked("f", text, (place,))).splitlines()
    assert "\x1b" not in _head + line
    assert line.startswith("    e\u0301あ“中” x")
    assert line.endswith(" …")
    assert carets == "    " + " " * 4 + "^^"


def test_a_place_of_many_lines_or_of_the_whole_report():
    whole = Finding("T1", "t", "note", 0, 0, "全文")
    lines = Finding("T2", "t", "note", 2, 9, "几行")
    shown = to_text(Checked("f", "一二三四\n五六七八", (whole, lines))).splitlines()
    assert shown == ["f:1:1 T1 全文", "f:1:3 T2 几行", "    一二三四", "        ^^^^"]


def test_exit_status(report, tmp_path):
    clean = tmp_path / "净.txt"
    clean.write_text(CLEAN, encoding="utf-8")
    assert run("check", clean).returncode == 0
    assert run("check", report).returncode == 1
    both = run("check", clean, report, tmp_path / "无.txt")
    assert both.returncode == 2
    assert "S007" in both.stdout.decode()
    assert "无.txt" in both.stderr.decode()
    assert run("check", report, "--select", "Q").returncode == 2
    assert run("check", report, "--theme", "no").returncode == 2
    assert run("check", report, "--last-year", tmp_path / "无.txt").returncode == 2
    assert run("check", "-", "--select", "S007", stdin=TEXT.encode()).returncode == 1
    (tmp_path / "bihuan.toml").write_text("select = 1", encoding="utf-8")
    done = run("check", report)
    assert done.returncode == 2
    assert "bihuan.toml: select" in done.stderr.decode()


def test_the_configuration_above_the_report(report):
    (report.parent / "bihuan.toml").write_text('select = ["M"]\nignore = ["M301"]\n', encoding="utf-8")
    found = json.loads(run("check", report, "--format", "json", "--ignore", "M302").stdout)
    codes = {finding["code"] for finding in found["files"][0]["findings"]}
    assert codes
    assert all(code.startswith("M") for code in codes)
    assert codes.isdisjoint({"M301", "M302"})


def test_mending(report):
    done = run("check", report, "--fix", "--select", "S007")
    assert done.returncode == 0
    assert report.read_text(encoding="utf-8") == TEXT.replace("dangshi", "党史")
    assert "改正了 1 处" in done.stderr.decode()


def test_only_text_is_mended(tmp_path):
    path = tmp_path / "材料.docx"
    document = Document()
    for line in TEXT.splitlines():
        document.add_paragraph(line)
    document.save(path)
    before = path.read_bytes()
    done = run("check", path, "--fix")
    assert done.returncode == 2
    assert "只能修改 txt 和 md" in done.stderr.decode()
    assert path.read_bytes() == before
    assert run("check", "-", "--fix", stdin=TEXT.encode()).returncode == 2
    assert run("check", path, "--select", "S007").returncode == 1


def test_a_baseline(report, tmp_path):
    baseline = tmp_path / "基线.json"
    done = run("check", report, "--write-baseline", baseline)
    assert done.returncode == 0
    assert done.stdout == b""
    assert run("check", report, "--baseline", baseline).returncode == 0
    report.write_text("\n" + TEXT.replace("研讨少", "xx次研讨"), encoding="utf-8")
    done = run("check", report, "--baseline", baseline)
    assert done.returncode == 1
    assert "S006" in done.stdout.decode()
    assert "S007" not in done.stdout.decode()
    report.write_text("不是基线", encoding="utf-8")
    assert run("check", baseline, "--baseline", report).returncode == 2


def test_last_year(report, tmp_path):
    last = tmp_path / "上年.txt"
    last.write_text(TEXT.replace("（一）抓好学习。", "（一）狠抓学习。"), encoding="utf-8")
    long = TEXT.replace("组织开展研讨", "组织开展研讨，完善学习制度，领导干部带头讲党课")
    report.write_text(long, encoding="utf-8")
    last.write_text(long, encoding="utf-8")
    assert run("check", report, "--select", "M307").returncode == 0
    assert run("check", report, "--select", "M307", "--last-year", last).returncode == 1


def test_sarif(report):
    log = json.loads(run("check", report.name, "--format", "sarif", cwd=report.parent).stdout)
    assert log["version"] == "2.1.0"
    (only,) = log["runs"]
    rules = only["tool"]["driver"]["rules"]
    assert only["columnKind"] == "unicodeCodePoints"
    assert only["results"]
    for result in only["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        assert result["message"]["text"]
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"] == "%E6%9D%90%E6%96%99.txt"
    (spelled,) = [r for r in only["results"] if r["ruleId"] == "S007"]
    region = spelled["locations"][0]["physicalLocation"]["region"]
    assert (region["startLine"], region["startColumn"], region["endColumn"]) == (3, 6, 13)
    change = spelled["fixes"][0]["artifactChanges"][0]["replacements"][0]
    assert change["insertedContent"]["text"] == "党史"
    assert json.loads(to_sarif([]))["runs"][0]["results"] == []


def test_explain_and_rules():
    told = run("explain", "m301").stdout.decode()
    for part in ("M301  no-owner", "整改台账的填报要求", "错的例子", "对的例子"):
        assert part in told
    assert "[rules.S009]" in run("explain", "length").stdout.decode()
    assert run("explain", "M999").returncode == 2
    listed = run("rules").stdout.decode()
    assert "M311" in listed
    assert "默认关闭" in listed
    assert "off by default" in run("rules", BIHUAN_LANG="en").stdout.decode()
