"""What every report format is: a writer fed ad by ad, whose file appears whole or not at all."""

from __future__ import annotations

from types import TracebackType
from typing import Protocol, Self

from scanner.ad import Ad
from scanner.findings import AdReport, RowError
from scanner.report.summary import RunSummary


class Writer(Protocol):
    """One report in the making. Use as a context manager: leaving it by an exception leaves no file."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def add(self, ad: Ad, report: AdReport) -> None:
        """Take one scanned ad, in order."""

    def add_error(self, error: RowError) -> None:
        """Take one row that could not be scanned, in its place in the order."""

    def finish(self, summary: RunSummary) -> None:
        """Write what stands at the end; called once, after the last row."""


class Unfiled:
    """Base of the writers that open no file; what it leaves undone is nothing to them."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def add(self, ad: Ad, report: AdReport) -> None:
        """As Writer."""

    def finish(self, summary: RunSummary) -> None:
        """As Writer."""
