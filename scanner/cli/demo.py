"""`pingzhao demo`: scan the shipped samples and leave reports to look at."""

from __future__ import annotations

from pathlib import Path

import click

from scanner.batch.reading import ReadOptions
from scanner.cli import options
from scanner.cli.scanning import load_scanner, scan_to
from scanner.errors import PingzhaoError, reason

_NAMES = {"html": "report.html", "xlsx": "report.xlsx", "jsonl": "report.jsonl"}


@click.command(
    help="""扫描随附的虚构广告，写出报告。

\b
例：
  pingzhao demo
  pingzhao demo --output-dir 试用
"""
)
@click.option(
    "--output-dir",
    type=options.PATH,
    metavar="文件夹",
    default=Path("pingzhao-demo"),
    show_default=True,
    help="报告写入的文件夹，没有则新建。",
)
def demo(output_dir: Path) -> None:
    """The samples hold rows that are broken on purpose, so failed rows are no failure here."""
    from scanner.paths import shipped

    try:
        output_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise PingzhaoError("E201", path=output_dir, detail=reason(error)) from None
    reports = [(name, output_dir / file) for name, file in _NAMES.items()]
    scan_to(shipped("samples"), reports, ReadOptions(), load_scanner(), on_terminal=True)
    click.echo(f"请用浏览器打开：{(output_dir / _NAMES['html']).resolve()}")
