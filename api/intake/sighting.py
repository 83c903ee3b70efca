"""A scanned ad with where, when and for whom it was seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from api.intake.duplicates import signature
from api.intake.identity import content_sha256
from scanner.ad import Ad
from scanner.findings import AdReport


@dataclass(frozen=True, slots=True)
class Sighting:
    """Where and when an ad was seen, and for whom. `row` counts all rows of the batch from 1."""

    captured_at: datetime
    organisation_id: str | None = None
    batch_id: str | None = None
    row: int | None = None
    source_file: str = ""
    """Used where the ad itself names no source."""
    source_sha256: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """One ad to store, with what is costly to compute and need not hold up a transaction."""

    ad: Ad
    report: AdReport
    sighting: Sighting
    content: str
    """SHA-256 of what it says."""
    signature: str
    """For near-duplicates."""

    @classmethod
    def of(cls, ad: Ad, report: AdReport, sighting: Sighting) -> Seen:
        """`ad` must be `storable`, and `report` must be of exactly this ad."""
        return cls(ad, report, sighting, content_sha256(ad), signature(ad))
