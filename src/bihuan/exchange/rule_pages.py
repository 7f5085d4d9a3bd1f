"""A rule told to people, from its own file: for ``bihuan explain`` and for its page in ``docs/rules``."""

from __future__ import annotations

from collections.abc import Sequence

from bihuan.checking.rule import Rule, Value
from bihuan.i18n import _

FAMILIES = {
    "S": "结构",
    "P": "问题",
    "C": "原因",
    "M": "措施",
    "W": "文风",
    "F": "格式",
    "X": "公开",
}


def to_terminal(rule: Rule) -> str:
    """What ``bihuan explain`` shows."""
    severity = {"error": _("错误"), "warning": _("警告"), "note": _("提示")}[rule.severity]
    head = f"{rule.code}  {rule.name}  {severity}" + ("" if rule.default else _("（默认关闭）"))
    lines = [head, rule.summary, "", rule.why]
    if rule.options:
        lines += ["", _("设置（bihuan.toml 的 [rules.{code}]）：").format(code=rule.code)]
        lines += [f"  {key} = {_toml(value)}" for key, value in rule.options.items()]
    for title, example in ((_("错的例子："), rule.bad), (_("对的例子："), rule.good)):
        lines += ["", title, *(f"  {line}" for line in _shown(example))]
    return "\n".join(lines) + "\n"


def to_page(rule: Rule) -> str:
    """The rule's page, in Markdown."""
    severity = {"error": "错误", "warning": "警告", "note": "提示"}[rule.severity]
    off = " · 默认关闭" if not rule.default else ""
    lines = [f"# {rule.code} {rule.summary}", "", f"`{rule.name}` · {severity}{off}", "", rule.why]
    if rule.options:
        lines += ["", "## 设置", "", "```toml", f"[rules.{rule.code}]"]
        lines += [*(f"{key} = {_toml(value)}" for key, value in rule.options.items()), "```"]
    for title, example in (("错的例子", rule.bad), ("对的例子", rule.good)):
        lines += ["", f"## {title}", "", "```text", *_shown(example), "```"]
    return "\n".join(lines) + "\n"


def to_index(rules: Sequence[Rule]) -> str:
    """The page that lists all rules by family."""
    lines = ["# 审读规则", "", "由 `make rules` 从规则自己的文件生成。"]
    letters = {rule.code[0] for rule in rules}
    for letter in (*(x for x in FAMILIES if x in letters), *sorted(letters - FAMILIES.keys())):
        lines += [
            "",
            f"## {letter} {FAMILIES.get(letter, '')}".rstrip(),
            "",
            "| 代号 | 名称 | 查什么 | 级别 |",
            "|---|---|---|---|",
        ]
        for rule in rules:
            if rule.code[0] == letter:
                severity = {"error": "错误", "warning": "警告", "note": "提示"}[rule.severity]
                off = "" if rule.default else "，默认关闭"
                lines.append(f"| [{rule.code}]({rule.code}.md) | {rule.name} | {rule.summary} | {severity}{off} |")
    return "\n".join(lines) + "\n"


def _shown(example: str) -> list[str]:
    """The example's lines; a long one is cut, as some show a length."""
    return [line if len(line) <= 240 else line[:240] + "……" for line in example.splitlines()]


def _toml(value: Value) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, tuple):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return str(value)
