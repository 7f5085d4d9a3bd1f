"""Selecting rules, configuring them, accepting findings, and an office's own rules."""

from importlib import metadata
from types import SimpleNamespace

import pytest

from bihuan.checking import config, registry, run
from bihuan.checking.config import Config
from bihuan.checking.finding import Edit, Finding, Fix
from bihuan.checking.fix import chosen_edits, fix_file
from bihuan.checking.rule import Place, Rule
from bihuan.errors import DataError, InputUnsupported, UsageWrong
from bihuan.reading.read import read

TEXT = "对照检查材料\n一、存在的问题\n（一）学习dangshi不深入。研讨少。\n二、整改措施\n（一）抓好学习。组织开展研讨。\n"


def codes(select=(), ignore=()):
    return [rule.code for rule in registry.chosen(select, ignore)]


def test_selecting():
    assert codes() == [rule.code for rule in registry.available() if rule.default]
    assert codes(["M301", "s005"]) == ["M301", "S005"]
    assert set(codes(["M"])) == {code for code in codes() if code[0] == "M"}
    assert "M301" not in codes([], ["M3"])
    assert codes(["M301"], ["M3"]) == ["M301"]
    assert codes(["M3"], ["M3"]) == []


def test_a_rule_that_is_off_runs_only_by_its_full_code():
    assert "S009" not in codes()
    assert "S009" not in codes(["S", "S00"])
    assert codes(["S009"]) == ["S009"]
    assert "S009" in [rule.code for rule in Config(extend_select=("S009",)).rules()]


@pytest.mark.parametrize("word", ["Q", "M30X", "M3010", ""])
def test_a_code_that_fits_no_rule(word):
    with pytest.raises(UsageWrong):
        codes([word])


def test_a_rule_by_code_or_name():
    assert registry.find("m301") is registry.find("no-owner")
    with pytest.raises(UsageWrong):
        registry.find("M3")


def test_the_nearest_configuration_counts(tmp_path):
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    assert config.find(inner / "x.txt") is None or not config.find(inner / "x.txt").is_relative_to(tmp_path)
    (tmp_path / "bihuan.toml").write_text('ignore = ["S"]\n', encoding="utf-8")
    assert config.find(inner / "x.txt") == tmp_path / "bihuan.toml"
    (inner / "bihuan.toml").write_text('select = ["S009"]\n[rules.S009]\nleast = 10\nmost = 20\n', encoding="utf-8")
    mine = config.load(config.find(inner / "x.txt"))
    assert [f.message for f in run.check(read(TEXT), config=mine)] == ["全文 54 字，超过规定的 20 字"]
    theirs = mine.with_choice(("M301",), ())
    assert [f.code for f in run.check(read(TEXT), config=theirs)] == ["M301"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("select = 1", "bihuan.toml: select"),
        ('select = ["Q1"]', "bihuan.toml: select"),
        ('chosen = ["M"]', "bihuan.toml: chosen"),
        ("[rules.M999]", "bihuan.toml: rules.M999"),
        ("[rules]\nM301 = 1", "bihuan.toml: rules.M301"),
        ("[rules.S009]\nlongest = 1", "bihuan.toml: rules.S009.longest"),
        ('[rules.S009]\nmost = "8000"', "bihuan.toml: rules.S009.most"),
        ("[rules.S003]\nstrict = 1", "bihuan.toml: rules.S003.strict"),
        ('[rules.M308]\nwords = "定期"', "bihuan.toml: rules.M308.words"),
        ("select = [", "bihuan.toml"),
    ],
)
def test_a_wrong_configuration_names_the_file_and_the_key(tmp_path, text, place):
    path = tmp_path / "bihuan.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as error:
        config.load(path)
    assert error.value.place.endswith(place)


def test_a_baseline_outlives_moved_lines(tmp_path):
    reading = read(TEXT)
    findings = run.check(reading)
    path = tmp_path / "baseline.json"
    path.write_text(run.baseline_to_json(run.Baseline(run.mark(reading.text, f) for f in findings)), encoding="utf-8")
    moved = read(TEXT.replace("一、存在", "\n\n一、存在"))
    assert run.without(moved.text, run.check(moved), run.read_baseline(path)) == ()
    worse = read(TEXT.replace("研讨少", "学dangshi少"))
    new = run.without(worse.text, run.check(worse, config=Config(select=("S007",))), run.read_baseline(path))
    assert [worse.text[f.start : f.end] for f in new] == ["dangshi"]


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"schema": "x", "findings": []}', "[" * 100_000])
def test_what_is_no_baseline(tmp_path, text):
    path = tmp_path / "b.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError):
        run.read_baseline(path)
    with pytest.raises(DataError):
        run.read_baseline(tmp_path / "none.json")


# --- an office's own rules -------------------------------------------------------------------------------------------

OURS = Rule("Z901", "ours", "note", "我们的", "因为。", "x", "y", lambda context, options: [Place(0, 1, "有")])


@pytest.fixture
def points(monkeypatch):
    def give(*loaded):
        found = [SimpleNamespace(name="ours", load=lambda one=one: one) for one in loaded]
        monkeypatch.setattr(metadata, "entry_points", lambda group: found if group == registry.GROUP else [])
        registry.available.cache_clear()

    yield give
    monkeypatch.undo()
    registry.available.cache_clear()


def test_own_rules_by_entry_point(points):
    points([OURS])
    assert [f.message for f in run.check(read(TEXT), config=Config(select=("Z",)))] == ["有"]
    points(OURS)
    assert "Z901" in codes()


@pytest.mark.parametrize("loaded", [(OURS, OURS), ("no rule",), ([OURS, None],)])
def test_own_rules_that_are_wrong(points, loaded):
    points(*loaded)
    with pytest.raises(DataError):
        registry.available()


# --- fixes -----------------------------------------------------------------------------------------------------------


def finding(*edits, safe=True):
    return Finding("T1", "t", "note", edits[0][0], edits[0][1], "m", Fix("f", tuple(Edit(*e) for e in edits), safe))


def test_overlapping_fixes_wait_and_unsafe_ones_are_asked_for():
    fixes = [
        finding((0, 2, "a")),
        finding((1, 3, "b")),
        finding((5, 6, "c"), (1, 2, "d")),
        finding((8, 9, "e"), safe=False),
    ]
    assert chosen_edits(fixes) == ((Edit(0, 2, "a"),),)
    assert chosen_edits(fixes, unsafe=True) == ((Edit(0, 2, "a"),), (Edit(8, 9, "e"),))


@pytest.mark.parametrize(
    ("encoding", "bom"),
    [
        ("utf-8", b""),
        ("utf-8", b"\xef\xbb\xbf"),
        ("gb18030", b""),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
    ],
)
def test_a_file_keeps_its_encoding_and_line_ends(encoding, bom):
    text = (TEXT * 3).replace("\n", "\r\n")
    data = bom + text.encode(encoding)
    reading = read(data, name="x.txt")
    fixed = fix_file(data, reading.text, run.check(reading))
    assert fixed.mended == 3
    assert fixed.data == bom + text.replace("dangshi", "党史").encode(encoding)


def test_markdown_keeps_its_marks():
    source = (
        "---\ntitle: dangshi 材料\n---\n<!-- 学习dangshi不深入 -->\n# 对照检查材料\n\n## 一、存在的问题\n\n"
        "- （一）学习dangshi不深入。\n- （二）**学dangshi**少。\n\n## 二、整改措施\n\n（一）学dangshi。\n"
    )
    data = source.encode()
    reading = read(data, name="x.md")
    fixed = fix_file(data, reading.text, run.check(reading))
    assert fixed.mended == 2
    assert fixed.data.decode() == source.replace("（一）学习dangshi", "（一）学习党史").replace(
        "（一）学dangshi", "（一）学党史"
    )


def test_a_damaged_file_is_left_alone():
    data = TEXT.encode() * 200
    damaged = data[:1000] + b"\xff" + data[1000:]
    reading = read(damaged, name="x.txt")
    with pytest.raises(InputUnsupported):
        fix_file(damaged, reading.text, run.check(reading))
