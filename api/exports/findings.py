"""Findings as rows of a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload

from api.cases.periods import moment
from api.cases.reviews import DECISION_NAMES, UNREVIEWED
from api.exports.table import Column, Row
from api.intake.rebuild import finding_of
from api.store.ads import AdVersion, Decision, Review, StoredAd, StoredFinding
from api.store.cases import Case, CaseFinding
from scanner.findings import CATEGORY_NAMES, DIRECTION_NAMES, DISPOSITION_NAMES, SEVERITY_NAMES
from scanner.report import wording

COLUMNS = (
    Column("id", "线索编号", 12),
    Column("case_numbers", "案件编号", 14),
    Column("employer", "用人单位", 24),
    Column("publisher", "发布者", 16),
    Column("title", "职位", 18),
    Column("url", "链接", 20),
    Column("posted_on", "发布日期", 11),
    Column("first_seen", "首次见于", 17),
    Column("last_seen", "最近见于", 17),
    Column("disposition", "处置", 10),
    Column("category", "类别", 16),
    Column("subtype", "细类", 18),
    Column("direction", "方向", 10),
    Column("severity", "严重程度", 9),
    Column("confidence", "置信度", 8),
    Column("quotes", "违规词句", 20),
    Column("message", "说明", 36),
    Column("laws", "法律依据", 44),
    Column("questions", "需要核问", 36),
    Column("suggestion", "修改建议", 36),
    Column("decision", "人工复核", 10),
    Column("reason", "复核理由", 30),
)
OF_AGENCY = tuple(c for c in COLUMNS if c.key not in ("case_numbers", "decision", "reason"))
"""What an agency gets of its own ads: nothing of the office's work."""
CHUNK = 500


def finding_rows(session: Session, criteria: Sequence[ColumnElement[bool]]) -> Iterator[Row]:
    """One row a finding that fits, by key, read in chunks."""
    last = ""
    load = joinedload(StoredFinding.version).joinedload(AdVersion.ad)
    names = [load.joinedload(StoredAd.employer), load.joinedload(StoredAd.publisher)]
    query = select(StoredFinding).where(*criteria).order_by(StoredFinding.id).options(*names).limit(CHUNK)
    while chunk := list(session.scalars(query.where(StoredFinding.id > last))):
        yield from _rows(session, chunk)
        last = chunk[-1].id
        session.expunge_all()


def _rows(session: Session, findings: list[StoredFinding]) -> Iterator[Row]:
    ids = [finding.id for finding in findings]
    reviewed = select(Review).where(Review.finding_id.in_(ids)).order_by(Review.created_at, Review.id)
    last = {review.finding_id: review for review in session.scalars(reviewed)}
    numbers = _case_numbers(session, ids)
    for finding in findings:
        yield _row(finding, last.get(finding.id), numbers.get(finding.id, ""))


def _case_numbers(session: Session, ids: list[str]) -> dict[str, str]:
    query = (
        select(CaseFinding.finding_id, Case.number)
        .join(Case, Case.id == CaseFinding.case_id)
        .where(CaseFinding.finding_id.in_(ids))
        .order_by(Case.number)
    )
    numbers: dict[str, str] = {}
    for finding_id, number in session.execute(query):
        numbers[finding_id] = f"{numbers[finding_id]}、{number}" if finding_id in numbers else number
    return numbers


def _row(stored: StoredFinding, review: Review | None, case_numbers: str) -> Row:
    finding, version = finding_of(stored), stored.version
    ad = version.ad
    return {
        "id": stored.id,
        "case_numbers": case_numbers,
        "employer": ad.employer.name if ad.employer else "",
        "publisher": ad.publisher.name if ad.publisher else "",
        "title": version.title,
        "url": ad.url,
        "posted_on": version.posted_on.isoformat() if version.posted_on else "",
        "first_seen": moment(ad.first_seen),
        "last_seen": moment(ad.last_seen),
        "disposition": DISPOSITION_NAMES[finding.disposition],
        "category": CATEGORY_NAMES[finding.category],
        "subtype": wording.subtype_name(finding),
        "direction": DIRECTION_NAMES[finding.direction],
        "severity": SEVERITY_NAMES[finding.severity],
        "confidence": round(finding.confidence, 2),
        "quotes": wording.quotes(finding),
        "message": finding.message,
        "laws": wording.laws(finding),
        "questions": "；".join(hint.question for hint in finding.exceptions),
        "suggestion": finding.suggestion,
        "decision": DECISION_NAMES[Decision(review.decision)] if review else UNREVIEWED,
        "reason": review.reason if review else "",
    }
