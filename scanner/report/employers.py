"""Whose ads have findings: the list from which an inspector picks whom to call in."""

from __future__ import annotations

from collections import Counter

from scanner.ad import Ad
from scanner.findings import AdReport, Disposition


class EmployerTally:
    """Flagged ads and findings per employer; grows with the number of employers found, not of ads."""

    def __init__(self) -> None:
        self._ads: Counter[str] = Counter()
        self._findings: dict[Disposition, Counter[str]] = {kind: Counter() for kind in Disposition}

    def count(self, ad: Ad, report: AdReport) -> None:
        """Count one ad; without an employer or an open finding it does not count."""
        kinds = [finding.disposition for finding in report.findings]
        if not ad.employer or not set(kinds) - {Disposition.EXEMPT}:
            return
        self._ads[ad.employer] += 1
        for kind in kinds:
            self._findings[kind][ad.employer] += 1

    def top(self, size: int) -> list[tuple[str, int, int, int]]:
        """(employer, flagged ads, violations, findings under review), most flagged ads first."""
        violations, reviews = self._findings[Disposition.VIOLATION], self._findings[Disposition.REVIEW]
        return [(name, ads, violations[name], reviews[name]) for name, ads in self._ads.most_common(size)]
