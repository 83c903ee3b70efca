"""Findings on the terminal: the whole of one ad (`check`), or the first ads of a run and its counts (`scan`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from scanner.ad import Ad
from scanner.findings import (
    CATEGORY_NAMES,
    DIRECTION_NAMES,
    DISPOSITION_NAMES,
    SEVERITY_NAMES,
    AdReport,
    Disposition,
    Finding,
    RowError,
)
from scanner.report import wording
from scanner.report.highlight import Piece, highlighted
from scanner.report.plain import clean
from scanner.report.summary import RunSummary
from scanner.report.writer import Unfiled

_REACH = 40
"""Code points kept around the words at fault in a run; `check` shows everything."""
_EVERYTHING = 1 << 30
_STYLES = {
    Disposition.VIOLATION: "bold white on red",
    Disposition.REVIEW: "bold black on yellow",
    Disposition.EXEMPT: "dim underline",
}
_INKS = {Disposition.VIOLATION: "bold red", Disposition.REVIEW: "bold yellow", Disposition.EXEMPT: "dim"}


class TerminalWriter(Unfiled):
    """Prints the first `limit` ads that have findings as they come, then the counts of the run."""

    def __init__(self, console: Console, *, limit: int = 20) -> None:
        self._console = console
        self._limit = limit
        self._seen = 0
        self._failed: Counter[str] = Counter()

    def add(self, ad: Ad, report: AdReport) -> None:
        """Print the ad if it has findings and the limit is not reached."""
        if not report.findings:
            return
        self._seen += 1
        if self._seen <= self._limit:
            _print(self._console, _heading(ad))
            _print_text(self._console, ad, report, _REACH)
            for number, finding in enumerate(report.findings, 1):
                _print(self._console, *_brief(number, finding))
            self._console.print()

    def add_error(self, error: RowError) -> None:
        """Count the row under its code."""
        self._failed[error.code] += 1

    def finish(self, summary: RunSummary) -> None:
        """Print the counts."""
        if self._seen > self._limit:
            rest = self._seen - self._limit
            _print(
                self._console, Text(f"另有 {rest} 条广告有线索，未在屏幕上列出；请写成文件查看。\n", "dim")
            )
        self._console.print(_counts(summary, self._failed))
        for note in summary.notes:
            _print(self._console, Text(clean(note), "dim"))
        _print(self._console, Text(wording.DISCLAIMER, "dim"))


def print_report(console: Console, ad: Ad, report: AdReport) -> None:
    """Print one ad with its words at fault marked, and every finding with law, question and rewrite."""
    _print_text(console, ad, report, _EVERYTHING)
    if not report.findings:
        _print(console, Text("未发现涉嫌性别歧视的用语。", "green"))
        return
    for number, finding in enumerate(report.findings, 1):
        console.print()
        _print(console, *_full(number, finding))
    console.print()
    _print(console, Text(wording.DISCLAIMER, "dim"))


def _print(console: Console, *lines: Text) -> None:
    """One by one and unwrapped: rich would move Chinese, which has no blanks, to the next line whole."""
    for line in lines:
        console.print(line, soft_wrap=True, highlight=False)


def _heading(ad: Ad) -> Text:
    parts = [ad.title or f"编号 {ad.id}", ad.employer, wording.place(ad)]
    return Text(clean(" · ".join(part for part in parts if part)), "bold")


def _print_text(console: Console, ad: Ad, report: AdReport, reach: int) -> None:
    for field, pieces in highlighted(ad, report, reach):
        if reach == _EVERYTHING or any(piece.worst for piece in pieces):
            _print(console, Text(f"  {clean(wording.field_name(field))}：", "cyan") + _marked(pieces))


def _marked(pieces: list[Piece]) -> Text:
    text = Text()
    for piece in pieces:
        text.append(clean(piece.text).replace("\n", "\n  "), _STYLES[piece.worst] if piece.worst else "")
        for number in piece.ending:
            text.append(f"[{number}]", "dim")
    return text


def _head(number: int, finding: Finding) -> Text:
    """[1] 涉嫌违法 限定性别 · 限男/偏男 · 严重."""
    text = Text(f"  [{number}] ", "dim")
    text.append(DISPOSITION_NAMES[finding.disposition], _INKS[finding.disposition])
    text.append(f" {CATEGORY_NAMES[finding.category]}", "bold")
    return text.append(f" · {DIRECTION_NAMES[finding.direction]} · {SEVERITY_NAMES[finding.severity]}", "dim")


def _brief(number: int, finding: Finding) -> Iterator[Text]:
    """A finding in a run: what it is, the first article, what to ask."""
    yield _head(number, finding)
    yield _row("说明", finding.message)
    for basis in finding.legal_basis[:1]:
        yield _row("依据", wording.cited(basis))
    for hint in finding.exceptions:
        yield _row("需要核问", hint.question)


def _full(number: int, finding: Finding) -> Iterator[Text]:
    """A finding by itself: everything an officer or an agency needs."""
    yield _head(number, finding)
    yield _row("说明", finding.message)
    for role, basis in wording.leading(finding).items():
        yield _row(wording.ROLE_NAMES[role], f"{wording.cited(basis)}：{wording.provision(basis)}")
    if others := wording.further(finding):
        yield _row("另见", "；".join(map(wording.cited_together, others)))
    for hint in finding.exceptions:
        yield _row("可能的例外", wording.ground(hint))
        yield _row("需要核问", hint.question)
    if finding.suggestion:
        yield _row("修改建议", finding.suggestion)
    yield _row("判断来源", wording.sources(finding))


def _row(name: str, value: str) -> Text:
    return Text(f"      {name}：", "cyan") + Text(clean(value).replace("\n", " "), "default")


def _counts(summary: RunSummary, failed: Counter[str]) -> Padding:
    table = Table(title="扫描结果", title_justify="left", show_header=False, box=None, padding=(0, 2, 0, 0))
    table.add_row("已扫描广告", str(summary.ads))
    table.add_row("有线索的广告", str(summary.flagged))
    codes = "，".join(f"{code} {count} 行" for code, count in sorted(failed.items()))
    table.add_row("未能扫描的行", f"{summary.failed}" + (f"（{codes}）" if codes else ""))
    for title, counts in wording.counts(summary):
        if counts:
            table.add_row(title, "，".join(f"{name} {count}" for name, count in counts))
    return Padding(table, (0, 0, 1, 0))
