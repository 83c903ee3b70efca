"""`pingzhao mine`: what a corpus teaches the lexicon, as rule drafts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from scanner.cli import options
from scanner.cli.outcome import FirstErrors, say_failures
from scanner.cli.progress import progress_bar
from scanner.cli.scanning import refuse_overwriting

if TYPE_CHECKING:
    from scanner import Scanner


@click.command(
    help="""从广告语料中挖掘规则没有收录的说法，写成可以修改的规则草稿。

同时列出规则报出而模型认为合法的说法。两份清单都由人核对，不自动改动词库。

\b
例：
  pingzhao mine 导出.xlsx --output 草稿.md
  pingzhao mine 广告文件夹 --deep --limit 30 --output 草稿.md
"""
)
@click.argument("corpus", metavar="语料", type=options.PATH)
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=100,
    show_default=True,
    metavar="条数",
    help="每份清单最多列多少种说法。",
)
@click.option("--output", type=options.PATH, metavar="文件", help="Markdown 文件；不写则显示在屏幕上。")
@click.option("--model", type=options.PATH, metavar="文件夹", help="改用该文件夹中的模型。")
@options.deep
@options.lexicons
def mine(
    corpus: Path, limit: int, output: Path | None, model: Path | None, deep: bool, lexicons: Path | None
) -> None:
    """Scan the corpus and write the two lists."""
    from scanner import Scanner
    from scanner.report.output import whole_file

    scanner = Scanner.load(lexicons, model=model or True, deep=deep)
    if output is None:
        click.echo(_page(corpus, scanner, limit))
        return
    refuse_overwriting(corpus, output)
    with whole_file(output) as file:
        file.write(_page(corpus, scanner, limit).encode(errors="replace"))
    click.echo(f"草稿：{output}", err=True)


def _page(corpus: Path, scanner: Scanner, limit: int) -> str:
    from scanner.batch.run import run
    from scanner.batch.source import open_source
    from scanner.training.drafts import page
    from scanner.training.mining import Miner

    source, miner, errors = open_source(corpus), Miner(), FirstErrors()
    with progress_bar(source, quiet=False) as tell:
        summary = run(scanner, source, [miner, errors], notes=source.notes, progress=tell)
    click.echo(f"已扫描 {summary.ads} 条广告。", err=True)
    say_failures(summary, errors)
    return page(miner, scanner.lexicon, limit)
