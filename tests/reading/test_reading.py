"""The whole reading: the contract, its properties, and the seed's goals."""

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import bihuan
from bihuan.reading.model import Reading

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tools"))

import evaluate  # noqa: E402
import samples  # noqa: E402

SHARED = ROOT.parent / "shared" / "seed"
needs_seed = pytest.mark.skipif(not SHARED.exists(), reason="the seed report is not beside this checkout")

PIECES = [
    "一、存在的问题\n",
    "二、原因分析\n",
    "三、整改措施\n",
    "（一）学习不够。",
    "（二）",
    "一是",
    "二是",
    "一要",
    "二要",
    "；",
    "。",
    "\n",
    "比如",
    "责任单位：办公室\n",
    "6月底前",
    "每季度至少一次",
    "原因：",
    "整改措施：",
    "“",
    "”",
    "（",
    "）",
    "开展排查",
    "不够深入",
    "xx",
    "dangshi",
    "1.",
    "2.",
    "①",
    "首先，",
    "其次，",
    "关于“学习不够”问题的整改",
    "목",
    "\t",
    "　",
    "\r\n",
    "學習",
    "a",
    "9",
]
report_like = st.lists(st.sampled_from(PIECES), min_size=1, max_size=40).map("".join)


def check(reading: Reading, text: str) -> None:
    assert reading.text == text
    length = len(text)
    ids = [s.id for s in reading.statements]
    assert len(ids) == len(set(ids))
    end = 0
    for statement in reading.statements:
        assert end <= statement.start < statement.end <= length
        end = statement.end
        assert statement.start <= statement.headline.start < statement.headline.end <= statement.end
        for span in (
            *statement.instances,
            *statement.quantities,
            *statement.hedges,
            *statement.redactions,
            *statement.actions,
        ):
            assert statement.start <= span.start < span.end <= statement.end
    for section in reading.sections:
        assert 0 <= section.start <= section.end <= length
    for before, after in zip(reading.sections, reading.sections[1:], strict=False):
        assert before.end <= after.start
    for link in reading.links:
        assert link.source in ids
        assert link.target in ids
        assert 0 < link.score <= 1
        assert link.because
    assert Reading.from_json(reading.to_json()) == reading


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(report_like)
def test_what_looks_like_a_report_is_read_soundly(text):
    if text.strip():
        check(bihuan.read(text + "\n"), text + "\n")


@settings(max_examples=100, deadline=None)
@given(st.text(min_size=1, max_size=200))
def test_any_text_is_read(text):
    text = "材料\n" + text
    check(bihuan.read(text), text)


@pytest.mark.parametrize("path", samples.paths("tuned"), ids=lambda p: p.stem)
def test_every_sample_gives_the_same_bytes_twice_and_from_threads(path):
    text = samples.parse(path).text
    once = bihuan.read(text).to_json()
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(lambda _: bihuan.read(text).to_json(), range(4))) == {once}


@pytest.mark.parametrize("form", ["txt", "docx", "docx-auto", "pdf", "html", "md"])
def test_the_forms_of_a_sample_read_alike(form):
    sample = samples.parse(samples.paths("tuned")[0])
    reading = bihuan.read(samples.render(sample, form), name="a" + samples.suffix(form))
    plain = bihuan.read(sample.text)
    quotes = [(s.kind, "".join(reading.quote(s).split())) for s in reading.statements]
    assert quotes == [(s.kind, "".join(plain.quote(s).split())) for s in plain.statements]


def scores(reading: Reading) -> dict[str, float]:
    gold = json.loads((SHARED / "gold.json").read_text(encoding="utf-8"))
    counts, _ = evaluate.score(reading.to_dict(), gold)
    return {name: 2 * right / (read + want) if read + want else 1.0 for name, (right, read, want) in counts.items()}


@needs_seed
def test_the_seed_is_read_as_its_gold_says():
    found = scores(bihuan.read(SHARED / "report.txt"))
    assert found["statements"] == 1.0
    assert found["answered-by"] >= 0.85
    assert found["caused-by"] >= 0.85


@needs_seed
@pytest.mark.parametrize("form", ["docx-auto", "pdf"])
def test_the_seed_in_other_forms_gives_the_same_statements(form):
    text = (SHARED / "report.txt").read_text(encoding="utf-8").strip("\n")
    sample = samples.Sample("seed", "", "", "self-examination", "", (form,), text, (), (), (), ())
    reading, plain = bihuan.read(samples.render(sample, form)), bihuan.read(text)
    assert [(s.kind, "".join(reading.quote(s).split())) for s in reading.statements] == [
        (s.kind, "".join(plain.quote(s).split())) for s in plain.statements
    ]


@needs_seed
def test_the_work_reports_tell_problems_and_tasks():
    import lzma

    path = SHARED.parent / "corpus" / "provincial-work-reports-2026.jsonl.xz"
    with lzma.open(path, "rt", encoding="utf-8") as file:
        readings = [bihuan.read(json.loads(line)["text"]) for line in file]
    assert len(readings) == 21
    for reading in readings:
        assert len(reading.of_kind("problem")) >= 3, reading.quote(reading.title)
        assert len(reading.of_kind("measure")) >= 8, reading.quote(reading.title)
        roles = [s.role for s in reading.sections]
        assert roles.index("progress") < roles.index("problems") < len(roles) - 1 - roles[::-1].index("measures")


def test_a_theme_can_be_named():
    text = samples.parse(samples.paths("tuned")[0]).text
    assert bihuan.read(text, theme="audit").theme.id == "audit"


def test_from_json_refuses_what_is_no_reading():
    with pytest.raises(ValueError, match="schema"):
        Reading.from_json('{"schema": "other/1"}')
    with pytest.raises(ValueError, match="not a reading"):
        Reading.from_json('{"schema": "bihuan.reading/1"}')
