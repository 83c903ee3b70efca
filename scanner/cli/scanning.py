"""What `scan` and `demo` do: open the input, open the reports, run, and say how it went."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from scanner.batch.reading import ReadOptions
from scanner.cli.outcome import FirstErrors, say_failures, say_results
from scanner.cli.progress import progress_bar, stdout_console
from scanner.errors import PingzhaoError

if TYPE_CHECKING:
    from rich.console import Console

    from scanner import Scanner
    from scanner.report.summary import RunSummary
    from scanner.report.writer import Writer

STREAM = Path("-")
"""Standard input or output; both hold JSON lines."""
Report = tuple[str, Path]
"""A format and the file to write."""


def pair_up(formats: Sequence[str], outputs: Sequence[Path]) -> list[Report]:
    """One format for each output: as given, or by suffix. Raises PingzhaoError E904 or E202."""
    from scanner.report import FORMATS, format_of

    if formats == ("jsonl",) and not outputs:
        return [("jsonl", STREAM)]
    if formats and len(formats) != len(outputs):
        raise PingzhaoError(
            "E904", detail=f"--format {len(formats)} 个，--output {len(outputs)} 个，应一一对应"
        )
    if len({path.resolve() for path in outputs}) < len(outputs):
        raise PingzhaoError("E904", detail="两个 --output 是同一个文件")
    reports = []
    for at, path in enumerate(outputs):
        found = formats[at] if formats else "jsonl" if path == STREAM else format_of(path)
        if found is None:
            raise PingzhaoError("E202", format=path.suffix or path.name, known="、".join(FORMATS))
        reports.append((found, path))
    return reports


@contextmanager
def readable(path: Path) -> Iterator[Path]:
    """`path` itself, or a temporary file with what stands on standard input."""
    if path != STREAM:
        yield path
        return
    with TemporaryDirectory(prefix="pingzhao-", ignore_cleanup_errors=True) as folder:
        copy = Path(folder) / "标准输入.jsonl"
        with copy.open("wb") as out:
            shutil.copyfileobj(sys.stdin.buffer, out)
        yield copy


def load_scanner(lexicons: Path | None = None, *, model: bool = True, deep: bool = False) -> Scanner:
    """The scanner that a command was asked for. Raises PingzhaoError E301/E302, E401/E402."""
    from scanner import Scanner

    return Scanner.load(lexicons, model=model, deep=deep)


def scan_to(
    path: Path,
    reports: Sequence[Report],
    reading: ReadOptions,
    scanner: Scanner,
    *,
    on_terminal: bool,
    quiet: bool = False,
) -> RunSummary:
    """Scan `path` into `reports` and, with `on_terminal`, onto standard output; the counts of the run."""
    from scanner.batch.run import run
    from scanner.batch.source import open_source

    source = open_source(path, reading)
    for _, output in reports:
        refuse_overwriting(path, output)
    console = stdout_console() if on_terminal else None
    errors = FirstErrors()
    with ExitStack() as stack:
        writers = [stack.enter_context(writer) for writer in _writers(reports, console)]
        tell = stack.enter_context(progress_bar(source, quiet=quiet, beside=console))
        summary = run(scanner, source, [*writers, errors], notes=source.notes, progress=tell)
    if not quiet:
        say_results(summary, [output for _, output in reports], shown=on_terminal)
    say_failures(summary, errors)
    return summary


def _writers(reports: Sequence[Report], console: Console | None) -> Iterator[Writer]:
    from scanner.report import open_writer

    if console is not None:
        from scanner.report.terminal import TerminalWriter

        yield TerminalWriter(console)
    for name, output in reports:
        yield open_writer(name, output)


def refuse_overwriting(path: Path, output: Path) -> None:
    """A report must not replace its input, nor be read as ads the next time."""
    if output == STREAM:
        return
    source, target = path.resolve(), output.resolve()
    if target == source:
        raise PingzhaoError("E904", detail=f"输出文件 {output} 就是输入文件")
    if path.is_dir() and target.is_relative_to(source):
        raise PingzhaoError("E904", detail=f"输出文件 {output} 在所扫描的文件夹内，下次会被当作广告读入")
