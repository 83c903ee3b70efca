"""Reports: terminal, JSONL, CSV, XLSX, HTML, SARIF. Each format is a `Writer`."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, cast

from scanner.errors import PingzhaoError

if TYPE_CHECKING:
    from scanner.report.writer import Writer

__all__ = ["FORMATS", "format_of", "open_writer"]

_WRITERS = {
    "jsonl": "JsonlWriter",
    "csv": "CsvWriter",
    "xlsx": "XlsxWriter",
    "html": "HtmlWriter",
    "sarif": "SarifWriter",
}
FORMATS: tuple[str, ...] = tuple(_WRITERS)
"""Formats of report files; each is also the suffix by which a file name asks for it."""


def open_writer(format: str, path: Path) -> Writer:
    """The writer of `format`; the file `path` is opened when it is entered, `-` is standard output.

    Raises PingzhaoError E202 for an unknown format and, when entered or fed, E201 for a file that cannot
    be written.
    """
    if format not in _WRITERS:
        raise PingzhaoError("E202", format=format, known="、".join(FORMATS))
    module = import_module(f"scanner.report.{format}")
    return cast("Writer", getattr(module, _WRITERS[format])(path))


def format_of(path: Path) -> str | None:
    """The format that the suffix of `path` asks for; None if it asks for none."""
    suffix = path.suffix.lower().removeprefix(".")
    return suffix if suffix in FORMATS else None
