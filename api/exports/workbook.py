"""Small tables as one workbook, a sheet each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import xlsxwriter

from api.cases.overview import COUNT_NAMES, Table
from scanner.report.plain import clean
from scanner.report.sheets import Styles, headed, write_row
from scanner.report.table import Cell

_ROW = 18
_NAME_WIDTH, _COUNT_WIDTH = 32, 13


def write_workbook(path: Path, notes: Sequence[str], tables: Sequence[Table]) -> int:
    """A sheet of notes, then one a table; gives the number of rows. Text stays text, whatever it looks like."""
    with xlsxwriter.Workbook(path) as book:
        styles = Styles(book)
        sheet = book.add_worksheet("说明")
        sheet.set_column(0, 0, 100)
        for at, line in enumerate(notes):
            sheet.write_string(at, 0, clean(line), styles.text)
        for table in tables:
            _add(book, styles, table)
    return sum(len(table.groups) for table in tables)


def _add(book: xlsxwriter.Workbook, styles: Styles, table: Table) -> None:
    name = table.title.partition("（")[0]
    columns = [
        (name.removeprefix("按"), _NAME_WIDTH),
        *((COUNT_NAMES[c], _COUNT_WIDTH) for c in table.columns),
    ]
    sheet = headed(book, name, columns, styles)
    sheet.set_default_row(_ROW)
    for at, group in enumerate(table.groups, 1):
        cells: list[Cell] = [clean(group.name), *(group.counts[column] for column in table.columns)]
        write_row(sheet, at, cells, styles)
