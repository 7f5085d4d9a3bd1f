"""The command as its users run it: in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

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


def test_help_and_version():
    assert "用法" in run("--help").stdout.decode()
    assert run("--version").stdout.startswith(b"bihuan 0.")
    assert "usage" in run("--help", BIHUAN_LANG="en").stdout.decode().lower()


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


def test_wrong_usage_and_wrong_theme(report):
    assert run("read").returncode == 2
    assert run("read", report, "--theme", "没有").returncode == 6
    assert run("read", report, "-o", "/dev/full/x.html").returncode == 5


def test_debug_shows_where(tmp_path):
    assert b"Traceback" in run("read", tmp_path / "没有.docx", "--debug").stderr


def test_themes():
    done = run("themes").stdout.decode()
    assert "2021-five" in done
    assert "d1" in run("themes", "2021-five").stdout.decode()


def test_a_folder_cannot_be_the_output_of_one_file(report, tmp_path):
    folder = tmp_path / "x.html"
    folder.mkdir()
    assert run("read", report, "-o", folder).returncode == 5
    assert list(Path(folder).iterdir()) == []
