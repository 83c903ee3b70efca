"""What is said on stderr when a run is over: counts, the first rows that failed, where the reports are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scanner.findings import DISPOSITION_NAMES
from scanner.report.writer import Unfiled

if TYPE_CHECKING:
    from scanner.findings import RowError
    from scanner.report.summary import RunSummary

_SHOWN = 5


class FirstErrors(Unfiled):
    """A writer that keeps the first rows that could not be scanned."""

    def __init__(self) -> None:
        self.errors: list[RowError] = []

    def add_error(self, error: RowError) -> None:
        """Keep the error if it is among the first."""
        if len(self.errors) < _SHOWN:
            self.errors.append(error)


def say_failures(summary: RunSummary, first: FirstErrors) -> None:
    """How many rows failed, and the first of them."""
    if not summary.failed:
        return
    click.echo(f"{summary.failed} 行未能扫描：", err=True)
    for error in first.errors:
        click.echo(f"  {error.source} [{error.code}] {error.message}", err=True)
    if summary.failed > len(first.errors):
        click.echo(f"  另有 {summary.failed - len(first.errors)} 行，写成文件的报告中全部列出。", err=True)


def say_results(summary: RunSummary, outputs: Sequence[Path], *, shown: bool) -> None:
    """How the input was read and what was found, unless a terminal report has `shown` it; where files stand."""
    if not shown:
        for note in summary.notes[:_SHOWN]:
            click.echo(note, err=True)
        kinds = [f"{name} {summary.by_disposition[kind]}" for kind, name in DISPOSITION_NAMES.items()]
        found = f"{summary.flagged} 条有线索（{'，'.join(kinds)}）"
        click.echo(f"已扫描 {summary.ads} 条广告，{found}。", err=True)
    for output in outputs:
        if str(output) != "-":
            click.echo(f"报告：{output}", err=True)
    if not outputs:
        click.echo("写成文件：加 --output 报告.html（或 .xlsx、.csv、.jsonl、.sarif）。", err=True)
