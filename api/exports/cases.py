"""Cases as rows of a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, joinedload

from api.cases.periods import moment
from api.exports.table import Column, Row
from api.store.accounts import User
from api.store.ads import StoredFinding
from api.store.cases import CASE_STATUS_NAMES, Case, CaseFinding, CaseStatus

COLUMNS = (
    Column("number", "案件编号", 14),
    Column("title", "案由", 36),
    Column("status", "状态", 10),
    Column("employer", "用人单位", 24),
    Column("assignee", "承办人", 12),
    Column("opened_at", "建立时间", 17),
    Column("deadline", "期限", 11),
    Column("closed_at", "结案时间", 17),
    Column("labels", "标签", 16),
    Column("ads", "涉及广告", 9),
    Column("findings", "线索", 9),
)
CHUNK = 500


def case_rows(session: Session, criteria: Sequence[ColumnElement[bool]]) -> Iterator[Row]:
    """One row a case that fits, by number, read in chunks."""
    names = dict(session.execute(select(User.id, User.shown_name)).all())
    query = (
        select(Case).where(*criteria).order_by(Case.number).options(joinedload(Case.employer)).limit(CHUNK)
    )
    last = ""
    while chunk := list(session.scalars(query.where(Case.number > last))):
        counts = _counts(session, [case.id for case in chunk])
        for case in chunk:
            yield _row(case, names.get(case.assignee_id or "", ""), *counts.get(case.id, (0, 0)))
        last = chunk[-1].number
        session.expunge_all()


def _counts(session: Session, ids: list[str]) -> dict[str, tuple[int, int]]:
    """Case → ads, findings."""
    counted = (
        select(CaseFinding.case_id, func.count(StoredFinding.ad_id.distinct()), func.count())
        .join(StoredFinding, StoredFinding.id == CaseFinding.finding_id)
        .where(CaseFinding.case_id.in_(ids))
        .group_by(CaseFinding.case_id)
    )
    return {case_id: (ads, findings) for case_id, ads, findings in session.execute(counted)}


def _row(case: Case, assignee: str, ads: int, findings: int) -> Row:
    return {
        "number": case.number,
        "title": case.title,
        "status": CASE_STATUS_NAMES[CaseStatus(case.status)],
        "employer": case.employer.name if case.employer else "",
        "assignee": assignee,
        "opened_at": moment(case.created_at),
        "deadline": case.deadline.isoformat() if case.deadline else "",
        "closed_at": moment(case.closed_at),
        "labels": "、".join(case.labels),
        "ads": ads,
        "findings": findings,
    }
