"""SARIF 2.1.0, for tools that read code scanners' output."""

from __future__ import annotations

from contextlib import ExitStack
from typing import Any
from urllib.parse import quote

import orjson

from scanner.ad import Ad
from scanner.findings import (
    CATEGORY_NAMES,
    AdReport,
    Category,
    Disposition,
    Finding,
    RowError,
    Span,
    Versions,
)
from scanner.report import wording
from scanner.report.file_writer import FileWriter
from scanner.report.output import copy_spool, refusals, spool
from scanner.report.plain import clean
from scanner.report.summary import RunSummary

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {"S1": "error", "S2": "warning", "S3": "note"}
_HEAD = b'{"$schema":"%b","version":"2.1.0","runs":[{"columnKind":"utf16CodeUnits","results":['


class SarifWriter(FileWriter):
    """One result a finding; failed rows are notifications of the run.

    A region counts UTF-16 units in the ad's own field, which `properties` and `logicalLocations` name:
    the source is a table, whose bytes have no such offsets.
    """

    _versions: Versions | None = None

    def _begin(self, stack: ExitStack) -> None:
        self._rules: dict[str, Category] = {}
        self._failed = stack.enter_context(spool(self._path))
        self._out.write(_HEAD % _SCHEMA.encode())
        self._comma = b""

    def add(self, ad: Ad, report: AdReport) -> None:
        """The results of one ad."""
        self._versions = report.versions
        for finding in report.findings:
            rule = finding.sources[0].id
            self._rules.setdefault(rule, finding.category)
            self._out.write(self._comma + orjson.dumps(_cleaned(_result(ad, finding, rule))))
            self._comma = b","

    def add_error(self, error: RowError) -> None:
        """One notification."""
        with refusals(self._path):
            comma = b"," if self._failed.tell() else b""
            self._failed.write(comma + orjson.dumps(_cleaned(_notification(error))))

    def finish(self, summary: RunSummary) -> None:
        """The tool with its rules, then what went wrong."""
        tool = orjson.dumps(_cleaned({"driver": self._driver()}))
        self._out.write(
            b'],"tool":%b,"invocations":[{"executionSuccessful":true,"toolExecutionNotifications":[' % tool
        )
        with refusals(self._path):
            copy_spool(self._failed, self._out)
        self._out.write(b"]}],%b}]}\n" % orjson.dumps({"properties": _counts(summary)})[1:-1])

    def _driver(self) -> dict[str, Any]:
        made = self._versions
        versions = {"lexicon": made.lexicon, "law": made.law, "model": made.model} if made else {}
        return {
            "name": "平招",
            **({"version": made.scanner} if made else {}),
            "language": "zh-CN",
            "properties": versions,
            "rules": [_rule(rule, category) for rule, category in self._rules.items()],
        }


def _rule(rule: str, category: Category) -> dict[str, Any]:
    return {
        "id": rule,
        "name": CATEGORY_NAMES[category],
        "shortDescription": {"text": CATEGORY_NAMES[category]},
        "properties": {"category": category.value},
    }


def _result(ad: Ad, finding: Finding, rule: str) -> dict[str, Any]:
    exempt = finding.disposition is Disposition.EXEMPT
    return {
        "ruleId": rule,
        "kind": "notApplicable" if exempt else "fail",
        "level": _level(finding),
        "message": {"text": finding.message},
        "locations": [_location(ad, span) for span in finding.spans],
        "properties": {
            "id": ad.id,
            "row": ad.row,
            "employer": ad.employer,
            "category": finding.category.value,
            "subtype": finding.subtype,
            "direction": finding.direction.value,
            "disposition": finding.disposition.value,
            "severity": finding.severity,
            "confidence": finding.confidence,
            "legal_basis": [wording.cited(basis) for basis in finding.legal_basis],
            "questions": [hint.question for hint in finding.exceptions],
            "suggestion": finding.suggestion,
        },
    }


def _level(finding: Finding) -> str:
    if finding.disposition is Disposition.EXEMPT:
        return "none"
    return _LEVELS[finding.severity] if finding.disposition is Disposition.VIOLATION else "note"


def _location(ad: Ad, span: Span) -> dict[str, Any]:
    """The source file with the span's region; an ad from no file has a logical location only."""
    logical = {"name": span.field, "fullyQualifiedName": f"{ad.id}/{span.field}", "kind": "member"}
    location: dict[str, Any] = {
        "logicalLocations": [logical],
        "properties": {"row": ad.row, "field": span.field},
    }
    if ad.source:
        length = span.utf16_end - span.utf16_start
        region = {"charOffset": span.utf16_start, "charLength": length, "snippet": {"text": span.quote}}
        location["physicalLocation"] = {"artifactLocation": _artifact(ad.source), "region": region}
    return location


def _artifact(source: str) -> dict[str, str]:
    return {"uri": quote(clean(source))}


def _notification(error: RowError) -> dict[str, Any]:
    told: dict[str, Any] = {
        "level": "error",
        "descriptor": {"id": error.code},
        "message": {"text": error.message},
        "properties": {"id": error.id, "row": error.row},
    }
    if error.source:
        told["locations"] = [{"physicalLocation": {"artifactLocation": _artifact(error.source)}}]
    return told


def _counts(summary: RunSummary) -> dict[str, Any]:
    return {
        "ads": summary.ads,
        "flagged": summary.flagged,
        "failed": summary.failed,
        "notes": [clean(note) for note in summary.notes],
    }


def _cleaned(value: Any) -> Any:
    """JSON data with every string clean."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {key: _cleaned(item) for key, item in value.items()}
    return [_cleaned(item) for item in value] if isinstance(value, list) else value
