"""The loop: ads in, every report fed, in order and in flat memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Protocol

from scanner.ad import Ad
from scanner.engine import CHUNK
from scanner.errors import PingzhaoError
from scanner.findings import AdReport, RowError
from scanner.report.summary import RunSummary
from scanner.report.writer import Writer

BLOCK = 4 * CHUNK
"""Rows held at a time: enough for rules and model to work side by side."""


class Scans(Protocol):
    """What the loop needs of a scanner."""

    def scan_many(self, ads: Iterable[Ad]) -> Iterator[AdReport]:
        """The findings of each ad, in order."""


def run(
    scanner: Scans,
    source: Iterable[Ad | RowError],
    writers: Sequence[Writer],
    *,
    notes: list[str],
    progress: Callable[[RunSummary], None] | None = None,
) -> RunSummary:
    """Scan what `source` gives and feed `writers`, which the caller has entered; the counts of the run.

    `notes` is the list that the source fills while it is read. `progress` is called after every row with the
    counts so far. What `source` and `writers` raise goes through.
    """
    summary = RunSummary(notes=notes)
    for outcome in outcomes(scanner, source):
        if isinstance(outcome, RowError):
            summary.count_error(outcome)
            for writer in writers:
                writer.add_error(outcome)
        else:
            ad, report = outcome
            summary.count(report)
            for writer in writers:
                writer.add(ad, report)
        if progress is not None:
            progress(summary)
    for writer in writers:
        writer.finish(summary)
    return summary


def outcomes(scanner: Scans, source: Iterable[Ad | RowError]) -> Iterator[tuple[Ad, AdReport] | RowError]:
    """What became of each row of `source`, in order; ads are scanned BLOCK at a time.

    A scan that fails costs its row (E901).
    """
    rows = iter(source)
    while chunk := list(islice(rows, BLOCK)):
        reports = iter(_scan([row for row in chunk if isinstance(row, Ad)], scanner))
        for row in chunk:
            if isinstance(row, RowError):
                yield row
                continue
            report = next(reports)
            yield report if isinstance(report, RowError) else (row, report)


def _scan(ads: list[Ad], scanner: Scans) -> list[AdReport | RowError]:
    """The reports of `ads`; if one of them makes the scanner fail, each is scanned alone."""
    try:
        return list(scanner.scan_many(ads))
    except Exception as error:
        if len(ads) > 1:
            return [report for ad in ads for report in _scan([ad], scanner)]
        # the class name only: a message could carry the ad's text
        fault = PingzhaoError("E901", row=ads[0].row or "?", detail=type(error).__name__)
        return [RowError(ads[0].id, fault.code, fault.message, ads[0].row, ads[0].source)]
