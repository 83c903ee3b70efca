"""What people say of findings. A machine's label is never among it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from api.audit.record import record
from api.auth.principal import Principal
from api.store.ads import Decision, Review
from api.store.cases import Case, CaseFinding

DECISION_NAMES: dict[Decision, str] = {
    Decision.CONFIRMED: "成立",
    Decision.DISMISSED: "不成立",
    Decision.EXCEPTION: "属例外",
}


def review(
    session: Session, who: Principal, finding_ids: Sequence[str], decision: Decision, reason: str
) -> list[Review]:
    """Put one decision of one person on each finding; an earlier one of theirs stays on record below it."""
    made = [
        Review(finding_id=finding_id, reviewer_id=who.user_id, decision=decision, reason=reason)
        for finding_id in finding_ids
    ]
    session.add_all(made)
    session.flush()
    for one in made:
        after = {"decision": decision.value, "reason": reason}
        record(session, who, "finding.review", "finding", one.finding_id, after=after)
    return made


def latest_by_reviewer(session: Session, of: ColumnElement[bool]) -> list[Review]:
    """The decision that holds of each reviewer on each finding, oldest first; `of` says which reviews count."""
    by_age = Review.created_at.desc(), Review.id.desc()
    age = func.row_number().over(partition_by=(Review.finding_id, Review.reviewer_id), order_by=by_age)
    newest = select(Review.id, age.label("age")).where(of).subquery()
    query = select(Review).join(newest, newest.c.id == Review.id).where(newest.c.age == 1)
    return list(session.scalars(query.order_by(Review.created_at, Review.id)))


def standing(session: Session, of: ColumnElement[bool]) -> dict[str, Decision]:
    """The last word of any person, by finding; a finding on which no person has spoken is not in it."""
    return {one.finding_id: Decision(one.decision) for one in latest_by_reviewer(session, of)}


def standing_in_case(session: Session, case: Case) -> list[Decision | None]:
    """The last word on each finding of the case; None where no person has spoken."""
    ids = select(CaseFinding.finding_id).where(CaseFinding.case_id == case.id)
    said = standing(session, Review.finding_id.in_(ids))
    return [said.get(finding_id) for finding_id in session.scalars(ids)]
