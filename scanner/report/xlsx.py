"""XLSX for Excel and WPS, written row by row in flat memory."""

from __future__ import annotations

from contextlib import ExitStack
from tempfile import TemporaryDirectory

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from scanner.ad import Ad
from scanner.errors import PingzhaoError, reason
from scanner.findings import AdReport, RowError, Versions
from scanner.report.employers import EmployerTally
from scanner.report.file_writer import FileWriter
from scanner.report.output import copy_spool, refusals, spool
from scanner.report.sheets import ErrorSheet, FindingSheets, Styles, fill_notes, fill_summary
from scanner.report.summary import RunSummary


class XlsxWriter(FileWriter):
    """Sheets 线索 (one row a finding), 汇总, 未能扫描的行 and 说明."""

    _versions: Versions | None = None

    def _begin(self, stack: ExitStack) -> None:
        self._packed = stack.enter_context(spool(self._path))
        with refusals(self._path):
            folder = stack.enter_context(TemporaryDirectory(prefix="pingzhao-", ignore_cleanup_errors=True))
            self._book = xlsxwriter.Workbook(self._packed, {"constant_memory": True, "tmpdir": folder})
            stack.callback(self._release)
            self._book.use_zip64()
            styles = Styles(self._book)
            self._findings = FindingSheets(self._book, styles)
            self._summary = self._book.add_worksheet("汇总")
            self._errors = ErrorSheet(self._book, styles)
            self._notes = self._book.add_worksheet("说明")
        self._styles, self._employers = styles, EmployerTally()

    def add(self, ad: Ad, report: AdReport) -> None:
        """The rows of one ad; none if nothing was found."""
        self._versions = report.versions
        self._employers.count(ad, report)
        with refusals(self._path):
            for finding in report.findings:
                self._findings.add(ad, finding)

    def add_error(self, error: RowError) -> None:
        """One row on 未能扫描的行."""
        with refusals(self._path):
            self._errors.add(error)

    def finish(self, summary: RunSummary) -> None:
        """Fill 汇总 and 说明 and pack the file."""
        self._findings.close()
        self._errors.close()
        fill_summary(self._summary, self._styles, summary, self._employers)
        fill_notes(self._notes, self._styles, summary, self._versions)
        try:
            self._book.close()
        except FileCreateError as error:
            raise PingzhaoError("E201", path=self._path, detail=reason(error.args[0])) from None
        with refusals(self._path):
            copy_spool(self._packed, self._out)

    def _release(self) -> None:
        """Close the sheets' temporary files, which Windows does not remove while they are open."""
        for sheet in self._book.worksheets():
            sheet.row_data_fh.close()
