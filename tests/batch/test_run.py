"""The loop: order, counts, and a scan that fails costs its row without leaking the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest

from scanner import Ad, Scanner
from scanner.batch.run import run
from scanner.findings import AdReport, RowError
from scanner.report.summary import RunSummary
from scanner.report.writer import Unfiled


class Recorder(Unfiled):
    """A report writer that keeps what it is given."""

    def __init__(self) -> None:
        self.ids: list[str] = []
        self.errors: list[RowError] = []
        self.summary: RunSummary | None = None

    def add(self, ad: Ad, report: AdReport) -> None:
        assert ad.id == report.id
        self.ids.append(report.id)

    def add_error(self, error: RowError) -> None:
        self.ids.append(error.id)
        self.errors.append(error)

    def finish(self, summary: RunSummary) -> None:
        self.summary = summary


class Fragile:
    """A scanner that breaks on some ads, with their text in its message."""

    def __init__(self, scanner: Scanner) -> None:
        self._scanner = scanner

    def scan_many(self, ads: Iterable[Ad]) -> Iterator[AdReport]:
        for ad in ads:
            if "坏" in ad.text:
                raise ValueError(ad.text)
            yield self._scanner.scan(ad)


@pytest.fixture(scope="module")
def scanner() -> Scanner:
    return Scanner.load()


ITEMS = [
    Ad("招司机，限男性", id="a", row=1),
    RowError("b", "E103", "第 2 行不是有效的 JSON", 2, "ads.jsonl"),
    Ad("招文员，会电脑", id="c", row=3),
    Ad("坏消息：限男性", id="d", row=4, source="ads.jsonl"),
    Ad("孕妇勿扰，男士优先", id="e", row=5),
]


def test_run_keeps_order_and_counts(scanner: Scanner) -> None:
    writers = [Recorder(), Recorder()]
    notes = ["编码 UTF-8"]
    summary = run(Fragile(scanner), iter(ITEMS), writers, notes=notes)
    for writer in writers:
        assert writer.ids == ["a", "b", "c", "d", "e"]
        assert writer.summary is summary
    assert (summary.ads, summary.failed, summary.flagged) == (3, 2, 2)
    assert summary.by_category == {"gender_restriction": 1, "gender_preference": 1, "pregnancy_exclusion": 1}
    assert summary.notes is notes


def test_run_failed_scan_is_e901_without_the_text(scanner: Scanner) -> None:
    writer = Recorder()
    run(Fragile(scanner), ITEMS, [writer], notes=[])
    error = writer.errors[-1]
    assert (error.id, error.code, error.row, error.source) == ("d", "E901", 4, "ads.jsonl")
    assert "第 4 行" in error.message
    assert "ValueError" in error.message
    assert "消息" not in error.message


def test_run_reports_progress_after_every_row(scanner: Scanner) -> None:
    seen: list[tuple[int, int]] = []
    run(Fragile(scanner), ITEMS, [], notes=[], progress=lambda s: seen.append((s.ads, s.failed)))
    assert seen == [(1, 0), (1, 1), (2, 1), (2, 2), (3, 2)]


def test_run_lets_interruption_through(scanner: Scanner) -> None:
    class Interrupted:
        def scan_many(self, ads: Iterable[Ad]) -> Iterator[AdReport]:
            raise KeyboardInterrupt

    writer = Recorder()
    with pytest.raises(KeyboardInterrupt):
        run(Interrupted(), ITEMS, [writer], notes=[])
    assert (writer.ids, writer.summary) == ([], None)


def test_run_of_nothing_still_finishes(scanner: Scanner) -> None:
    writer = Recorder()
    summary = run(scanner, [], [writer], notes=[])
    assert (summary.ads, summary.failed) == (0, 0)
    assert writer.summary is summary
