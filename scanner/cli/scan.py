"""`pingzhao scan`: a file or folder of ads in, reports out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from scanner.batch.reading import ReadOptions
from scanner.cli import options
from scanner.cli.guard import FOUND, SOME_FAILED
from scanner.cli.scanning import load_scanner, pair_up, readable, scan_to

if TYPE_CHECKING:
    from scanner.report.summary import RunSummary


@click.command(
    help="""扫描文件、文件夹或标准输入（-，一行一条的 jsonl），写出报告。

\b
例：
  pingzhao scan 导出.xlsx --output 报告.html --output 报告.xlsx
  pingzhao scan 导出.csv --map text=岗位描述 --map employer=公司
  pingzhao scan IN.jsonl --format jsonl --output OUT.jsonl
  pingzhao scan 待发布 --fail-on violation

不写 --output 时在屏幕上显示结果。报告要么完整写出，要么不出现。

\b
--map 的角色：text 正文、title 职位、employer 单位、publisher 发布机构、
  url 链接、posted_on 发布日期、id 编号。

\b
退出码：
  0    完成，每一行都已扫描
  1    有 --fail-on 所指的线索
  2    无法执行：输入、选项或输出路径不可用
  3    完成，但有些行未能扫描；行号和错误码在报告中
  130  按 Ctrl-C 中断，没有写出报告
"""
)
@click.argument("input_", metavar="输入", type=options.PATH)
@click.option(
    "--format",
    "formats",
    multiple=True,
    metavar="格式",
    help="jsonl、csv、xlsx、html、sarif；与 --output 对应，不写则看后缀。",
)
@click.option(
    "--output", "outputs", multiple=True, type=options.PATH, metavar="文件", help="报告文件，可重复。"
)
@options.encoding
@click.option(
    "--map",
    "pairs",
    multiple=True,
    metavar="角色=列名",
    help="指定某列，如 text=岗位描述；可重复。",
)
@options.lexicons
@options.no_model
@options.deep
@click.option("--quiet", is_flag=True, help="不显示进度和汇总。")
@click.option(
    "--max-chars",
    type=click.IntRange(min=1),
    metavar="字数",
    default=ReadOptions().max_chars,
    show_default=True,
    help="一行超过这么多字符就不扫描。",
)
@click.option(
    "--fail-on",
    type=click.Choice(["violation", "review"]),
    help="有涉嫌违法（review：或待核）的线索时退出码为 1。",
)
def scan(
    input_: Path,
    formats: tuple[str, ...],
    outputs: tuple[Path, ...],
    encoding: str | None,
    pairs: tuple[str, ...],
    lexicons: Path | None,
    no_model: bool,
    deep: bool,
    quiet: bool,
    max_chars: int,
    fail_on: str | None,
) -> None:
    """Scan and say by the exit code how it went."""
    from scanner.batch.columns import parse_mapping

    reading = ReadOptions(encoding, parse_mapping(pairs), max_chars)
    reports = pair_up(formats, outputs)
    with readable(input_) as path:
        scanner = load_scanner(lexicons, model=not no_model, deep=deep)
        summary = scan_to(path, reports, reading, scanner, on_terminal=not reports, quiet=quiet)
    if _gate_fails(summary, fail_on):
        raise click.exceptions.Exit(FOUND)
    if summary.failed:
        raise click.exceptions.Exit(SOME_FAILED)


def _gate_fails(summary: RunSummary, fail_on: str | None) -> bool:
    counted = {"violation": ("violation",), "review": ("violation", "review")}.get(fail_on or "", ())
    return any(summary.by_disposition[name] for name in counted)
