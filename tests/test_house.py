"""The lines between the packages, and what may not stand in the project."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


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
    code = "import sys\nfrom bihuan.cli import main\ntry: main(['--help'])\nexcept SystemExit: pass\nprint([m for m in ('numpy','rich','rjieba','tomllib') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_english_words_are_complete_and_compiled():
    from babel.messages.mofile import read_mo
    from babel.messages.pofile import read_po

    folder = ROOT / "src" / "bihuan" / "locale" / "en" / "LC_MESSAGES"
    with (folder / "bihuan.po").open("rb") as file:
        written = read_po(file)
    with (folder / "bihuan.mo").open("rb") as file:
        compiled = read_mo(file)
    missing = [m.id for m in written if m.id and not m.string]
    assert missing == []
    assert {m.id: m.string for m in compiled if m.id} == {m.id: m.string for m in written if m.id}


def test_every_message_has_its_english():
    from babel.messages.extract import extract_from_dir
    from babel.messages.pofile import read_po

    with (ROOT / "src" / "bihuan" / "locale" / "en" / "LC_MESSAGES" / "bihuan.po").open("rb") as file:
        known = {m.id for m in read_po(file)}
    used = {m[2] for m in extract_from_dir(ROOT / "src" / "bihuan", keywords={"_": None})}
    assert used - known == set()
