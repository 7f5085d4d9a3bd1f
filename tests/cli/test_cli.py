"""The command as its users run it: in a process of its own."""

import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bihuan import cli

TEXT = "某局对照检查材料\n一、存在的问题\n（一）理论学习不够深入。集体学习少。\n二、原因分析\n（一）重视不够。\n三、整改措施\n（一）加强理论学习。每季度组织一次集体学习。\n"


def run(*arguments, stdin=b"", cwd=None, **environment):
    env = {**os.environ, "LANG": "zh_CN.UTF-8", "PYTHONIOENCODING": "utf-8", **environment}
    env.pop("BIHUAN_LANG", None) if "BIHUAN_LANG" not in environment else None
    for name in ("LC_ALL", "LC_MESSAGES"):
        env.pop(name, None)
    return subprocess.run(
        [sys.executable, "-m", "bihuan", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        cwd=cwd,
        env=env,
        check=False,
    )


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "材料.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def words(done):
    """What was said on stderr: one line."""
    lines = done.stderr.decode().splitlines()
    assert len(lines) == 1, lines
    return lines[0]


def on_a_terminal(*arguments, cwd=None, **environment):
    """The command with a terminal for all three streams: its status and what the terminal got."""
    mine, its = pty.openpty()
    env = {**os.environ, "BIHUAN_LANG": "zh", "TERM": "xterm-256color", "COLUMNS": "80", **environment}
    if "NO_COLOR" not in environment:
        env.pop("NO_COLOR", None)
    command = [sys.executable, "-m", "bihuan", *map(str, arguments)]
    with subprocess.Popen(command, stdin=its, stdout=its, stderr=its, cwd=cwd, env=env) as process:
        os.close(its)
        got = b""
        while True:
            try:
                piece = os.read(mine, 65536)
            except OSError:  # the other end is closed
                break
            if not piece:
                break
            got += piece
    os.close(mine)
    return process.returncode, got.decode()


def test_help_and_version():
    assert "用法" in run("--help").stdout.decode()
    assert run().stdout == run("--help").stdout
    assert run("--version").stdout.startswith(b"bihuan 0.")
    assert "usage" in run("--help", BIHUAN_LANG="en").stdout.decode().lower()


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("command", cli.COMMANDS)
def test_a_commands_help_names_its_options(monkeypatch, command, lang):
    monkeypatch.setenv("BIHUAN_LANG", lang)
    told = cli._help(command)
    words = [command] if command in ("themes", "rules") else [command, "x"]
    for option in vars(cli._parse(words)):
        if option not in ("command", "files", "code") and (command, option) not in (
            ("ledger", "format"),
            ("themes", "theme"),
        ):
            assert f"--{option.replace('_', '-')}" in told
    assert f"bihuan {command}" in told
    assert "--debug" in told
    assert "--help" in told
    assert told in run(command, "-h", BIHUAN_LANG=lang).stdout.decode()
    assert f"  {command}" in cli._help("")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["read"], "缺少材料"),
        (["foo"], "命令 不能是 foo，可以是 read, ledger, check, explain, rules, themes"),
        (["read", "x", "-f", "pdf"], "--format/-f 不能是 pdf，可以是 text, json, html, xlsx, docx"),
        (["read", "x", "--colour"], "不认识 --colour"),
        (["ledger", "x", "-o"], "--output/-o 后面缺少内容"),
        (["ledger", "x", "--force=1"], "--force 后面不要内容，却有 1"),
        (["ledger", "x", "-o", "x.xls"], "x.xls: 台账是 Excel 工作簿"),
        (["read", "x", "-o", "x.pdf"], "x.pdf: 看不出要写成什么格式"),
        (["read", "x", "y", "-f", "xlsx"], "多份材料要用 -o 给出一个文件夹"),
        (["read", "x", "y", "-o", "z.html"], "z.html: 多份材料要用 -o 给出一个文件夹"),
    ],
)
def test_wrong_usage_is_one_line(tmp_path, arguments, said):
    done = run(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert said in words(done)
    assert list(tmp_path.iterdir()) == []
    assert run(*arguments, cwd=tmp_path, BIHUAN_LANG="en").stderr.isascii()


def test_the_summary(report):
    done = run("read", report)
    assert done.returncode == 0, done.stderr.decode()
    assert "P1" in done.stdout.decode()
    assert "理论学习不够深入" in done.stdout.decode()


def test_json_from_a_file_and_from_standard_input(report):
    one = json.loads(run("read", report, "--format", "json").stdout)
    two = json.loads(run("read", "-", "--format", "json", stdin=TEXT.encode()).stdout)
    assert one["text"] == two["text"] == TEXT
    assert one["statements"] == two["statements"]


@pytest.mark.parametrize(
    ("suffix", "magic"), [("html", b"<!"), ("xlsx", b"PK"), ("docx", b"PK"), ("json", b"{"), ("txt", "某局".encode())]
)
def test_the_extension_decides(report, tmp_path, suffix, magic):
    target = tmp_path / f"out.{suffix}"
    done = run("read", report, "-o", target)
    assert done.returncode == 0, done.stderr.decode()
    assert target.read_bytes().lower().startswith(magic.lower())


def test_the_ledger_gets_a_name_and_is_not_overwritten(report, tmp_path):
    assert run("ledger", report, cwd=tmp_path).returncode == 0
    target = tmp_path / "材料-台账.xlsx"
    filled = target.read_bytes() + b"filled in"
    target.write_bytes(filled)
    again = run("ledger", report, cwd=tmp_path)
    assert again.returncode == 5
    assert "--force" in again.stderr.decode()
    assert target.read_bytes() == filled
    assert run("ledger", report, "--force", cwd=tmp_path).returncode == 0


def test_many_files_go_on_past_a_bad_one(report, tmp_path):
    other = tmp_path / "sub" / "材料.txt"
    other.parent.mkdir()
    other.write_text(TEXT, encoding="utf-8")
    done = run("read", report, tmp_path / "没有.docx", other, "-o", tmp_path / "out", "--format", "json")
    assert done.returncode == 3
    assert "没有.docx" in done.stderr.decode()
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["材料-2.json", "材料.json"]


@pytest.mark.parametrize(
    ("name", "data", "status"),
    [
        ("空.txt", b"", 3),
        ("坏.docx", b"PK\x03\x04broken", 3),
        ("坏.pdf", b"%PDF-1.4 broken", 3),
        ("垃圾.bin", bytes(range(256)) * 20, 3),
    ],
)
def test_bad_input_is_one_line_and_a_status(tmp_path, name, data, status):
    path = tmp_path / name
    path.write_bytes(data)
    target = tmp_path / "out.html"
    done = run("read", path, "-o", target)
    assert done.returncode == status
    assert len(done.stderr.decode().strip().splitlines()) == 1
    assert name in done.stderr.decode()
    assert not target.exists()


def test_a_wrong_theme_is_said_once_with_like_names(report):
    done = run("read", report, report, "--theme", "2021-fife")
    assert done.returncode == 6
    assert "2021-five" in words(done)


THEME = """id = "ours"
title = "三查三看"
kind = "self-examination"
who = "班子"
description = "本单位的专项检查。"
[signs]
5 = ["三查三看"]
[[dimension]]
id = "d1"
title = "查学习、看党性"
short = "查学习"
words = ["理论学习"]
"""


def test_an_offices_own_theme(report, tmp_path):
    own = tmp_path / "ours.toml"
    own.write_text(THEME, encoding="utf-8")
    reading = json.loads(run("read", report, "--theme", own, "-f", "json").stdout)
    assert reading["theme"]["id"] == "ours"
    told = run("themes", own).stdout.decode()
    for part in (
        "ours  三查三看",
        "谁来写 班子",
        "本单位的专项检查。",
        "d1  查学习、看党性",
        "查学习；理论学习",
        "5  三查三看",
    ):
        assert part in told
    own.write_text(THEME.replace('kind = "', 'kind = "x'), encoding="utf-8")
    done = run("themes", own)
    assert done.returncode == 6
    assert "ours.toml: kind" in words(done)
    assert run("read", report, "--theme", tmp_path / "no.toml").returncode == 6


def test_debug_shows_where(tmp_path):
    done = run("read", tmp_path / "没有.docx", "--debug")
    assert b"Traceback" in done.stderr
    assert done.returncode == 3


def test_themes():
    done = run("themes").stdout.decode()
    assert "2021-five" in done
    told = run("themes", "2021-five").stdout.decode()
    for part in ("d1", "带头践行以人民为中心的发展思想", "我们党是什么", "党史学习教育专题民主生活会", "年度 2021"):
        assert part in told
    assert "Dimensions" in run("themes", "2021-five", BIHUAN_LANG="en").stdout.decode()


def test_a_folder_takes_the_output_of_one_file(report, tmp_path):
    folder = tmp_path / "出"
    assert run("read", report, "-o", f"{folder}/", "-f", "html").returncode == 0
    assert run("ledger", report, "-o", folder).returncode == 0
    assert sorted(p.name for p in folder.iterdir()) == ["材料-台账.xlsx", "材料.html"]


def test_what_was_written_is_told_and_nothing_found_is_said(report, tmp_path):
    assert "问题 1，原因 1，措施 1" in words(run("read", report, "-o", tmp_path / "a.html"))
    empty = tmp_path / "天气.txt"
    empty.write_text("今天天气好。", encoding="utf-8")
    done = run("ledger", empty, cwd=tmp_path)
    assert done.returncode == 0
    assert "没有读出问题" in done.stderr.decode()


def test_a_report_is_never_overwritten(tmp_path):
    report = tmp_path / "材料.html"
    report.write_text(f"<html><body><pre>{TEXT}</pre></body></html>", encoding="utf-8")
    before = report.read_bytes()
    for arguments in (["-o", report], ["-f", "html", "-o", tmp_path]):
        done = run("read", report, "--force", *arguments)
        assert done.returncode == 5
        assert "不能覆盖" in words(done)
    assert report.read_bytes() == before


def test_outputs_that_cannot_be_written(report, tmp_path):
    # Even root may not write into /sys.
    closed = Path("/sys") if os.geteuid() == 0 else tmp_path / "closed"
    if not closed.exists():
        closed.mkdir(mode=0o555)
    for target, said in (
        (closed / "x.html", "没有写入权限"),
        (tmp_path / "无" / "x.html", "文件夹不存在"),
        (tmp_path / ("长" * 100 + ".html"), "文件名太长"),
    ):
        done = run("read", report, "-o", target)
        assert done.returncode == 5
        assert said in words(done)
    assert run("read", report, report, "-o", closed / "new", "-f", "json").returncode == 5
    assert [p.name for p in tmp_path.iterdir() if p.is_file()] == [report.name]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk(report):
    done = run("read", report, "-f", "html", "-o", "/dev/full")
    assert done.returncode == 5
    assert "磁盘已满" in words(done)
    for arguments in (["--help"], ["themes"], *(["read", report, "-f", f] for f in cli.FORMATS)):
        with Path("/dev/full").open("wb") as full:
            command = [sys.executable, "-m", "bihuan", *map(str, arguments)]
            done = subprocess.run(
                command, stdout=full, stderr=subprocess.PIPE, env={**os.environ, "BIHUAN_LANG": "zh"}, check=False
            )
        assert done.returncode == 5, arguments
        assert "写不到标准输出" in words(done)


def test_no_input_and_no_output_streams(report):
    for redirection, status in (("<&-", 3), (">&-", 5)):
        done = subprocess.run(
            f"{sys.executable} -m bihuan read {'-' if status == 3 else report} {redirection}",
            shell=True,
            stdin=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            check=False,
        )
        assert done.returncode == status
        words(done)
    empty = run("read", "-")
    assert empty.returncode == 3
    assert words(empty) == "bihuan: 标准输入: 这是一个空文件"


def test_a_reader_of_the_output_that_goes(report):
    files = [str(report)] * 60
    with subprocess.Popen(
        [sys.executable, "-m", "bihuan", "read", "-f", "json", *files], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout.read(10) == b'{"schema":'
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


def test_a_device_is_written_to_directly(report):
    done = run("read", report, "-f", "json", "-o", "/dev/stdout")
    assert done.returncode == 0, done.stderr.decode()
    assert json.loads(done.stdout)["text"] == TEXT


def test_many_readings_come_one_a_line(report):
    lines = run("read", report, report, "-f", "json").stdout.splitlines()
    assert [json.loads(line)["text"] for line in lines] == [TEXT, TEXT]


def test_names_are_shown_without_their_control_characters(tmp_path):
    path = tmp_path / "a\x1b[31m\nb.txt"
    path.write_bytes(b"")
    done = run("read", path)
    assert "\x1b" not in words(done)
    other = os.fsencode(tmp_path) + b"/\xff.txt"
    Path(os.fsdecode(other)).write_text("天气", encoding="utf-8")
    done = subprocess.run([sys.executable, "-m", "bihuan", "read", other], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


def test_a_narrow_encoding_loses_characters_and_nothing_else(report):
    done = run("read", report, PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert b"P1" in done.stdout


def test_markup_and_escapes_of_a_report_do_nothing(tmp_path):
    path = tmp_path / "a.html"
    path.write_text(
        "<html><body><p>对照检查材料</p><p>一、存在的问题</p><p>（一）学习[red]不\x9b31m深:smile:。</p></body></html>",
        encoding="utf-8",
    )
    told = run("read", path).stdout.decode()
    assert "[red]" in told
    assert ":smile:" in told
    assert "\x9b" not in told


def test_colour_on_a_terminal_only_and_not_when_unwanted(report):
    status, told = on_a_terminal("read", report)
    assert status == 0
    assert "\x1b[31m" in told
    assert "\x1b[31m" not in on_a_terminal("read", report, NO_COLOR="1")[1]
    assert b"\x1b" not in run("read", report).stdout


def test_no_binary_on_a_terminal(report):
    status, told = on_a_terminal("read", report, "-f", "xlsx")
    assert status == 2
    assert "-o" in told


def test_progress_on_a_terminal(report, tmp_path):
    status, told = on_a_terminal("read", report, report, "没有.txt", "-o", "out", "-f", "json", cwd=tmp_path)
    assert status == 3
    assert "100%" in told
    assert "没有.txt: 没有这个文件" in told
    assert "写了 2 份到 out；没有写成 1 份" in told
    assert "100%" not in run("read", report, report, "-o", tmp_path / "out2").stderr.decode()


def test_an_interruption_leaves_nothing_behind(tmp_path):
    big = tmp_path / "长.txt"
    big.write_text(TEXT * 20_000, encoding="utf-8")
    out = tmp_path / "out"
    out.mkdir()
    command = [sys.executable, "-m", "bihuan", "ledger", str(big), "-o", str(out / "x.xlsx")]
    with subprocess.Popen(command, stderr=subprocess.PIPE, env={**os.environ, "BIHUAN_LANG": "zh"}) as process:
        time.sleep(0.7)
        process.send_signal(signal.SIGINT)
        assert process.stderr.read().decode() == "已停止。\n"
    assert process.returncode == 130
    assert list(out.iterdir()) == []


def test_every_exit_status_is_documented():
    from bihuan import errors

    used = {kind.exit_status for kind in vars(errors).values() if isinstance(kind, type)} | {0, cli.STOPPED, cli.FAULT}
    table = (Path(__file__).parents[2] / "docs" / "cli.md").read_text(encoding="utf-8")
    assert {int(n) for n in re.findall(r"^\| (\d+) \|", table, re.MULTILINE)} == used


def test_the_demo_says_what_to_open(tmp_path):
    demo = Path(__file__).parents[2] / "tools" / "demo.py"
    done = subprocess.run(
        [sys.executable, demo, tmp_path / "demo"],
        capture_output=True,
        env={**os.environ, "BIHUAN_LANG": "zh"},
        check=True,
    )
    told = done.stdout.decode()
    assert "P11" in told
    written = list((tmp_path / "demo").iterdir())
    assert {p.suffix for p in written} == {".docx", ".xlsx", ".html", ".json"}
    assert all(str(p.resolve()) in told for p in written)
