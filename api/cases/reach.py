"""How widely ads were spread, for one employer or one publisher."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, select
from sqlalchemy.orm import Session

from api.store.ads import AdVersion, Capture, StoredAd, StoredFinding
from scanner.findings import Disposition

_HEADCOUNTS = ("招聘人数", "人数")
_NUMBER = re.compile(r"\s*(?:招|招聘)?\s*([0-9]{1,5})(?![0-9])")


def reach(session: Session, of: ColumnElement[bool], counterpart: Any) -> dict[str, int]:
    """Counts over the ads that fit `of`; `counterpart` is the column of whoever stands on the other side."""
    ads = select(
        func.count(StoredAd.id),
        func.count(StoredAd.group_id.distinct()),
        func.count(counterpart.distinct()),
        func.count(func.nullif(StoredAd.region, "").distinct()),
    ).where(of)
    copies, groups, counterparts, regions = session.execute(ads).one()
    flagged, violations = session.execute(_findings(of)).one()
    sightings = select(func.count(Capture.id)).join(StoredAd, StoredAd.id == Capture.ad_id).where(of)
    return {
        "ads": copies,
        "groups": groups,
        "counterparts": counterparts,
        "regions": regions,
        "flagged_ads": flagged,
        "violations": violations,
        "sightings": session.scalar(sightings) or 0,
    }


def _findings(of: ColumnElement[bool]) -> Select[int, int]:
    violation = case((StoredFinding.disposition == Disposition.VIOLATION, 1))
    counted = select(func.count(StoredFinding.ad_id.distinct()), func.count(violation))
    joined = counted.join(StoredAd, StoredAd.id == StoredFinding.ad_id)
    return joined.where(and_(of, StoredFinding.disposition != Disposition.EXEMPT))


def openings(session: Session, of: ColumnElement[bool]) -> int:
    """How many people are sought by the flagged ads that fit `of` and say so; near-copies count once."""
    flagged = exists().where(
        StoredFinding.ad_id == StoredAd.id,
        StoredFinding.version_id == AdVersion.id,
        StoredFinding.disposition != Disposition.EXEMPT,
    )
    versions = select(StoredAd.group_id, AdVersion.fields).join(AdVersion, AdVersion.ad_id == StoredAd.id)
    sought: dict[str, int] = {}
    for group, fields in session.execute(versions.where(of, flagged)):
        sought[group] = max(sought.get(group, 0), headcount(fields))
    return sum(sought.values())


def headcount(fields: Mapping[str, Any]) -> int:
    """`招聘人数: 3人` → 3, `5-10` → 5 (the fewest); 0 where no number is written."""
    written = next((str(fields[name]) for name in _HEADCOUNTS if fields.get(name)), "")
    found = _NUMBER.match(unicodedata.normalize("NFKC", written))
    return int(found[1]) if found else 0
