"""`pingzhao picture`: screenshots and posters, with the findings drawn on them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scanner.cli import options
from scanner.cli.guard import FOUND, SOME_FAILED, UNUSABLE
from scanner.cli.progress import stdout_console
from scanner.cli.scanning import load_scanner
from scanner.errors import PingzhaoError
from scanner.findings import Disposition

if TYPE_CHECKING:
    from scanner import Scanner

_OWN = ("E110", "E115", "E116")
"""What is wrong with one picture and no other."""
_LINES = "图片.jsonl"
"""One picture a line, in the order given."""


@click.command(
    help="""检查图片中的招聘文字：截图、海报、聊天记录（需要 pip install "pingzhao[ocr]"）。

按阅读顺序读出文字，聊天截图分出双方（左为对方，右为我），线索编号画在图上。

\b
例：
  pingzhao picture 海报.jpg
  pingzhao picture 截图1.png 截图2.png --output 结果

\b
退出码：
  0    没有涉嫌违法的用语（可能有待核的）
  1    至少有一处涉嫌违法
  2    无法执行：没有一张图片可用，或缺少组件
  3    没有涉嫌违法，但有些图片未能检查
"""
)
@click.argument("files", metavar="图片...", type=options.PATH, nargs=-1, required=True)
@click.option(
    "--output",
    type=options.PATH,
    metavar="文件夹",
    help="画出线索的图片（PNG）和 图片.jsonl 写到这里；没有则新建。",
)
@options.no_model
def picture(files: tuple[Path, ...], output: Path | None, no_model: bool) -> None:
    """Print the findings of each picture; a wrong file costs itself only."""
    scanner = load_scanner(model=not no_model, deep=True)
    done = _Done()
    for number, file in enumerate(files, 1):
        click.echo(f"图片 {number}/{len(files)}：{file}")
        try:
            _check(scanner, file, number, output, done)
        except PingzhaoError as error:
            if error.code not in _OWN:
                raise
            click.echo(error, err=True)
            done.failed += 1
            done.lines.append({"id": str(file), "error": {"code": error.code, "message": error.message}})
    if output is not None:
        _write_lines(output / _LINES, done.lines)
        click.echo(f"结果：{output}", err=True)
    raise click.exceptions.Exit(done.status)


@dataclass
class _Done:
    """What came of the pictures so far."""

    lines: list[dict[str, Any]] = field(default_factory=list)
    violations: int = 0
    failed: int = 0

    @property
    def status(self) -> int:
        """The exit code."""
        if self.violations:
            return FOUND
        if not self.failed:
            return 0
        return UNUSABLE if self.failed == len(self.lines) else SOME_FAILED


def _check(scanner: Scanner, file: Path, number: int, output: Path | None, done: _Done) -> None:
    """Read, scan, show and write one picture. Raises what `read_picture` raises, and E201."""
    from scanner.picture import drawn, read_picture, scan_picture
    from scanner.picture.report import plain
    from scanner.report.terminal import print_report

    read = read_picture(file)
    found = scan_picture(scanner, read, name=str(file))
    print_report(stdout_console(), found.ad, found.report)
    done.violations += any(f.disposition == Disposition.VIOLATION for f in found.report.findings)
    done.lines.append(plain(read, found))
    if output is not None:
        _write(output / f"{number:03}-{file.stem}.png", drawn(file, found))


def _write_lines(path: Path, lines: list[dict[str, Any]]) -> None:
    import orjson

    _write(path, b"".join(orjson.dumps(line) + b"\n" for line in lines))


def _write(path: Path, content: bytes) -> None:
    """The file, in a folder that is made where there is none. Raises PingzhaoError E201."""
    from scanner.report.output import refusals, whole_file

    with refusals(path):
        path.parent.mkdir(parents=True, exist_ok=True)
    with whole_file(path) as file:
        file.write(content)
