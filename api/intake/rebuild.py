"""The scanner's own objects back from the store, for its reports and for comparisons."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import TypeAdapter

from api.store.ads import AdVersion, Capture, StoredAd, StoredFinding
from scanner.ad import Ad
from scanner.findings import AdReport, Finding, Versions

_FINDING = TypeAdapter(Finding)
_VERSIONS = TypeAdapter(Versions)


def finding_of(stored: StoredFinding) -> Finding:
    """The finding as the scanner gave it."""
    return _FINDING.validate_python(stored.payload)


def ad_of(ad: StoredAd, version: AdVersion, capture: Capture) -> Ad:
    """The ad as it stood in the file of this capture."""
    return Ad(
        text=version.text,
        title=version.title,
        id=capture.external_id,
        fields=version.fields,
        employer=capture.employer_name,
        publisher=capture.publisher_name,
        url=ad.url,
        posted_on=version.posted_on,
        source=capture.source_file,
        row=capture.source_row,
    )


def report_of(
    ad_id: str, version: AdVersion, findings: Sequence[StoredFinding], scanned_with: Versions
) -> AdReport:
    """The report of one version; `scanned_with` is told where nothing was found."""
    ordered = sorted(findings, key=lambda finding: (finding.created_at, finding.ordinal))
    versions = _VERSIONS.validate_python(ordered[0].versions) if ordered else scanned_with
    return AdReport(ad_id, tuple(map(finding_of, ordered)), version.text_sha256, versions)
