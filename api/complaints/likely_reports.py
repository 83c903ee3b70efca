"""Earlier reports of the same event or employer, and cases that are about it already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from api.complaints.deadlines import day_of
from api.complaints.suggestion import Suggestion, summed
from api.complaints.understanding import understanding_of
from api.store.ads import StoredAd
from api.store.cases import CASE_STATUS_NAMES, Case, CaseStatus
from api.store.complaints import Complaint, ComplaintMaterial, ComplaintStatus, LinkKind
from scanner.complaint.timing import last_event
from scanner.complaint.understanding import STAGE_NAMES, Stage
from scanner.findings import CATEGORY_NAMES, Category
from scanner.picture.likeness import alike

MOST = 20
_NEAR_DAYS = 7
_LOOKED_AT = 200
_PICTURES = 2000


def likely_reports(session: Session, complaint: Complaint, employer_ids: Sequence[str]) -> list[Suggestion]:
    """Other reports that seem to tell of the same, the likeliest first."""
    same_file, same_picture = _with_same_pictures(session, complaint)
    named = {complaint.employer_id, *employer_ids} - {None}
    query = select(Complaint).where(
        Complaint.id != complaint.id,
        Complaint.status != ComplaintStatus.SPAM,
        or_(
            Complaint.employer_id.in_(sorted(filter(None, named))),
            Complaint.text_key == complaint.text_key,
            Complaint.id.in_(sorted(same_file | same_picture)),
        ),
    )
    found = []
    for other in session.scalars(query.order_by(Complaint.received_at.desc()).limit(_LOOKED_AT)):
        signs = _same_employer(complaint, other, named) | _same_words(complaint, other)
        signs |= {"附有相同的文件": 0.8} if other.id in same_file else {}
        signs |= {"附有同一张图片": 0.7} if other.id in same_picture - same_file else {}
        found.append(summed(LinkKind.COMPLAINT, other.id, signs | _same_event(complaint, other)))
    return sorted(filter(None, found), key=lambda one: -one.score)[:MOST]


def likely_cases(session: Session, complaint: Complaint, ads: Iterable[Suggestion]) -> list[Suggestion]:
    """Cases on the same employer, and those on ads that the report seems to be about."""
    ad_ids = [one.target_id for one in ads]
    groups = set(session.scalars(select(StoredAd.group_id).where(StoredAd.id.in_(ad_ids))))
    query = select(Case).where(
        or_(Case.employer_id == (complaint.employer_id or ""), Case.group_id.in_(sorted(groups)))
    )
    found = [
        summed(LinkKind.CASE, case.id, _case_signs(complaint, case, groups))
        for case in session.scalars(query.order_by(Case.number.desc()).limit(MOST))
    ]
    return sorted(filter(None, found), key=lambda one: -one.score)


def _case_signs(complaint: Complaint, case: Case, groups: set[str]) -> dict[str, float]:
    signs = {f"案件 {case.number} 就是反映的这则广告": 0.9} if case.group_id in groups else {}
    if case.employer_id is not None and case.employer_id == complaint.employer_id:
        closed = case.status == CaseStatus.CLOSED
        status = CASE_STATUS_NAMES[CaseStatus(case.status)]
        signs[f"同一用人单位的案件 {case.number}（{status}）"] = 0.5 if closed else 0.7
    return signs


def _with_same_pictures(session: Session, complaint: Complaint) -> tuple[set[str], set[str]]:
    """Reports with a file that is the same, and those with a picture that looks the same."""
    own = {material.sha256 for material in complaint.materials}
    pictures = [seen for material in complaint.materials if (seen := material.picture.get("likeness"))]
    others = ComplaintMaterial.complaint_id != complaint.id
    files = select(ComplaintMaterial.complaint_id).where(others, ComplaintMaterial.sha256.in_(sorted(own)))
    same_file = set(session.scalars(files)) if own else set()
    if not pictures:
        return same_file, set()
    shown = select(ComplaintMaterial.complaint_id, ComplaintMaterial.picture).where(others)
    rows = session.execute(shown.order_by(ComplaintMaterial.created_at.desc()).limit(_PICTURES))
    seen_elsewhere = [(who, seen) for who, picture in rows if (seen := picture.get("likeness"))]
    return same_file, {who for who, seen in seen_elsewhere if any(alike(seen, one) for one in pictures)}


def _same_employer(complaint: Complaint, other: Complaint, named: set[str | None]) -> dict[str, float]:
    if other.employer_id is None or other.employer_id not in named:
        return {}
    if other.employer_id == complaint.employer_id:
        return {"反映的是同一用人单位": 0.4}
    return {f"单位名称可能相同：{other.employer_name}": 0.3}


def _same_words(complaint: Complaint, other: Complaint) -> dict[str, float]:
    return {"文字完全相同": 0.9} if other.text_key == complaint.text_key else {}


def _same_event(complaint: Complaint, other: Complaint) -> dict[str, float]:
    """Days, stages and categories that both tell of."""
    signs: dict[str, float] = {}
    mine, theirs = _event(complaint), _event(other)
    if mine and theirs and abs((mine - theirs).days) <= _NEAR_DAYS:
        signs[f"发生时间相近：{_shown(mine)}、{_shown(theirs)}"] = 0.25
    categories = [name for name in complaint.categories if name in other.categories]
    if categories:
        signs["情形相同：" + "、".join(CATEGORY_NAMES[Category(name)] for name in categories)] = 0.15
    stages = [name for name in complaint.understanding["stages"] if name in other.understanding["stages"]]
    if stages:
        signs["环节相同：" + "、".join(STAGE_NAMES[Stage(name)] for name in stages)] = 0.1
    return signs


def _event(complaint: Complaint) -> date | None:
    return last_event(understanding_of(complaint), complaint.masked_text, day_of(complaint.received_at))


def _shown(day: date) -> str:
    return f"{day.month}月{day.day}日"
