"""How widely ads were spread, for one employer or one publisher."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlalchemy.orm import Session

from api.store.ads import Capture, StoredAd, StoredFinding
from scanner.findings import Disposition


def reach(session: Session, of: ColumnElement[bool], counterpart: Any) -> dict[str, int]:
    """Counts over the ads that fit `of`; `counterpart` is the column of whoever stands on the other side."""
    ads = select(
        func.count(StoredAd.id),
        func.count(StoredAd.group_id.distinct()),
        func.count(counterpart.distinct()),
    ).where(of)
    copies, groups, counterparts = session.execute(ads).one()
    flagged, violations = session.execute(_findings(of)).one()
    sightings = select(func.count(Capture.id)).join(StoredAd, StoredAd.id == Capture.ad_id).where(of)
    return {
        "ads": copies,
        "groups": groups,
        "counterparts": counterparts,
        "flagged_ads": flagged,
        "violations": violations,
        "sightings": session.scalar(sightings) or 0,
    }


def _findings(of: ColumnElement[bool]) -> Select[int, int]:
    violation = case((StoredFinding.disposition == Disposition.VIOLATION, 1))
    counted = select(func.count(StoredFinding.ad_id.distinct()), func.count(violation))
    joined = counted.join(StoredAd, StoredAd.id == StoredFinding.ad_id)
    return joined.where(and_(of, StoredFinding.disposition != Disposition.EXEMPT))
