"""`pingzhao check`: one ad from the command line, a file or standard input."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import click

from scanner.ad import Ad
from scanner.batch.reading import ReadOptions
from scanner.cli import options
from scanner.cli.guard import FOUND, SOME_FAILED
from scanner.cli.outcome import FirstErrors, say_failures
from scanner.cli.progress import stdout_console
from scanner.cli.scanning import STREAM, load_scanner
from scanner.errors import PingzhaoError
from scanner.findings import AdReport, RowError


@click.command(
    help="""检查一条广告：文字、文件，或者标准输入。模型读其中每一句。

\b
例：
  pingzhao check "招文员，限女性"
  pingzhao check --title "服务员（女）" "包食宿，月休四天"
  pingzhao check --file 招聘启事.txt --posted-on 2022-06-01
  pingzhao check - < 招聘启事.txt

\b
退出码：
  0    没有涉嫌违法的用语（可能有待核的）
  1    至少有一处涉嫌违法
  2    无法执行：没有文字，或文件不可用
  3    没有涉嫌违法，但文件中有些广告未能检查
"""
)
@click.argument("text", metavar="[文字]", required=False)
@click.option("--file", "file", type=options.PATH, metavar="文件", help="检查该文件中的广告。")
@options.encoding
@click.option("--title", metavar="职位名称", help="广告的标题，一并检查。")
@click.option(
    "--posted-on", type=options.DAY, metavar="日期", help="发布日期，决定适用的法律，如 2022-06-01。"
)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON，一条广告一行。")
@options.no_model
def check(
    text: str | None,
    file: Path | None,
    encoding: str | None,
    title: str | None,
    posted_on: datetime | None,
    as_json: bool,
    no_model: bool,
) -> None:
    """Print the findings; exit 1 on a violation."""
    from scanner.batch.run import run
    from scanner.report import open_writer

    items = _from_file(text, file, encoding) if file else [_from_words(text, title, encoding)]
    day = posted_on.date() if posted_on else None
    ads = (item if isinstance(item, RowError) else _told(item, title, day) for item in items)
    errors = FirstErrors()
    with open_writer("jsonl", STREAM) if as_json else _Printer() as writer:
        summary = run(load_scanner(model=not no_model, deep=True), ads, [writer, errors], notes=[])
    say_failures(summary, errors)
    if summary.by_disposition["violation"]:
        raise click.exceptions.Exit(FOUND)
    if summary.failed:
        raise click.exceptions.Exit(SOME_FAILED)


def _told(ad: Ad, title: str | None, day: date | None) -> Ad:
    return replace(ad, title=title or ad.title, posted_on=day or ad.posted_on)


class _Printer(FirstErrors):
    """Prints each ad with its findings."""

    def add(self, ad: Ad, report: AdReport) -> None:
        """One ad on the terminal."""
        from scanner.report.terminal import print_report

        print_report(stdout_console(), ad, report)


def _from_file(text: str | None, file: Path, encoding: str | None) -> Iterable[Ad | RowError]:
    """The ads of a file of any kind that `scan` reads. Raises PingzhaoError E904 and what `open_source` does."""
    from scanner.batch.source import open_source

    if text is not None:
        raise PingzhaoError("E904", detail="文字和 --file 只能写一样")
    return open_source(file, ReadOptions(encoding))


def _from_words(text: str | None, title: str | None, encoding: str | None) -> Ad:
    """The ad typed, or on standard input. Raises PingzhaoError E101, or E904 if there is nothing to check."""
    from scanner.text.decode import decode

    piped = text == "-" or (text is None and not sys.stdin.isatty())
    if piped:
        text = decode(sys.stdin.buffer.read(), encoding)[0]
    if not (text or "").strip() and not title:
        raise PingzhaoError("E904", detail="没有广告文字")
    return Ad(text or "", id="1", row=1)
