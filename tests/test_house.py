"""The lines between the packages, and what may not stand in the project."""

import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tools"))

import messages  # noqa: E402


def test_imports_point_upwards_only():
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", ["base.txt", "dev.txt"])
def test_requirements_are_hashed_and_name_no_host(name):
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    assert "://" not in text
    pins = re.findall(r"^[A-Za-z0-9._-]+==", text, re.MULTILINE)
    assert len(pins) > 5
    assert text.count("--hash=sha256:") >= len(pins)


def test_reading_text_needs_no_document_libraries():
    code = (
        "import sys, json, bihuan; bihuan.read('对照检查材料\\n一、存在的问题\\n（一）学习不够。\\n二、整改措施\\n（一）加强学习。');"
        "print(json.dumps([m for m in ('lxml','docx','pypdfium2','xlsxwriter','rich','scipy','django') if m in sys.modules]))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == []


def test_help_imports_little():
    code = "import sys\nfrom bihuan.cli import main\ntry: main(['--help'])\nexcept SystemExit: pass\nprint([m for m in ('argparse','numpy','rich','rjieba','tomllib') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_english_words_are_complete_and_compiled():
    from babel.messages.mofile import read_mo

    written = messages.catalogue()
    assert [m.id for m in written if m.id and not m.string] == []
    with messages.ENGLISH.with_suffix(".mo").open("rb") as file:
        compiled = {m.id: m.string for m in read_mo(file) if m.id}
    assert compiled == {m.id: m.string for m in written if m.id}


def test_every_message_has_its_english():
    assert {m.id for m in messages.catalogue() if m.id} == messages.used(), "run `make messages`"


def test_english_words_fill_in_the_same_values():
    def names(text):
        return sorted(re.findall(r"(?<!\[)\{\w+(?::[^}]*)?\}", text))

    wrong = [m.id for m in messages.catalogue() if m.id and names(m.id) != names(m.string)]
    assert wrong == []


def test_the_wheel_holds_all_data(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    inside = set(zipfile.ZipFile(next(tmp_path.glob("*.whl"))).namelist())
    source = ROOT / "src"
    wanted = {str(p.relative_to(source)) for p in source.rglob("*") if p.is_file() and "__pycache__" not in p.parts}
    assert wanted - inside == set()
