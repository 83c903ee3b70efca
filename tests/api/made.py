"""Rows that several tests of the service need."""

from __future__ import annotations

from api.store.ads import AdVersion, StoredFinding
from api.store.base import new_id
from api.store.folds import Fold


def a_finding(version: AdVersion) -> StoredFinding:
    """A violation in a version that has its id."""
    kind = {
        "category": "gender_restriction",
        "direction": "male",
        "disposition": "violation",
        "severity": "S1",
    }
    return StoredFinding(
        version_id=version.id,
        ad_id=version.ad_id,
        fold=Fold(id=new_id(), group_id=version.ad_id, **kind),
        finding_key="text:0-3:gender_restriction",
        ordinal=0,
        subtype="",
        confidence=0.99,
        payload={},
        versions={},
        **kind,
    )
