"""The reading as one page for the browser: the report marked, its ledger, its relations and its coverage.

The page is a single file that needs nothing beside it: no network, no font, no picture. Everything is written out as
HTML, so it reads and prints without JavaScript; the script adds finding one's way. A content security policy
forbids whatever is not in the file.
"""

from __future__ import annotations

import base64
import hashlib
from importlib import resources

from bihuan.exchange.page.coverage import render_figures, render_grid
from bihuan.exchange.page.escape import escape, shorten
from bihuan.exchange.page.flow import render_flow
from bihuan.exchange.page.ledger import Cards
from bihuan.exchange.page.marks import paragraph_at, paragraphs, render_text
from bihuan.exchange.page.view import View, kind_name
from bihuan.i18n import _, language
from bihuan.reading.model import KINDS, Genre, Reading

_CHIP_CHARACTERS = 12
"""Characters of a dimension's title that a filter shows; the whole title is its tooltip."""
_NAME_CHARACTERS = 40
"""Characters of the file's name in the header."""


def to_html(reading: Reading) -> bytes:
    """The page, in UTF-8. The same reading and screen language give the same bytes."""
    view = View(reading)
    style, script = _part("page.css"), _part("page.js")
    policy = (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    title = reading.quote(reading.title) if reading.title else ""
    title = title or reading.source.name
    lang = "zh-Hans" if language() == "zh" else "en"
    page = f"""<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="Bihuan">
<title>{escape(title)} · {escape(_("闭环研读"))}</title>
<style>{style}</style>
</head>
<body>
<a class="skip" href="#text">{escape(_("跳到原文"))}</a>
<a class="skip" href="#ledger">{escape(_("跳到台账"))}</a>
{_header(view, title)}
{_toolbar(view)}
<main>
{_main(view)}
</main>
<footer>{escape(_("由闭环在本机生成，未联网；标记与对应关系供人判断，请以原文为准。"))}
<span>SHA-256 <code>{escape(reading.source.sha256)}</code></span></footer>
{_help()}
<div id="live" class="unseen" role="status" aria-live="polite"></div>
<script>{script}</script>
</body>
</html>
"""
    return page.encode()


def _part(name: str) -> str:
    return resources.files(__name__).joinpath(name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _genre(genre: Genre) -> str:
    return {
        "self-examination": _("对照检查材料"),
        "plan": _("整改方案"),
        "progress": _("整改情况报告"),
        "feedback": _("反馈意见"),
        "other": _("其他材料"),
    }[genre]


def _header(view: View, title: str) -> str:
    reading = view.reading
    facts = [
        (_("来源"), shorten(reading.source.name, _NAME_CHARACTERS)),
        (_("类型"), _genre(reading.genre)),
        (_("主题"), reading.theme.title if reading.theme else _("未识别")),
        (_("字数"), f"{reading.source.characters:,}"),
        (_("段落"), f"{len(paragraphs(reading)):,}"),
    ]
    told = "".join(f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>" for name, value in facts)
    return f"""<header class="top">
<div class="bar"><b class="brand">{escape(_("闭环"))}</b><span>{escape(_("研读页"))}</span><i></i>
<button type="button" class="js" id="help-open" aria-keyshortcuts="?">{escape(_("快捷键"))} <kbd>?</kbd></button>
<button type="button" class="js" id="theme" aria-pressed="false">{escape(_("深色"))}</button>
<button type="button" class="js" id="print">{escape(_("打印"))}</button></div>
<div class="intro"><h1{view.quoted}>{escape(title)}</h1><dl class="facts">{told}</dl></div>
<dl class="figures">{render_figures(view)}</dl>
</header>"""


def _toolbar(view: View) -> str:
    kinds = "".join(
        f'<button type="button" class="chip {kind}" data-kind="{kind}" aria-pressed="true">{escape(kind_name(kind))} '
        f"<small>{len(view.reading.of_kind(kind))}</small></button>"
        for kind in KINDS
    )
    gap_names = {"answer": _("未回应"), "cause": _("无原因"), "owner": _("无责任单位"), "date": _("无时限")}
    gaps = "".join(
        f'<button type="button" class="chip" data-gap-is="{gap}" aria-pressed="false">{escape(name)}</button>'
        for gap, name in gap_names.items()
    )
    theme = view.reading.theme
    dimensions = "".join(
        f'<button type="button" class="chip" data-dim-is="{escape(d.id)}" aria-pressed="false"'
        f' title="{escape(d.title)}"{view.quoted}>{escape(shorten(d.title, _CHIP_CHARACTERS))}</button>'
        for d in (theme.dimensions if theme else ())
    )
    by_dimension = (
        f'<div class="chips" role="group" aria-label="{escape(_("按方面筛选"))}"><span>{escape(_("方面"))}</span>'
        f"{dimensions}</div>"
        if dimensions
        else ""
    )
    return f"""<div class="tools" id="tools">
<nav aria-label="{escape(_("页面各部分"))}"><a href="#text" data-view="text">{escape(_("原文"))}</a>
<a href="#ledger" data-view="ledger">{escape(_("台账"))}</a>
<a href="#relations" data-view="relations">{escape(_("关系"))}</a></nav>
<div class="js search" role="search"><label class="unseen" for="q">{escape(_("在原文和台账中查找"))}</label>
<input id="q" type="search" placeholder="{escape(_("查找原文和台账"))}" autocomplete="off" spellcheck="false"
 aria-describedby="found" aria-keyshortcuts="/"></div>
<div class="js filters" role="region" aria-label="{escape(_("筛选"))}">
<div class="chips" role="group" aria-label="{escape(_("显示哪些条目"))}"><span>{escape(_("显示"))}</span>{kinds}</div>
<div class="chips" role="group" aria-label="{escape(_("按缺项筛选"))}"><span>{escape(_("缺项"))}</span>{gaps}</div>
{by_dimension}
<span id="found" data-found="{escape(_("原文 {hits} 处，台账 {cards} 条"))}"
 data-filtered="{escape(_("台账显示 {cards} 条，共 {all} 条"))}"></span>
</div>
</div>"""


def _main(view: View) -> str:
    reading = view.reading
    details = {
        "instance": _("实例"),
        "hedge": _("弱化表述"),
        "redaction": _("隐去处"),
        "note": _("存疑处"),
    }
    legend = "".join(
        f'<label><input type="checkbox" class="js" data-detail="{name}" checked>'
        f'<span class="{name}">{escape(word)}</span></label>'
        for name, word in details.items()
    )
    text = render_text(view)
    if not text:
        text = f'<div class="empty">{escape(_("材料里没有文字。请确认文件无误；扫描件要先做文字识别。"))}</div>'
    return f"""<div class="work" id="work">
<section class="pane" id="text" aria-labelledby="text-title">
<div class="pane-head"><h2 id="text-title">{escape(_("原文"))}</h2>
<div class="legend" role="group" aria-label="{escape(_("细部标记"))}">{legend}</div></div>
<div class="body report" tabindex="0" role="group" aria-label="{escape(_("报告正文"))}" lang="zh-Hans">
{text}
</div></section>
<section class="pane" id="ledger" aria-labelledby="ledger-title"><div class="pane-head">
<h2 id="ledger-title">{escape(_("台账"))}</h2>
<small>{escape(_("点击条目找到原文，点击原文找到条目"))}</small></div>
<div class="body cards" tabindex="0" role="group" aria-label="{escape(_("台账条目"))}">
{_ledger(view)}
</div></section>
</div>
<div class="relations" id="relations">
<section class="pane" aria-labelledby="flow-title"><div class="pane-head">
<h2 id="flow-title">{escape(_("问题 → 原因 → 措施"))}</h2>
<small>{escape(_("线越粗，关联度越高；虚线是缺项"))}</small></div>
{render_flow(view) if reading.statements else f'<p class="calm">{escape(_("没有条目，也就没有关系可画。"))}</p>'}</section>
<div class="side">
<section class="pane" aria-labelledby="grid-title"><div class="pane-head">
<h2 id="grid-title">{escape(_("覆盖情况"))}</h2>
<small>{escape(_("方面 × 问题、原因、措施"))}</small></div>{render_grid(view)}</section>
<section class="pane" aria-labelledby="notes-title"><div class="pane-head">
<h2 id="notes-title">{escape(_("存疑之处"))}</h2>
<small>{escape(_("共 {n} 处").format(n=len(reading.notes)))}</small></div>{_notes(view)}</section>
</div></div>"""


def _ledger(view: View) -> str:
    if not view.reading.statements:
        return _nothing()
    return (
        f"{Cards(view).render()}\n"
        f'<div class="empty" id="no-match" hidden>{escape(_("没有符合条件的条目。"))}'
        f'<button type="button" id="clear">{escape(_("清除筛选"))}</button></div>'
    )


def _nothing() -> str:
    """What to do where the reading holds no statement."""
    advice = (
        _("确认材料是对照检查、整改方案、整改情况报告或反馈意见。"),
        _("确认标题和分条清楚，例如“一、存在的主要问题”“（一）”“一是”。"),
        _("扫描件先做文字识别，再研读一次。"),
    )
    items = "".join(f"<li>{escape(line)}</li>" for line in advice)
    return f'<div class="empty"><strong>{escape(_("没有读出问题、原因或措施"))}</strong><ol>{items}</ol></div>'


def _notes(view: View) -> str:
    reading = view.reading
    if not reading.notes:
        return f'<p class="calm">{escape(_("没有存疑之处。"))}</p>'
    lines = paragraphs(reading)
    items = []
    for i, note in enumerate(reading.notes, 1):
        told = f"<span{view.quoted}>{escape(note.message)}</span> <code>{escape(note.code)}</code>"
        words = reading.quote(note)
        if not words:  # a note on the whole report
            items.append(f"<li>{escape(_('全文'))} {told}</li>")
            continue
        place = paragraph_at(lines, note.start)
        where = f'<a href="#l{place}" data-note="n{i}">{escape(_("第 {n} 段").format(n=place))}</a>'
        items.append(f"<li>{where} {told}<q{view.quoted}>{escape(shorten(words, 36))}</q></li>")
    return f'<ol class="notes">{"".join(items)}</ol>'


def _help() -> str:
    keys = (
        ("j k", _("下一条、上一条")),
        ("/", _("查找")),
        ("Enter", _("查找时：下一处（Shift 上一处）")),
        ("Esc", _("清除高亮和查找")),
        ("?", _("显示本说明")),
    )
    told = "".join(
        f"<div><dt>{' '.join(f'<kbd>{k}</kbd>' for k in names.split())}</dt><dd>{escape(what)}</dd></div>"
        for names, what in keys
    )
    return f"""<dialog id="help" aria-labelledby="help-title">
<h2 id="help-title">{escape(_("快捷键"))}</h2><dl>{told}</dl>
<button type="button" id="help-close">{escape(_("关闭"))}</button></dialog>"""
