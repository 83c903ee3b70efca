"""A table as xlsx, csv or jsonl, row by row in flat memory; no cell becomes a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from io import TextIOWrapper
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import orjson
import xlsxwriter

from scanner.report.csv import inert
from scanner.report.plain import clean
from scanner.report.sheets import MAX_ROWS, Styles, headed, write_row
from scanner.report.table import Cell

Row = Mapping[str, Cell]


class ExportFormat(StrEnum):
    """Kinds of files; each is also the suffix."""

    XLSX = "xlsx"
    CSV = "csv"
    JSONL = "jsonl"


MEDIA_TYPES: dict[ExportFormat, str] = {
    ExportFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ExportFormat.CSV: "text/csv; charset=utf-8",
    ExportFormat.JSONL: "application/x-ndjson",
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in jsonl, its header and its width (characters) in a spreadsheet."""

    key: str
    header: str
    width: int


def write_table(
    path: Path, kind: ExportFormat, title: str, columns: Sequence[Column], rows: Iterable[Row]
) -> int:
    """Write the table to `path`; gives the number of rows. Rows hold every key of `columns`."""
    counted = _Counted(rows)
    writers = {ExportFormat.XLSX: _xlsx, ExportFormat.CSV: _csv, ExportFormat.JSONL: _jsonl}
    writers[kind](path, title, columns, counted)
    return counted.number


class _Counted:
    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows, self.number = rows, 0

    def __iter__(self) -> Iterator[Row]:
        for row in self._rows:
            self.number += 1
            yield row


def _cells(columns: Sequence[Column], row: Row) -> list[Cell]:
    cells = [row[column.key] for column in columns]
    return [clean(cell) if isinstance(cell, str) else cell for cell in cells]


def _csv(path: Path, title: str, columns: Sequence[Column], rows: Iterable[Row]) -> None:
    with path.open("wb") as raw, TextIOWrapper(raw, "utf-8-sig", newline="") as out:
        table = csv.writer(out)
        table.writerow([column.header for column in columns])
        table.writerows(inert(_cells(columns, row)) for row in rows)


def _jsonl(path: Path, title: str, columns: Sequence[Column], rows: Iterable[Row]) -> None:
    with path.open("wb") as out:
        for row in rows:
            out.write(orjson.dumps({column.key: row[column.key] for column in columns}) + b"\n")


def _xlsx(path: Path, title: str, columns: Sequence[Column], rows: Iterable[Row]) -> None:
    """A new sheet where Excel's rows end."""
    with TemporaryDirectory(prefix="pingzhao-", ignore_cleanup_errors=True) as folder:
        book = xlsxwriter.Workbook(path, {"constant_memory": True, "tmpdir": folder})
        styles = Styles(book)
        sheet: Any = None
        for number, row in enumerate(_at_least_a_sheet(rows)):
            at = number % MAX_ROWS
            if at == 0:
                name = title if number == 0 else f"{title}({number // MAX_ROWS + 1})"
                sheet = headed(book, name, [(c.header, c.width) for c in columns], styles)
            if row is not None:
                write_row(sheet, at + 1, _cells(columns, row), styles)
        book.close()


def _at_least_a_sheet(rows: Iterable[Row]) -> Iterator[Row | None]:
    """None for a table without rows, so that there is a sheet with its headers."""
    empty = True
    for row in rows:
        empty = False
        yield row
    if empty:
        yield None
