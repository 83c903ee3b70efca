"""Workbooks: xlsx, xlsm and xls, every sheet with its own header. Macros never run; formulas give the value kept.

An xlsx is looked into before any reader opens it: one that would unpack to gigabytes or that defines XML
entities is refused.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from scanner.ad import Ad
from scanner.batch.grid import GridRow, read_grid
from scanner.batch.reading import Reading
from scanner.errors import PingzhaoError
from scanner.findings import RowError

_MAX_ENTRIES = 10_000
_MAX_UNPACKED = 1 << 30  # bytes over all parts
_MAX_RATIO = 200
_RATIO_FROM = 10 << 20  # bytes; small parts may pack well
_PROLOGUE = 4096  # bytes; a DOCTYPE stands before the root element
_NO_HEADER = ("E102", "E106", "E114")


def read_workbook(reading: Reading) -> Iterator[Ad | RowError]:
    """The ads of all sheets, numbered as the sheet shows its rows; with several sheets ids name the sheet.

    RowErrors: E104, E105, E111. Raises PingzhaoError E108, or E102, E106 or E114 if no sheet has a header.
    """
    if zipfile.is_zipfile(reading.stream):
        _inspect(reading)
    reading.stream.seek(0)
    with _opened(reading) as workbook:
        sheets = [sheet for name in workbook.sheet_names if (sheet := _sheet(reading, workbook, name)).height]
        refusals: list[PingzhaoError] = []
        for sheet in sheets:
            here = _on_sheet(reading, sheet.name) if len(sheets) > 1 else reading
            try:
                yield from read_grid(here, _rows(sheet))
            except PingzhaoError as error:
                if error.code not in _NO_HEADER:
                    raise
                reading.note(f"工作表“{sheet.name}”没有可识别的表头，未扫描")
                refusals.append(error)
    if len(refusals) == len(sheets):
        raise refusals[0] if refusals else PingzhaoError("E102", path=reading.name)


def _on_sheet(reading: Reading, sheet: str) -> Reading:
    """Rows are numbered within their sheet, so ids, notes and places name it."""
    return replace(reading, name=f"{reading.name}“{sheet}”", prefix=f"{reading.prefix}{sheet}!")


def _inspect(reading: Reading) -> None:
    """Refuse an xlsx that is a bomb; say so if it has macros. Raises PingzhaoError E108."""
    try:
        with zipfile.ZipFile(reading.stream) as package:
            parts = package.infolist()
            if len(parts) > _MAX_ENTRIES:
                raise _refusal(reading, f"内含 {len(parts)} 个部件")
            if sum(part.file_size for part in parts) > _MAX_UNPACKED:
                raise _refusal(reading, "解压后超过 1 GB")
            for part in parts:
                _inspect_part(reading, package, part)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error):
        raise _refusal(reading, "文件损坏或已加密") from None


def _inspect_part(reading: Reading, package: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    if part.file_size > _RATIO_FROM and part.file_size > _MAX_RATIO * part.compress_size:
        raise _refusal(reading, "压缩比异常")
    if part.filename.lower().endswith("vbaproject.bin"):
        reading.note("含宏，宏未运行")
    if part.filename.lower().endswith((".xml", ".rels", ".vml")):
        with package.open(part) as xml:
            prologue = xml.read(_PROLOGUE).replace(b"\0", b"").upper()
        if b"<!DOCTYPE" in prologue or b"<!ENTITY" in prologue:
            raise _refusal(reading, "含 XML 实体定义")


def _opened(reading: Reading) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_filelike(reading.stream)
    except (CalamineError, OSError, ValueError):
        raise _refusal(reading, "文件损坏、有密码，或不是 Excel 工作簿") from None


def _sheet(reading: Reading, workbook: CalamineWorkbook, name: str) -> CalamineSheet:
    try:
        return workbook.get_sheet_by_name(name)
    except (CalamineError, OSError, ValueError):
        raise _refusal(reading, f"工作表“{name}”损坏") from None


def _refusal(reading: Reading, detail: str) -> PingzhaoError:
    return PingzhaoError("E108", path=reading.name, detail=detail)


def _rows(sheet: CalamineSheet) -> Iterator[GridRow]:
    for number, row in enumerate(sheet.iter_rows(), 1):
        yield number, [cell if isinstance(cell, str) else _shown(cell) for cell in row]


def _shown(value: object) -> str:
    """A cell as the sheet shows it: whole numbers without .0, days as 2024-05-01."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.isoformat(" ") if value.time() != value.min.time() else value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)
