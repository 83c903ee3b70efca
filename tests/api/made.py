"""Rows that several tests of the service need."""

from __future__ import annotations

from api.store.ads import AdVersion, StoredFinding


def a_finding(version: AdVersion) -> StoredFinding:
    """A violation in a version that has its id."""
    return StoredFinding(
        version_id=version.id,
        ad_id=version.ad_id,
        finding_key="text:0-3:gender_restriction",
        ordinal=0,
        category="gender_restriction",
        subtype="",
        direction="male",
        disposition="violation",
        severity="S1",
        confidence=0.99,
        payload={},
        versions={},
    )
