"""What a source is, is decided by its contents; everything unreadable is refused by an error that says why."""

import io
import os
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bihuan.errors import (
    InputDamaged,
    InputEmpty,
    InputError,
    InputMissing,
    InputTooLarge,
    InputUnsupported,
    PartMissing,
)
from bihuan.reading.sources import load, plain
from bihuan.reading.sources.limits import MAX_FILE_BYTES

TEXT = "对照检查材料\n一、存在的主要问题\n（一）理论学习不够深入，中心组2023年学习12次，研讨发言不多。\n" * 3
TRADITIONAL = (
    "對照檢查材料\n一、存在的主要問題\n（一）理論學習不夠深入，中心組的學習是在會議上進行，大家發言不多。\n" * 3
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "gb18030", "gbk", "gb2312"])
def test_encodings(encoding):
    document = load(TEXT.encode(encoding), name="a.txt")
    assert document.text == TEXT
    assert document.notes == ()


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_byte_order_mark(encoding):
    text = TEXT.replace("一", "二").replace("言", "语")
    assert load(text.encode(encoding), name="a.txt").text == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_byte_order_mark_that_holds_u4e00(encoding):
    assert load(TEXT.encode(encoding), name="a.txt").text == TEXT


def test_big5():
    assert load(TRADITIONAL.encode("big5"), name="a.txt").text == TRADITIONAL


def test_rare_characters_of_gb18030():
    text = TEXT + "㐀𠀀龥\U0002a6a5"
    assert load(text.encode("gb18030"), name="a.txt").text == text


def test_one_broken_byte_is_noted():
    document = load(TEXT.encode() + b"\xff" + (TEXT * 20).encode(), name="a.txt")
    assert [note.code for note in document.notes] == ["encoding"]
    note = document.notes[0]
    assert document.text[note.start : note.end] == "\ufffd"


@pytest.mark.parametrize(
    ("data", "name", "media_type"),
    [
        (TEXT.encode(), "a.docx", "text/plain"),
        (f"<!DOCTYPE html><html><body><p>{TEXT}</p></body></html>".encode(), "a.doc", "text/html"),
        (TEXT.encode(), "a.pdf", "text/plain"),
        (TEXT.encode(), "a.png", "text/plain"),
    ],
)
def test_a_wrong_extension_is_noted_and_read_by_the_contents(data, name, media_type):
    document = load(data, name=name)
    assert document.media_type == media_type
    assert [note.code for note in document.notes] == ["wrong-extension"]


@pytest.mark.parametrize("name", ["a", "a.txt", "a.log", "报告"])
def test_unknown_or_absent_extensions_are_fine(name):
    assert load(TEXT.encode(), name=name).notes == ()


def test_a_path_a_text_and_bytes_give_the_same(tmp_path):
    path = tmp_path / "报告.txt"
    path.write_text(TEXT, encoding="utf-8", newline="")
    documents = [load(path), load(str(path)), load(TEXT, name="报告.txt"), load(TEXT.encode(), name="报告.txt")]
    assert {document.text for document in documents} == {TEXT}
    assert {document.name for document in documents} == {"报告.txt"}
    assert len({document.sha256 for document in documents}) == 1


@pytest.mark.parametrize("data", [b"", b"\n \r\n", b"\0" * 100, "\ufeff".encode(), " \n".encode("utf-16")])
def test_empty(data):
    with pytest.raises(InputEmpty):
        load(data, name="a.txt")


@pytest.mark.parametrize("data", [bytes(range(256)) * 50, b"\x7fELF\x02\x01\x01" + b"\0\x01\x02" * 500, b"\xff" * 3000])
def test_junk(data):
    with pytest.raises(InputError):
        load(data, name="a.txt")


def test_missing(tmp_path):
    with pytest.raises(InputMissing) as caught:
        load(tmp_path / "没有.docx")
    assert "没有.docx" in str(caught.value)
    with pytest.raises(InputMissing):
        load("没有.docx")


def test_a_directory(tmp_path):
    with pytest.raises(InputMissing) as caught:
        load(tmp_path)
    assert "文件夹" in caught.value.message


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read every file")
def test_a_forbidden_file(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    path.chmod(0)
    with pytest.raises(InputMissing):
        load(path)


def test_a_huge_file_is_refused_before_it_is_read(tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(500 * 1024 * 1024)
    assert path.stat().st_size > MAX_FILE_BYTES
    monkeypatch.setattr(type(path), "open", lambda *_: pytest.fail("the file was opened"))
    with pytest.raises(InputTooLarge) as caught:
        load(path)
    assert "500 MB" in caught.value.message


def test_too_many_characters(monkeypatch):
    monkeypatch.setattr("bihuan.reading.sources.MAX_CHARACTERS", 10)
    with pytest.raises(InputTooLarge):
        load(TEXT)


@pytest.mark.parametrize("share", [0.05, 0.5, 0.95])
def test_a_truncated_archive_is_damaged(share):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("word/document.xml", TEXT * 20)
    data = target.getvalue()
    with pytest.raises(InputDamaged):
        load(data[: int(len(data) * share)], name="a.docx")


def test_an_archive_of_something_else():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("报告.txt", TEXT)
    with pytest.raises(InputUnsupported):
        load(target.getvalue(), name="a.zip")


def _outcome(data, name):
    try:
        document = load(data, name=name)
    except (InputError, PartMissing):
        return  # anything else that is raised fails the test
    assert document.text.strip()
    ends = [(block.start, block.end) for block in document.blocks]
    assert all(0 <= start < end <= len(document.text) for start, end in ends)
    assert ends == sorted(ends)


HEADS = [b"", b"%PDF-1.4\n", b"<html><body>", b"<table><tr><td>", b"\x89PNG\r\n\x1a\n", b"BM", b"\xff\xd8\xff", b"# ", b"| a |\n|---|\n", b"RIFF0000WEBP", b"\xff\xfe"]  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    head=st.sampled_from(HEADS),
    body=st.one_of(st.binary(max_size=300), st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace"))),
    name=st.sampled_from(["a", "a.txt", "a.md", "a.html", "a.pdf", "a.png"]),
)
def test_any_bytes_load_or_are_refused(head, body, name):
    _outcome(head + body, name)


@settings(max_examples=100, deadline=None)
@given(
    st.text(alphabet="<>/=\"'ablitdrohpn1 |#*_[]()!`-~\\\n一是，。&;", max_size=120),
    st.sampled_from(["a.md", "a.html"]),
)
def test_any_marks_load_or_are_refused(text, name):
    _outcome(text.encode(), name)


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_utf8_text_is_never_changed(text):
    if text.strip() and not text.startswith("\ufeff"):
        assert plain.decode(text.encode()) == (text, None)
