"""Counts over one run, as every report states them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from scanner.findings import AdReport, RowError


@dataclass(slots=True)
class RunSummary:
    """What a run saw. `ads` were scanned, `failed` rows were not; the counters count findings."""

    ads: int = 0
    failed: int = 0
    flagged: int = 0
    """Ads with at least one finding that is a violation or under review."""
    by_category: Counter[str] = field(default_factory=Counter)
    by_direction: Counter[str] = field(default_factory=Counter)
    by_disposition: Counter[str] = field(default_factory=Counter)
    by_severity: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    """What the readers report: encoding used, columns mapped."""

    def count(self, report: AdReport) -> None:
        """Count one scanned ad; exempt findings count under their disposition only."""
        self.ads += 1
        if not report.findings:
            return
        open_findings = [f for f in report.findings if f.disposition != "exempt"]
        self.flagged += bool(open_findings)
        self.by_disposition.update(f.disposition.value for f in report.findings)
        self.by_category.update(f.category.value for f in open_findings)
        self.by_direction.update(f.direction.value for f in open_findings)
        self.by_severity.update(f.severity for f in open_findings)

    def count_error(self, error: RowError) -> None:
        """Count one row that could not be scanned."""
        self.failed += 1
