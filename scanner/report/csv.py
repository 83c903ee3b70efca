"""CSV for Excel and WPS: UTF-8 with a mark, CRLF, one row a finding, failed rows in their place."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from contextlib import ExitStack

from scanner.ad import Ad
from scanner.findings import AdReport, RowError
from scanner.report.file_writer import FileWriter
from scanner.report.summary import RunSummary
from scanner.report.table import HEADERS, Cell, error_row, finding_row

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes a spreadsheet read text as a formula (OWASP, full width for East Asian settings)."""


class CsvWriter(FileWriter):
    """One row a finding under the headers of `table`; text that starts like a formula gets a leading '."""

    def _begin(self, stack: ExitStack) -> None:
        self._out.write("\ufeff".encode())
        self._rows = csv.writer(self)
        self._rows.writerow(HEADERS)

    def add(self, ad: Ad, report: AdReport) -> None:
        """The rows of one ad; none if nothing was found."""
        for finding in report.findings:
            self._rows.writerow(inert(finding_row(ad, finding)))

    def add_error(self, error: RowError) -> None:
        """One row, 处置 未能扫描."""
        self._rows.writerow(inert(error_row(error)))

    def finish(self, summary: RunSummary) -> None:
        """Nothing stands at the end."""

    def write(self, text: str) -> int:
        """What csv.writer calls with a finished line."""
        return self._out.write(text.encode("utf-8"))


def inert(row: Sequence[Cell]) -> list[Cell]:
    """The cells with a leading ' before text that a spreadsheet would read as a formula."""
    return [
        f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA_STARTS) else cell for cell in row
    ]
