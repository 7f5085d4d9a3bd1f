"""One command: ``bihuan``. Heavy parts are imported by the command that needs them, so that help is there at once."""

from __future__ import annotations

import os
import sys

from bihuan import __version__
from bihuan.errors import BihuanError, InputMissing, OutputError, UsageWrong
from bihuan.i18n import _

TYPE_CHECKING = False  # what typing gives, without the time to import it
if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from typing import IO, NoReturn

    from bihuan.checking.config import Config
    from bihuan.checking.finding import Finding
    from bihuan.reading.model import Reading
    from bihuan.themes.load import Theme

COMMANDS = ("read", "ledger", "check", "explain", "rules", "themes")
FORMATS = ("text", "json", "html", "xlsx", "docx")
_SUFFIX = {"text": ".txt", "json": ".json", "html": ".html", "xlsx": ".xlsx", "docx": ".docx"}
CHECK_FORMATS = ("text", "json", "sarif")
FOUND = 1
UNCHECKED = 2
STOPPED = 130
FAULT = 70


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit status (``bihuan.errors``)."""
    words = list(sys.argv[1:] if argv is None else argv)
    options = words[: words.index("--")] if "--" in words else words
    debug = "--debug" in options
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal that lacks a character shows another rather than nothing
            stream.reconfigure(errors="replace" if stream is sys.stdout else "backslashreplace")
    try:
        status = _run(words, options)
        if sys.stdout is not None:
            sys.stdout.flush()
        return status
    except BrokenPipeError:
        # The reader of our output has gone (head, less): nothing more to say.
        _drop_stdout()
        return 0
    except KeyboardInterrupt:
        _drop_stdout()
        print(_("已停止。"), file=sys.stderr)
        return STOPPED
    except Exception as error:
        if debug:
            import traceback

            traceback.print_exc()
        known = _known(error)
        _say(known or _("程序出错：{error}。加上 --debug 再运行，把结果告诉我们。").format(error=repr(error)))
        return known.exit_status if known else FAULT


def _run(words: list[str], options: list[str]) -> int:
    """Help and version come first: what parses the rest takes longer to import than they take to print."""
    if not words or "-h" in options or "--help" in options:
        print(_help(next((word for word in options if word in COMMANDS), "")), end="")
        return 0
    if "--version" in options:
        print(f"bihuan {__version__}")
        return 0
    chosen = _parse(words)
    commands = {
        "read": _read,
        "ledger": _ledger,
        "check": _check,
        "explain": _explain_rule,
        "rules": _rules,
        "themes": _themes,
    }
    return commands[chosen.command](chosen)


def _known(error: Exception) -> BihuanError | None:
    """The error as one that people can act on; None for a fault of ours."""
    if isinstance(error, BihuanError):
        return error
    if isinstance(error, OSError) and error.filename is None and _is_stdout_broken():
        _drop_stdout()
        return OutputError(_("写不到标准输出：{why}").format(why=error.strerror or error))
    return None


def _is_stdout_broken() -> bool:
    try:
        print(end="", flush=True)
    except OSError:
        return True
    return False


def _drop_stdout() -> None:
    """Let what is still to be written go nowhere, or Python would try again at exit and complain."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _say(error: BihuanError | str) -> None:
    """One line on stderr, whatever the name of a file holds."""
    line = " ".join(str(error).split())
    print("bihuan: " + "".join(c if c.isprintable() else "\ufffd" for c in line), file=sys.stderr)


# --- the words of the command line -----------------------------------------------------------------------------------


def _help(command: str) -> str:
    """The help of a command, or of all; laid out by hand, as Chinese characters are two columns wide."""
    if command == "read":
        return _("""\
用法：bihuan read [选项] 材料…

研读一份或多份材料：问题、原因、措施，和它们在原文里的位置。

材料：docx、pdf、txt、md、html、xlsx、图片等的路径；- 是标准输入

选项：
  -f, --format 格式   text（默认）、json、html、xlsx 或 docx；不写时看 -o 的扩展名
  -o, --output 路径   写到文件；路径是文件夹或以 / 结尾时，每份材料在里面写一个文件
      --theme 主题    主题的代号（见 bihuan themes）或自己的主题文件；不写时自动识别
      --force         输出文件已经存在时覆盖它
      --debug         出错时显示全部细节
  -h, --help          显示这份说明

格式：text 摘要 · json 研读结果 · html 研读页 · xlsx 整改台账 · docx 三张清单公文
""")
    if command == "ledger":
        return _("""\
用法：bihuan ledger [选项] 材料…

研读材料，做出整改台账工作簿（xlsx）。

材料：docx、pdf、txt、md、html、xlsx、图片等的路径；- 是标准输入

选项：
  -o, --output 路径   台账的路径，或文件夹；不写时在当前文件夹写“材料名-台账.xlsx”
      --theme 主题    主题的代号（见 bihuan themes）或自己的主题文件；不写时自动识别
      --force         输出文件已经存在时覆盖它
      --debug         出错时显示全部细节
  -h, --help          显示这份说明
""")
    if command == "check":
        return _("""\
用法：bihuan check [选项] 材料…

审读材料：哪里缺责任人、缺时限、没有回应问题、编号或标点有误，怎么改。

材料：docx、pdf、txt、md、html、xlsx、图片等的路径；- 是标准输入

选项：
      --select 代号         只用这些规则：代号或代号的开头，用逗号隔开，例如 M,S005
      --ignore 代号         不用这些规则
      --theme 主题          主题的代号（见 bihuan themes）或自己的主题文件；不写时自动识别
      --last-year 材料      上年的材料，用来找出又出现的问题和照搬的措施
      --fix                 改正有把握的错误（只能改 txt 和 md）
      --unsafe-fixes        连可能改变意思的错误也改正
      --format 格式         text（默认）、json 或 sarif
      --baseline 文件       不报告这份基线里已有的意见
      --write-baseline 文件 把现有的意见写成基线，不显示
      --debug               出错时显示全部细节
  -h, --help                显示这份说明

设置写在 bihuan.toml 里，从材料所在的文件夹往上找。
结束状态：0 没有意见，1 有意见，2 不能审读。
""")
    if command == "explain":
        return _("""\
用法：bihuan explain [选项] 代号

说明一条规则：它查什么，为什么，错的和对的例子，可以设置什么。

代号：规则的代号，例如 M301；所有的规则见 bihuan rules

选项：
      --debug   出错时显示全部细节
  -h, --help    显示这份说明
""")
    if command == "rules":
        return _("""\
用法：bihuan rules [选项]

列出审读的规则。

选项：
      --debug   出错时显示全部细节
  -h, --help    显示这份说明
""")
    if command == "themes":
        return _("""\
用法：bihuan themes [选项] [主题]

列出主题；给出一个主题时，说明它有哪些方面，凭什么认出。

主题：主题的代号，或自己的主题文件（TOML）

选项：
      --debug   出错时显示全部细节
  -h, --help    显示这份说明
""")
    return _("""\
用法：bihuan 命令 [选项] …

闭环：把对照检查材料变成可核验的整改台账。

命令：
  read     研读材料：问题、原因、措施，和它们在原文里的位置
  ledger   做出整改台账（xlsx）
  check    审读材料：哪里含糊、缺项、有误，怎么改
  explain  说明一条审读规则
  rules    列出审读的规则
  themes   列出主题，或说明一个主题

选项：
  -h, --help      显示这份说明；bihuan 命令 --help 说明一个命令
      --version   显示版本

例子：
  bihuan read 报告.docx                  在屏幕上看摘要
  bihuan ledger 报告.docx                写出 报告-台账.xlsx
  bihuan read *.docx -f html -o 研读/    每份材料写一个网页
""")


def _parse(words: list[str]) -> argparse.Namespace:
    import argparse

    class Parser(argparse.ArgumentParser):
        def __init__(self, **kwargs: object) -> None:
            super().__init__(add_help=False, allow_abbrev=False, **kwargs)  # type: ignore[arg-type]

        def error(self, message: str) -> NoReturn:
            raise UsageWrong(_told(message) + _("；用法见 {command} --help").format(command=self.prog))

    common = Parser()
    common.add_argument("--debug", action="store_true", default=argparse.SUPPRESS)
    inputs = Parser(parents=[common])
    inputs.add_argument("files", nargs="+", metavar=_("材料"))
    inputs.add_argument("--output", "-o")
    inputs.add_argument("--theme")
    inputs.add_argument("--force", action="store_true")
    parser = Parser(prog="bihuan", parents=[common])
    commands = parser.add_subparsers(dest="command", metavar=_("命令"), required=True)
    commands.add_parser("read", parents=[inputs]).add_argument("--format", "-f", choices=FORMATS)
    commands.add_parser("ledger", parents=[inputs]).set_defaults(format="xlsx")
    check = commands.add_parser("check", parents=[common])
    check.add_argument("files", nargs="+", metavar=_("材料"))
    for name in ("--select", "--ignore"):
        check.add_argument(name, action="append", default=[])
    for name in ("--theme", "--last-year", "--baseline", "--write-baseline"):
        check.add_argument(name)
    for name in ("--fix", "--unsafe-fixes"):
        check.add_argument(name, action="store_true")
    check.add_argument("--format", "-f", choices=CHECK_FORMATS, default="text")
    commands.add_parser("explain", parents=[common]).add_argument("code", metavar=_("代号"))
    commands.add_parser("rules", parents=[common])
    commands.add_parser("themes", parents=[common]).add_argument("theme", nargs="?")
    return parser.parse_args(words)


def _told(message: str) -> str:
    """What argparse says, in the words of the screen."""
    import re

    sayings = (
        (r"the following arguments are required: (.*)", _("缺少{0}")),
        (r"unrecognized arguments: (.*)", _("不认识 {0}")),
        (r"argument (\S+): invalid choice: (.*) \(choose from (.*)\)", _("{0} 不能是 {1}，可以是 {2}")),
        (r"argument (\S+): expected .*", _("{0} 后面缺少内容")),
        (r"argument (\S+): ignored explicit argument (.*)", _("{0} 后面不要内容，却有 {1}")),
    )
    for pattern, saying in sayings:
        found = re.fullmatch(pattern, message)
        if found:
            return saying.format(*(part.replace("'", "") for part in found.groups()))
    return message


# --- commands ------------------------------------------------------------------------------------------------------


def _read(options: argparse.Namespace) -> int:
    return _many(options) if len(options.files) > 1 or _is_folder(options.output) else _one(options)


def _ledger(options: argparse.Namespace) -> int:
    if options.output is None:
        options.output = "."
    if not _is_folder(options.output) and not options.output.lower().endswith(".xlsx"):
        raise UsageWrong(_("台账是 Excel 工作簿，文件名要以 .xlsx 结尾"), place=options.output)
    return _read(options)


def _themes(options: argparse.Namespace) -> int:
    from bihuan.themes import load as themes

    if options.theme:
        print(_explain(themes.load(options.theme)), end="")
        return 0
    every = themes.available()
    for theme in every:
        about = _("{count} 个方面").format(count=len(theme.dimensions))
        print(f"{theme.id:14}{_padded(theme.title, 28)}{_padded(about, 16)}{theme.who}".rstrip())
    print("\n" + _("bihuan themes 主题：说明一个主题，例如 bihuan themes {id}").format(id=every[0].id))
    return 0


def _explain(theme: Theme) -> str:
    """A theme in full: what it asks, by which words a heading names each dimension, by which signs it is found."""
    kinds = {
        "self-examination": _("对照检查"),
        "plan": _("整改方案"),
        "progress": _("整改情况报告"),
        "feedback": _("反馈意见"),
        "other": _("其他材料"),
    }
    facts = [(_("类型"), kinds[theme.kind]), (_("谁来写"), theme.who), (_("年度"), theme.year and str(theme.year))]
    lines = [
        f"{theme.id}  {theme.title}",
        " · ".join(f"{name} {value}" for name, value in facts if value),
        "",
        *theme.description.splitlines(),
        "",
        _("方面（标题里有后面的词，就归入这一方面）："),
    ]
    for dimension in theme.dimensions:
        lines += ["", f"  {dimension.id}  {dimension.title}"]
        words = dict.fromkeys((dimension.short, *dimension.words))
        lines.append("      " + "；".join(word for word in words if word != dimension.title))
    if theme.signs:
        lines += ["", _("凭这些词认出（前面是分量，5 足以认定）：")]
        for weight in sorted({weight for _word, weight in theme.signs}, reverse=True):
            lines.append(f"  {weight:g}  " + "；".join(word for word, of_word in theme.signs if of_word == weight))
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _check(options: argparse.Namespace) -> int:
    """Check reports; one that cannot be checked is named and the others go on.

    Returns:
        0 where nothing is found, 1 where something is, 2 where a report could not be checked.
    """
    try:
        found, failed = _checked(options)
    except BihuanError as error:
        if "debug" in options:
            import traceback

            traceback.print_exc()
        _say(error)
        return UNCHECKED
    return UNCHECKED if failed else FOUND if found else 0


def _checked(options: argparse.Namespace) -> tuple[int, int]:
    """How many findings there are, and how many reports could not be checked."""
    from collections import Counter
    from pathlib import Path

    from bihuan.checking import run
    from bihuan.exchange import findings as exchange

    select, ignore = _codes(options.select), _codes(options.ignore)
    config = _config_of(select, ignore)
    for file in options.files:
        config(file)  # what is wrong there, or in the codes, is said before anything is read
    last_year = _load(options.last_year, options.theme) if options.last_year else None
    accepted = run.read_baseline(Path(options.baseline)) if options.baseline else Counter()
    marks: run.Baseline = Counter()
    reports: list[exchange.Checked] = []
    found = failed = 0
    for file in options.files:
        try:
            reading, findings = _findings(file, options, config(file), last_year)
        except BihuanError as error:
            if "debug" in options:
                import traceback

                traceback.print_exc()
            error.place = error.place or file
            _say(error)
            failed += 1
            continue
        marks.update(run.mark(reading.text, finding) for finding in findings)
        report = exchange.Checked(file, reading.text, run.without(reading.text, findings, accepted))
        found += len(report.findings)
        if options.write_baseline:
            continue
        if options.format == "text":
            _stdout().write(exchange.to_text(report).encode("utf-8", "replace"))
        else:
            reports.append(report)
    if options.format != "text" and not options.write_baseline:
        text = exchange.to_json(reports) if options.format == "json" else exchange.to_sarif(reports)
        _stdout().write(text.encode("utf-8", "replace"))
    if options.write_baseline:
        if failed:
            return found, failed
        from bihuan.exchange.files import write_whole

        write_whole(options.write_baseline, run.baseline_to_json(marks).encode())
        told = _("已写出基线 {path}（{count} 条意见）")
        print(told.format(path=options.write_baseline, count=sum(marks.values())), file=sys.stderr)
        return 0, 0
    if options.format == "text" and (found or not failed):
        told = _("{count} 条意见").format(count=found) if found else _("没有意见")
        print(told, file=sys.stderr)
    return found, failed


def _codes(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(code.strip() for word in words for code in word.split(",") if code.strip())


def _config_of(select: tuple[str, ...], ignore: tuple[str, ...]) -> Callable[[str], Config]:
    """Gives each report's configuration: what stands above it, with what the command line says."""
    from pathlib import Path

    from bihuan.checking import config

    read: dict[Path | None, Config] = {}

    def of(file: str) -> Config:
        path = config.find(Path("stdin" if file == "-" else file))
        if path not in read:
            read[path] = (config.load(path) if path else config.Config()).with_choice(select, ignore)
            read[path].rules()
        return read[path]

    return of


def _findings(
    file: str, options: argparse.Namespace, config: Config, last_year: Reading | None
) -> tuple[Reading, tuple[Finding, ...]]:
    """A report and what is found in it; with ``--fix`` what is left after mending it."""
    from bihuan.checking import run

    mend = options.fix or options.unsafe_fixes
    if mend and file == "-":
        raise UsageWrong(_("标准输入不能修改，请给出文件"))
    reading = _load(file, options.theme)
    findings = run.check(reading, last_year, config)
    if mend:
        from pathlib import Path

        from bihuan.checking.fix import FIXABLE, fix_file
        from bihuan.exchange.files import write_whole

        if reading.source.media_type not in FIXABLE:
            raise UsageWrong(_("只能修改 txt 和 md；请在原来的软件里改这份材料"))
        fixed = fix_file(Path(file).read_bytes(), reading.text, findings, unsafe=options.unsafe_fixes)
        if fixed.mended:
            write_whole(file, fixed.data)
            print(_("{path}：改正了 {count} 处").format(path=file, count=fixed.mended), file=sys.stderr)
            reading = _load(file, options.theme)
            findings = run.check(reading, last_year, config)
    return reading, findings


def _explain_rule(options: argparse.Namespace) -> int:
    from bihuan.checking.registry import find
    from bihuan.exchange.rule_pages import to_terminal

    print(to_terminal(find(options.code)), end="")
    return 0


def _rules(options: argparse.Namespace) -> int:
    from bihuan.checking.registry import available

    for rule in available():
        off = "" if rule.default else _("（默认关闭）")
        print(f"{rule.code}  {rule.name:22}{rule.summary}{off}")
    print("\n" + _("bihuan explain 代号：说明一条规则，例如 bihuan explain M301"))
    return 0


def _padded(text: str, columns: int) -> str:
    import unicodedata

    return text + " " * (columns - sum(1 + (unicodedata.east_asian_width(c) in "FWA") for c in text))


def _one(options: argparse.Namespace) -> int:
    from pathlib import Path

    form = options.format or _format_of(options.output)
    target = Path(options.output) if options.output else None
    if target is not None:
        _check_target(target, options)
    elif form in ("xlsx", "docx") and sys.stdout is not None and sys.stdout.isatty():
        raise UsageWrong(_("{form} 不能显示在屏幕上，请用 -o 给出文件名").format(form=form))
    reading = _load(options.files[0], options.theme)
    if target is None:
        _print(reading, form)
    else:
        _write(target, reading, form)
        _report(target, reading)
    return 0


def _many(options: argparse.Namespace) -> int:
    """Files into a folder, or one after the other; one that fails is named and the others go on.

    Returns:
        The highest status of any file.
    """
    from pathlib import Path

    form = options.format or "text"
    folder = Path(options.output) if options.output else None
    if folder is None and form not in ("text", "json"):
        raise UsageWrong(_("多份材料要用 -o 给出一个文件夹"))
    if folder is not None:
        _make_folder(folder)
    if options.theme:
        from bihuan.themes import load as themes

        themes.load(options.theme)  # a wrong theme is said once, not for every file
    worst = failed = 0
    taken: set[str] = set()

    def work(file: str) -> None:
        nonlocal worst, failed
        try:
            if folder is None:
                # Several readings as JSON come one a line: the form that other programs take from a stream.
                _print(_load(file, options.theme), form, in_lines=True)
            else:
                target = folder / _free_name(_stem(file), _suffix(options, form), taken)
                _check_target(target, options)
                reading = _load(file, options.theme)
                _write(target, reading, form)
                if len(options.files) == 1:
                    _report(target, reading)
        except BihuanError as error:
            if "debug" in options:
                import traceback

                traceback.print_exc()
            error.place = error.place or file
            _say(error)
            worst, failed = max(worst, error.exit_status), failed + 1

    _with_progress(options.files, work, quiet=folder is None)
    if folder is not None and len(options.files) > 1:
        told = _("写了 {count} 份到 {folder}").format(count=len(options.files) - failed, folder=folder)
        print(told + (_("；没有写成 {count} 份").format(count=failed) if failed else ""), file=sys.stderr)
    return worst


def _with_progress(files: Sequence[str], work: Callable[[str], None], *, quiet: bool) -> None:
    """Work on each file; where people look on, and the screen isn't needed for the readings, with a bar."""
    if quiet or len(files) == 1 or not sys.stderr.isatty():
        for file in files:
            work(file)
        return
    from rich.console import Console
    from rich.progress import track

    for file in track(files, description=_("研读"), console=Console(stderr=True), transient=True):
        work(file)


# --- in and out ------------------------------------------------------------------------------------------------------


def _load(file: str, theme: str | None) -> Reading:
    from pathlib import Path

    from bihuan.reading.read import read

    if file != "-":
        return read(Path(file), theme)
    from bihuan.reading.sources.limits import MAX_FILE_BYTES

    if sys.stdin is None:
        raise InputMissing(_("没有标准输入"))
    try:
        return read(sys.stdin.buffer.read(MAX_FILE_BYTES + 1), theme, name="stdin")
    except BihuanError as error:
        error.place = error.place or _("标准输入")
        raise


def _render(reading: Reading, form: str) -> bytes:
    if form == "json":
        # Lone surrogates can stand in a text that came from a program; JSON escapes keep them.
        return reading.to_json().encode("utf-8", "backslashreplace")
    if form == "html":
        from bihuan.exchange.page import to_html

        return to_html(reading)
    if form == "xlsx":
        from bihuan.exchange.workbook import to_xlsx

        return to_xlsx(reading)
    if form == "docx":
        from bihuan.exchange.official import to_docx

        return to_docx(reading)
    from bihuan.exchange.terminal import plain

    return plain(reading).encode("utf-8", "replace")


def _print(reading: Reading, form: str, *, in_lines: bool = False) -> None:
    if sys.stdout is None:
        raise OutputError(_("没有标准输出"))
    if form == "text":
        from bihuan.exchange.terminal import show

        show(reading)
    elif form == "json" and in_lines:
        import json

        line = json.dumps(reading.to_dict(), ensure_ascii=False) + "\n"
        _stdout().write(line.encode("utf-8", "backslashreplace"))
    else:
        _stdout().write(_render(reading, form))


def _stdout() -> IO[bytes]:
    sys.stdout.flush()
    return sys.stdout.buffer


def _write(target: Path, reading: Reading, form: str) -> None:
    from bihuan.exchange.files import write_whole

    write_whole(target, _render(reading, form))


def _report(target: Path, reading: Reading) -> None:
    """Say what was written, so that nobody carries an empty ledger to a meeting."""
    counts = _("问题 {problems}，原因 {causes}，措施 {measures}").format(
        problems=len(reading.of_kind("problem")),
        causes=len(reading.of_kind("cause")),
        measures=len(reading.of_kind("measure")),
    )
    print(_("已写出 {path}（{counts}）").format(path=target, counts=counts), file=sys.stderr)
    if not reading.statements:
        print(
            _("没有读出问题、原因或措施。看看报告是否有标题和编号，或用 --theme 指明主题。"),
            file=sys.stderr,
        )


def _stem(file: str) -> str:
    from pathlib import Path

    return "stdin" if file == "-" else Path(file).stem


def _suffix(options: argparse.Namespace, form: str) -> str:
    return f"-{_('台账')}.xlsx" if options.command == "ledger" else _SUFFIX[form]


def _free_name(stem: str, suffix: str, taken: set[str]) -> str:
    """Two inputs of one name in different folders get outputs of different names."""
    name, number = stem + suffix, 2
    while name in taken:
        name, number = f"{stem}-{number}{suffix}", number + 1
    taken.add(name)
    return name


def _format_of(output: str | None) -> str:
    from pathlib import Path

    if output is None:
        return "text"
    suffix = Path(output).suffix.lower()
    for form, known in _SUFFIX.items():
        if suffix == known:
            return form
    told = _("看不出要写成什么格式：请用扩展名 {suffixes}，或加 --format")
    raise UsageWrong(told.format(suffixes=" ".join(_SUFFIX.values())), place=output)


def _is_folder(output: str | None) -> bool:
    return output is not None and (output.endswith(("/", os.sep)) or os.path.isdir(output))  # noqa: PTH112


def _make_folder(folder: Path) -> None:
    if folder.suffix.lower() in _SUFFIX.values() and not folder.is_dir():
        raise UsageWrong(_("多份材料要用 -o 给出一个文件夹"), place=str(folder))
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(_("不能建立文件夹：{why}").format(why=error.strerror or error), place=str(folder)) from error


def _check_target(target: Path, options: argparse.Namespace) -> None:
    """Refuse, before anything is read, what would end badly.

    Nothing is overwritten unasked: a ledger that people have filled in is worth more than a command's convenience. A
    report is never overwritten at all.
    """
    path, os_path = str(target), os.path  # pathlib raises where a name is too long; what writes the file says it better
    if os_path.isdir(path):
        raise OutputError(_("这是一个文件夹，请给出文件名"), place=path)
    if not os_path.isdir(os_path.dirname(path) or "."):
        raise OutputError(_("要保存到的文件夹不存在，文件没有写入。请先建好文件夹，或换一个位置保存。"), place=path)
    if not os_path.isfile(path):
        return
    if any(file != "-" and os_path.exists(file) and os_path.samefile(path, file) for file in options.files):
        raise OutputError(_("这是要读的材料，不能覆盖它；请换一个文件名"), place=path)
    if not options.force:
        raise OutputError(_("文件已经存在；要覆盖它，请加 --force"), place=path)


if __name__ == "__main__":
    sys.exit(main())
