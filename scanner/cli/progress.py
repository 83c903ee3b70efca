"""The progress bar of long work, drawn at most ten times a second, and the console it shares with findings."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

    from scanner.batch.source import Source
    from scanner.report.summary import RunSummary

_INTERVAL = 0.1


def stdout_console() -> Console:
    """The console that findings are printed on."""
    from rich.console import Console

    return Console()


@contextmanager
def progress_bar(
    source: Source, *, quiet: bool, beside: Console | None = None
) -> Iterator[Callable[[RunSummary], None] | None]:
    """What `run` should call after every row; None when quiet or where no terminal would show it.

    The bar is on stderr, or on the console `beside` if that is a terminal and prints at the same time.
    """
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    bar = Progress(
        TextColumn("扫描中"),
        BarColumn(),
        TextColumn(
            "{task.percentage:>3.0f}%  {task.fields[rows]:,} 条  {task.fields[rate]:,.0f} 条/秒  剩余"
        ),
        TimeRemainingColumn(),
        console=beside if beside is not None and beside.is_terminal else Console(stderr=True),
        auto_refresh=False,
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    )
    task = bar.add_task("", total=source.size, rows=0, rate=0)
    start = due = monotonic()

    def tell(summary: RunSummary) -> None:
        nonlocal due
        now = monotonic()
        if now < due:
            return
        due = now + _INTERVAL
        rows = summary.ads + summary.failed
        rate = rows / max(now - start, _INTERVAL)
        bar.update(task, completed=source.position, rows=rows, rate=rate, refresh=True)

    with bar:
        yield tell
