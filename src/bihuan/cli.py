"""One command: ``bihuan``. Heavy parts are imported by the command that needs them, so that help is there at once."""

from __future__ import annotations

import argparse
import os
import sys

from bihuan import __version__
from bihuan.errors import BihuanError, OutputError
from bihuan.i18n import _

TYPE_CHECKING = False  # what typing gives, without the time to import it
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from typing import IO

    from bihuan.reading.model import Reading

FORMATS = ("text", "json", "html", "xlsx", "docx")
_SUFFIX = {"text": ".txt", "json": ".json", "html": ".html", "xlsx": ".xlsx", "docx": ".docx"}
STOPPED = 130
USAGE = 2
FAULT = 70


class _Formatter(argparse.RawDescriptionHelpFormatter):
    def add_usage(self, usage, actions, groups, prefix=None):  # type: ignore[no-untyped-def]
        super().add_usage(usage, actions, groups, _("用法：") if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    """A parser that speaks the screen's language."""

    def __init__(self, *args: object, bare: bool = False, **kwargs: object) -> None:
        super().__init__(*args, add_help=False, formatter_class=_Formatter, **kwargs)  # type: ignore[arg-type,misc]
        if bare:
            return
        self._positionals.title = _("参数")
        self._optionals.title = _("选项")
        self.add_argument("-h", "--help", action="help", help=_("显示这份说明"))

    def error(self, message: str) -> None:  # type: ignore[override]
        self.print_usage(sys.stderr)
        self.exit(USAGE, f"{_('用法不对')}: {message}\n")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit status (``bihuan.errors``)."""
    parser = _build()
    options = parser.parse_args(argv)
    if not hasattr(options, "run"):
        parser.print_help()
        return 0
    try:
        return int(options.run(options))
    except BihuanError as error:
        if options.debug:
            raise
        _say(error)
        return error.exit_status
    except KeyboardInterrupt:
        print(_("已停止。"), file=sys.stderr)
        return STOPPED
    except BrokenPipeError:
        # The reader of our output has gone (head, less): nothing more to say, and nothing to flush at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        if options.debug:
            raise
        print(
            _("bihuan: 程序出错：{error}。加上 --debug 再运行，把结果告诉我们。").format(error=repr(error)),
            file=sys.stderr,
        )
        return FAULT


def _say(error: BihuanError) -> None:
    print(f"bihuan: {' '.join(str(error).split())}", file=sys.stderr)


def _build() -> argparse.ArgumentParser:
    common = _Parser(bare=True)
    common.add_argument("--debug", action="store_true", default=argparse.SUPPRESS, help=_("出错时显示全部细节"))
    parser = _Parser(prog="bihuan", description=_("闭环：把对照检查材料变成可核验的整改台账。"), parents=[common])
    parser.set_defaults(debug=False)
    parser.add_argument("--version", action="version", version=f"bihuan {__version__}", help=_("显示版本"))
    commands = parser.add_subparsers(title=_("命令"), metavar=_("命令"))

    command = commands.add_parser(
        "read",
        help=_("研读材料：问题、原因、措施，和它们在原文里的位置"),
        description=_("研读一份或多份材料。"),
        parents=[common],
    )
    _add_inputs(command)
    command.add_argument("--format", "-f", choices=FORMATS, help=_("输出格式；不写时看 -o 的扩展名，否则是 text"))
    command.add_argument("-o", "--output", metavar=_("路径"), help=_("写到文件；多份材料时是文件夹"))
    command.add_argument("--force", action="store_true", help=_("输出文件已经存在时覆盖它"))
    command.set_defaults(run=_read)

    command = commands.add_parser(
        "ledger", help=_("做出整改台账（xlsx）"), description=_("研读材料，做出整改台账工作簿。"), parents=[common]
    )
    _add_inputs(command)
    command.add_argument("-o", "--output", metavar=_("路径"), help=_("台账的路径；不写时用“材料名-台账.xlsx”"))
    command.add_argument("--force", action="store_true", help=_("输出文件已经存在时覆盖它"))
    command.set_defaults(run=_ledger, format="xlsx")

    command = commands.add_parser(
        "themes", help=_("列出主题，或说明一个主题"), description=_("列出主题，或说明一个主题。"), parents=[common]
    )
    command.add_argument("theme", nargs="?", metavar=_("主题"), help=_("主题的代号，或自己的主题文件（TOML）"))
    command.set_defaults(run=_themes)
    return parser


def _add_inputs(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "files", nargs="+", metavar=_("材料"), help=_("docx、pdf、txt、md、html、xlsx、图片等；- 是标准输入")
    )
    command.add_argument(
        "--theme", metavar=_("主题"), help=_("主题的代号（见 bihuan themes）或自己的主题文件；不写时自动识别")
    )


# --- commands ------------------------------------------------------------------------------------------------------


def _read(options: argparse.Namespace) -> int:
    from pathlib import Path

    form = options.format or _format_of(options.output)
    if len(options.files) == 1:
        return _one(options, form, Path(options.output) if options.output else None)
    if options.output is None:
        if form not in ("text", "json"):
            raise OutputError(_("多份材料要用 -o 给出一个文件夹"))
        return _many(options, form, None)
    return _many(options, form, Path(options.output))


def _ledger(options: argparse.Namespace) -> int:
    from pathlib import Path

    if len(options.files) > 1:
        return _many(options, "xlsx", Path(options.output or "."))
    target = Path(options.output or f"{_stem(options.files[0])}-{_('台账')}.xlsx")
    return _one(options, "xlsx", target)


def _themes(options: argparse.Namespace) -> int:
    from bihuan.themes import load as themes

    if options.theme:
        theme = themes.load(options.theme)
        print(f"{theme.id}  {theme.title}\n\n{theme.description.strip()}\n")
        for dimension in theme.dimensions:
            print(f"  {dimension.id}  {dimension.title}")
        return 0
    for theme in themes.available():
        print(f"{theme.id:24s}{theme.title}  （{_('{count} 个方面').format(count=len(theme.dimensions))}）")
    return 0


def _one(options: argparse.Namespace, form: str, target: Path | None) -> int:
    if target is not None:
        _check_target(target, options.force)
    elif form in ("xlsx", "docx") and sys.stdout.isatty():
        raise OutputError(_("{form} 不能显示在屏幕上，请用 -o 给出文件名").format(form=form))
    reading = _load(options.files[0], options.theme)
    if target is None and form == "text":
        from bihuan.exchange.terminal import show

        show(reading)
        return 0
    data = _render(reading, form)
    if target is None:
        _stdout().write(data)
        _stdout().flush()
    else:
        from bihuan.exchange.files import write_whole

        write_whole(target, data)
        print(_("已写出 {path}").format(path=target), file=sys.stderr)
    return 0


def _many(options: argparse.Namespace, form: str, folder: Path | None) -> int:
    """Several files: one that fails is named and the others go on; the status is that of the worst."""
    if folder is not None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(
                _("不能建立文件夹：{why}").format(why=error.strerror or error), place=str(folder)
            ) from error
    worst = 0
    taken: set[str] = set()

    def work(file: str) -> None:
        nonlocal worst
        try:
            target = None
            if folder is not None:
                target = folder / _free_name(_stem(file), _suffix(options, form), taken)
                _check_target(target, options.force)
            reading = _load(file, options.theme)
            if target is not None:
                from bihuan.exchange.files import write_whole

                write_whole(target, _render(reading, form))
            elif form == "text":
                from bihuan.exchange.terminal import show

                show(reading)
            else:
                # One reading a line: the form that other programs take from a stream.
                import json

                _stdout().write((json.dumps(reading.to_dict(), ensure_ascii=False) + "\n").encode())
        except BihuanError as error:
            if options.debug:
                raise
            if not error.place:
                error.place = file
            _say(error)
            worst = max(worst, error.exit_status)

    _with_progress(options.files, work)
    if folder is not None:
        print(_("写到了 {path}").format(path=folder), file=sys.stderr)
    return worst


def _with_progress(files: Sequence[str], work: Callable[[str], None]) -> None:
    if not sys.stderr.isatty():
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

    if file == "-":
        from bihuan.reading.sources.limits import MAX_FILE_BYTES

        return read(sys.stdin.buffer.read(MAX_FILE_BYTES + 1), theme, name="stdin")
    return read(Path(file), theme)


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


def _stdout() -> IO[bytes]:
    return sys.stdout.buffer


def _stem(file: str) -> str:
    from pathlib import Path

    return "stdin" if file == "-" else Path(file).stem


def _suffix(options: argparse.Namespace, form: str) -> str:
    return f"-{_('台账')}.xlsx" if options.run is _ledger else _SUFFIX[form]


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
    return next((form for form, known in _SUFFIX.items() if known == suffix), "text")


def _check_target(target: Path, force: bool) -> None:
    """Refuse to overwrite: a ledger that people have filled in is worth more than a command's convenience."""
    if target.is_dir():
        raise OutputError(_("这是一个文件夹，请给出文件名"), place=str(target))
    if target.exists() and not force:
        raise OutputError(_("文件已经存在；要覆盖它，请加 --force"), place=str(target))


if __name__ == "__main__":
    sys.exit(main())
