"""JSON lines: one ad a line, in order, as the versioned schema (`schema/report-1.0.json`) says."""

from __future__ import annotations

import json
from dataclasses import asdict, is_dataclass
from typing import Any

import orjson

from scanner.ad import Ad
from scanner.findings import AdReport, RowError, Versions
from scanner.report.file_writer import FileWriter
from scanner.report.summary import RunSummary


class JsonlWriter(FileWriter):
    """`{"schema_version","id","findings","text_sha256","versions"}` or `{"id","error"}`, UTF-8, `\\n`."""

    _versions: Versions | None = None
    _tail = b""

    def add(self, ad: Ad, report: AdReport) -> None:
        """One line for a scanned ad."""
        if report.versions is not self._versions:
            self._versions = report.versions
            self._tail = b'","versions":%b}\n' % _json(report.versions)
        self._out.write(
            b'{"schema_version":"%b","id":%b,"findings":%b,"text_sha256":"%b%b'
            % (
                report.schema_version.encode(),
                _json(report.id),
                _json(report.findings),
                report.text_sha256.encode(),
                self._tail,
            )
        )

    def add_error(self, error: RowError) -> None:
        """One line for a row that could not be scanned."""
        self._out.write(
            _json({"id": error.id, "error": {"code": error.code, "message": error.message}}) + b"\n"
        )

    def finish(self, summary: RunSummary) -> None:
        """Nothing stands at the end."""


def _json(value: object) -> bytes:
    """JSON in UTF-8; with a lone surrogate, which UTF-8 lacks, in ASCII with escapes (`\\ud83d`)."""
    try:
        return orjson.dumps(value)
    except TypeError:
        return json.dumps(value, default=_plain, separators=(",", ":")).encode("ascii")


def _plain(value: object) -> dict[str, Any]:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    raise TypeError(f"{type(value).__name__} is no report data")
