"""Employers that a report may mean: names written shorter, longer or otherwise, in the same place."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from rapidfuzz import fuzz
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from api.complaints.suggestion import Suggestion, summed
from api.intake.employers import normalise_employer
from api.intake.merging import core_name
from api.store.ads import Employer, StoredAd
from api.store.complaints import Complaint, LinkKind

MOST = 10
_PLACE = re.compile(
    r"^(?:[一-鿿]{2,3}(?:省|自治区))?(?:[一-鿿]{2,4}?市)?(?:[一-鿿]{1,4}?[区县])?(?=[一-鿿]{2})"
)
_START = 2
_SHORTEST = 3
_ALIKE = 85.0
_LOOKED_AT = 500


def likely_employers(session: Session, complaint: Complaint) -> list[Suggestion]:
    """Stored employers whose name is like the one reported, the likeliest first."""
    name = normalise_employer(complaint.employer_name)
    if len(name) < _START:
        return []
    others = _candidates(session, complaint, name)
    regions = _regions(session, [other.id for other in others])
    found = [_weighed(complaint, name, other, regions[other.id]) for other in others]
    ranked = sorted(filter(None, found), key=lambda one: -one.score)
    return ranked[:MOST]


def distinctive(normalised: str, region: str = "") -> str:
    """The part of a name that tells it apart: without place and legal form."""
    bare = _PLACE.sub("", core_name(normalised), count=1)
    without = bare.removeprefix(region) if region else bare
    return without if len(without) >= _START else bare


def _candidates(session: Session, complaint: Complaint, name: str) -> Sequence[Employer]:
    """Those that hold the first characters of the name, with or without its place."""
    starts = {name[:_START], distinctive(name, complaint.region)[:_START]}
    query = select(Employer).where(
        Employer.merged_into_id.is_(None),
        Employer.id != (complaint.employer_id or ""),
        or_(*(Employer.normalised.contains(start, autoescape=True) for start in sorted(starts))),
    )
    return session.scalars(query.order_by(Employer.normalised).limit(_LOOKED_AT)).all()


def _regions(session: Session, employer_ids: Sequence[str]) -> dict[str, set[str]]:
    query = select(StoredAd.employer_id, StoredAd.region).where(
        StoredAd.employer_id.in_(employer_ids), StoredAd.region != ""
    )
    found: dict[str, set[str]] = defaultdict(set)
    for employer_id, region in session.execute(query.distinct()):
        found[str(employer_id)].add(region)
    return found


def _weighed(complaint: Complaint, name: str, other: Employer, regions: set[str]) -> Suggestion | None:
    signs = _names_alike(complaint, name, other)
    if signs and complaint.region:
        signs |= _place_agrees(complaint.region, other, regions)
    return summed(LinkKind.EMPLOYER, other.id, signs) if signs else None


def _names_alike(complaint: Complaint, name: str, other: Employer) -> dict[str, float]:
    if name == other.normalised:
        return {f"单位名称相同：{other.name}": 0.8}
    own, theirs = (distinctive(one, complaint.region) for one in (name, other.normalised))
    if own == theirs:
        return {f"除地名和公司形式外名称相同：{other.name}": 0.7}
    short, long = sorted((own, theirs), key=len)
    if len(short) >= _SHORTEST and short in long:
        return {f"“{short}”可能是“{other.name}”的简称或全称": 0.55}
    share = fuzz.ratio(own, theirs)
    return {f"名称相近：{other.name}": 0.6 * share / 100} if share >= _ALIKE else {}


def _place_agrees(region: str, other: Employer, regions: set[str]) -> dict[str, float]:
    if region in regions or region in other.normalised:
        return {f"地点相符：{region}": 0.2}
    if regions:
        return {f"地点不同：该单位的广告在{'、'.join(sorted(regions)[:3])}": -0.2}
    return {}
