"""`pingzhao verify`: whether an evidence pack is as it was made."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from scanner.cli import options
from scanner.cli.guard import FOUND

if TYPE_CHECKING:
    from scanner.report.verification import Verdict


@click.command(
    help="""校验案件证据包：逐个重算 SHA-256，列出被改动、缺失或后来加入的文件。

\b
例：
  pingzhao verify 证据包.zip
  pingzhao verify 证据包.zip --digest 导出时记录的清单校验值

\b
退出码：
  0    与导出时一致
  1    有文件被改动，已列出
  2    无法校验：文件不完整，或不是平招的证据包
"""
)
@click.argument("file", metavar="文件", type=options.PATH)
@click.option(
    "--digest",
    metavar="校验值",
    help="审计记录中的清单校验值；一并比对，可发现整包（连同清单）被重做。",
)
def verify(file: Path, digest: str | None) -> None:
    """Name what was tampered with; exit 1 if anything was."""
    from scanner.report.verification import verify as check

    verdict = check(file)
    replaced = digest is not None and verdict.digest != digest.strip().lower()
    if verdict.problems or replaced:
        _tell(verdict, replaced)
        raise click.exceptions.Exit(FOUND)
    click.echo(f"证据包完整：案件 {verdict.case}，共 {verdict.members} 个文件，与导出时一致。")
    click.echo(f"清单校验值：{verdict.digest}")
    if digest is None:
        click.echo("如要确认清单本身未被重做，请用 --digest 与审计记录中的校验值比对。")


def _tell(verdict: Verdict, replaced: bool) -> None:
    from scanner.report.evidence import MANIFEST
    from scanner.report.plain import clean
    from scanner.report.verification import TAMPERING_NAMES

    click.echo("证据包与导出时不一致：")
    for problem in verdict.problems:
        click.echo(f"  {clean(problem.name)}：{TAMPERING_NAMES[problem.kind]}")
    if replaced:
        click.echo(f"  {MANIFEST}：校验值与给出的不同，清单被改动或不是同一次导出")
    click.echo("请勿作为证据使用；可从系统重新导出。")
