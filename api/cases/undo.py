"""Take back what one has just decided."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session, aliased

from api.audit.record import record_each
from api.auth.principal import Principal
from api.cases.reviews import CHUNK
from api.errors import ApiError
from api.intake.folds import recount
from api.store.ads import Review
from api.store.cases import Case, CaseEvent, CaseFinding


def undo(session: Session, who: Principal, act_id: str) -> list[str]:
    """Remove the reviews of one's own act; the audit log keeps what they said. Gives the finding ids.

    Raises ApiError E610 (no such act of this person), E670 (decided anew since), E671 (a case went on
    with it).
    """
    mine = Review.act_id == act_id, Review.reviewer_id == who.user_id
    reviews = session.scalars(select(Review).where(*mine).order_by(Review.id)).all()
    if not reviews:
        raise ApiError("E610", id=act_id, kind="本人的复核")
    first, finding_ids = reviews[0], [one.finding_id for one in reviews]
    _check_latest(session, first)
    _check_cases(session, first, finding_ids)
    before = {"decision": first.decision, "reason": first.reason, "act_id": act_id}
    session.execute(delete(Review).where(*mine))
    recount(session, {one.fold_id for one in reviews})
    record_each(session, who, "finding.unreview", "finding", finding_ids, before=before)
    return finding_ids


def _check_latest(session: Session, act: Review) -> None:
    later = aliased(Review)
    since = exists().where(
        later.finding_id == Review.finding_id,
        later.reviewer_id == act.reviewer_id,
        later.act_id != act.act_id,
        later.created_at > Review.created_at,
    )
    if session.scalar(select(Review.id).where(Review.act_id == act.act_id, since).limit(1)):
        raise ApiError("E670")


def _check_cases(session: Session, act: Review, finding_ids: Sequence[str]) -> None:
    for at in range(0, len(finding_ids), CHUNK):
        moved = (
            select(Case.number)
            .join(CaseFinding, CaseFinding.case_id == Case.id)
            .join(CaseEvent, CaseEvent.case_id == Case.id)
            .where(
                CaseFinding.finding_id.in_(finding_ids[at : at + CHUNK]),
                CaseEvent.kind == "status",
                CaseEvent.created_at > act.created_at,
            )
        )
        if number := session.scalar(moved.limit(1)):
            raise ApiError("E671", number=number)
