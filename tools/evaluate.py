"""Score readings of the samples against their gold: P, R, F1 by kind and of links, and the actions' scores.

The half the code was tuned on and the half it never saw are told apart; each sample is read in every form its head
names (txt, docx with automatic numbers, pdf …), the gold laid over the text that was taken out of the file.

Usage: python tools/evaluate.py [--errors] [--forms txt,docx] [NAME…]
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import bihuan
import samples

Counts = list[int]  # right, read, gold
KINDS = ("problem", "cause", "measure")
LINKS = (("answered-by", "problem_measure"), ("caused-by", "problem_cause"))
START_TOLERANCE = 2  # characters; as the contract's scorer
OVERLAP = 0.8  # intersection over union; as the contract's scorer


def overlap(a: dict[str, int], b: dict[str, int]) -> float:
    """Intersection over union of two spans."""
    inside = max(0, min(a["end"], b["end"]) - max(a["start"], b["start"]))
    whole = max(a["end"], b["end"]) - min(a["start"], b["start"])
    return inside / whole if whole else 0.0


def pair(read: Iterable[dict[str, Any]], gold: Iterable[dict[str, Any]]) -> dict[str, str]:
    """Read statement → gold statement, by the contract's rule (kind, start within 2, overlap of 0.8)."""
    pairs: dict[str, str] = {}
    read = list(read)
    for want in gold:
        best = (OVERLAP, "")
        for got in read:
            if got["id"] in pairs or got["kind"] != want["kind"]:
                continue
            if abs(got["start"] - want["start"]) <= START_TOLERANCE and overlap(got, want) >= best[0]:
                best = (overlap(got, want), got["id"])
        if best[1]:
            pairs[best[1]] = want["id"]
    return pairs


def score(reading: dict[str, Any], gold: dict[str, Any]) -> tuple[dict[str, Counts], dict[str, str]]:
    """Counts by name: the kinds, ``statements``, the two kinds of links."""
    statements, items = reading["statements"], gold["items"]
    pairs = pair(statements, items)
    counts: dict[str, Counts] = {}
    for kind in KINDS:
        right = sum(s["kind"] == kind and s["id"] in pairs for s in statements)
        counts[kind] = [right, sum(s["kind"] == kind for s in statements), sum(g["kind"] == kind for g in items)]
    counts["statements"] = [len(pairs), len(statements), len(items)]
    for kind, name in LINKS:
        want = {tuple(x) for x in gold["links"].get(name, [])}
        got = [link for link in reading["links"] if link["kind"] == kind]
        mapped = {(pairs.get(link["from"]), pairs.get(link["to"])) for link in got}
        counts[kind] = [len(want & mapped), len(got), len(want)]
    return counts, pairs


def score_actions(sample: samples.Sample, reading: dict[str, Any], pairs: dict[str, str]) -> dict[str, Counts]:
    """An action is found when one of the measure's actions overlaps it by half; then its fields are compared.

    Samples name some of a measure's actions, not all: only those count, so precision says nothing here. Offsets are
    of the sample's own text, so this holds for a reading of the plain text.
    """
    by_gold = {pairs[s["id"]]: s for s in reading["statements"] if s["id"] in pairs}
    counts: dict[str, Counts] = defaultdict(lambda: [0, 0, 0])
    for action in sample.actions:
        want = {"start": action.start, "end": action.end}
        statement = by_gold.get(action.measure)
        found = max(statement["actions"], key=lambda a: _inside(a, want), default=None) if statement else None
        hit = found is not None and _inside(found, want) >= 0.5
        _count(counts["actions found"], hit)
        for name in ("frequency", "deadline", "owner"):
            expected = getattr(action, name)
            if expected:
                _count(counts[f"action {name}"], hit and found is not None and _agrees(found, name, expected))
    return counts


def _inside(got: dict[str, Any], want: dict[str, Any]) -> float:
    shared = max(0, min(got["end"], want["end"]) - max(got["start"], want["start"]))
    return shared / max(1, min(got["end"] - got["start"], want["end"] - want["start"]))


def _agrees(action: dict[str, Any], name: str, expected: str) -> bool:
    """Whether the field says what the sample expects; of owners, that every one expected is named."""
    value = action[name]
    if not value:
        return False
    if name == "deadline":
        return bool((value["date"] or value["kind"]) == expected)
    if name == "owner":
        return set(expected.split("、")) <= set(value["lead"])
    return bool(value == expected)


def _count(counts: Counts, hit: bool) -> None:
    counts[0] += hit
    counts[1] += 1
    counts[2] += 1


def line(name: str, counts: Counts) -> str:
    """One line: P, R, F1 and what they were counted from."""
    right, read, gold = counts
    p = right / read if read else float(not gold)
    r = right / gold if gold else float(not read)
    f = 2 * p * r / (p + r) if p + r else 0.0
    return f"  {name:18s} P {p:.3f}  R {r:.3f}  F1 {f:.3f}   {right} right of {read} read, {gold} gold"


def evaluate(part: str, options: argparse.Namespace) -> None:
    """Print the scores of one half."""
    total: dict[str, Counts] = defaultdict(lambda: [0, 0, 0])
    forms: dict[str, Counts] = defaultdict(lambda: [0, 0, 0])
    number = 0
    for path in samples.paths(part):
        if options.names and not any(name in path.name for name in options.names):
            continue
        number += 1
        sample = samples.parse(path)
        for form in sample.formats:
            if options.forms and form not in options.forms.split(","):
                continue
            reading = bihuan.read(samples.render(sample, form), name=f"{sample.name}{samples.suffix(form)}").to_dict()
            gold = samples.project(sample, reading["text"])
            counts, pairs = score(reading, gold)
            if form == "txt":
                counts.update(score_actions(sample, reading, pairs))
            for name, values in counts.items():
                total[name] = [a + b for a, b in zip(total[name], values, strict=True)]
            forms[form] = [a + b for a, b in zip(forms[form], counts["statements"], strict=True)]
            if options.errors:
                _errors(f"{path.name} as {form}", reading, gold, counts, pairs)
    print(f"{part}: {number} samples")
    for name, values in total.items():
        print(line(name, values))
    for form, values in forms.items():
        print(line(f"· {form}", values))


def _errors(
    name: str, reading: dict[str, Any], gold: dict[str, Any], counts: dict[str, Counts], pairs: dict[str, str]
) -> None:
    text = reading["text"]
    print(f"{name}  " + "  ".join(f"{k} {v[0]}/{v[1]}/{v[2]}" for k, v in counts.items()))
    if reading["theme"]:
        print(f"    theme {reading['theme']['id']}, genre {reading['genre']}")
    for want in gold["items"]:
        if want["id"] not in pairs.values():
            print(
                f"    missed {want['id']} {text[want['start'] : want['start'] + 30]!r} … {text[want['end'] - 8 : want['end']]!r}"
            )
    for got in reading["statements"]:
        if got["id"] not in pairs:
            print(
                f"    wrong  {got['id']} {text[got['start'] : got['start'] + 30]!r} … {text[got['end'] - 8 : got['end']]!r}"
            )
    for kind, key in LINKS:
        want_links = {tuple(x) for x in gold["links"].get(key, [])}
        got_links = {
            (pairs.get(k["from"], "?"), pairs.get(k["to"], "?")): k for k in reading["links"] if k["kind"] == kind
        }
        for link in sorted(want_links - set(got_links)):
            print(f"    missed {kind} {link}")
        for link in sorted(set(got_links) - want_links):
            print(f"    wrong  {kind} {link} {got_links[link]['score']} {got_links[link]['because']}")


def main() -> None:
    """Score both halves."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--errors", action="store_true", help="say what was missed and what was wrong")
    parser.add_argument("--forms", default="", help="only these forms, parted by commas")
    parser.add_argument("--part", default="", help="only this half")
    options = parser.parse_args()
    for part in (options.part,) if options.part else ("tuned", "untuned"):
        evaluate(part, options)


if __name__ == "__main__":
    main()
