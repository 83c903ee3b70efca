"""What people say of findings. A machine's label is never among it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Label, ScalarSelect, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from api.audit.record import record_each
from api.auth.principal import Principal
from api.intake.folds import recount
from api.store.ads import Decision, Review, StoredFinding
from api.store.base import new_id
from api.store.cases import Case, CaseFinding

DECISION_NAMES: dict[Decision, str] = {
    Decision.CONFIRMED: "成立",
    Decision.DISMISSED: "不成立",
    Decision.EXCEPTION: "属例外",
}
UNREVIEWED = "未复核"
CHUNK = 500
"""Keys in one IN list."""


def review(
    session: Session, who: Principal, finding_ids: Sequence[str], decision: Decision, reason: str
) -> list[Review]:
    """Put one decision of one person on each finding, as one act; an earlier one of theirs stays below it."""
    said = {"act_id": new_id(), "reviewer_id": who.user_id, "decision": decision, "reason": reason}
    folds = _folds(session, finding_ids)
    made = [Review(finding_id=one, fold_id=folds[one], **said) for one in finding_ids]
    session.add_all(made)
    recount(session, set(folds.values()))
    after = {"decision": decision.value, "reason": reason, "act_id": said["act_id"]}
    record_each(session, who, "finding.review", "finding", finding_ids, after=after)
    return made


def _folds(session: Session, finding_ids: Sequence[str]) -> dict[str, str]:
    """Finding → the fold that it is in."""
    found: dict[str, str] = {}
    for at in range(0, len(finding_ids), CHUNK):
        some = StoredFinding.id.in_(finding_ids[at : at + CHUNK])
        query = select(StoredFinding.id, StoredFinding.fold_id).where(some)
        found |= dict(session.execute(query).all())
    return found


def latest_by_reviewer(session: Session, of: ColumnElement[bool]) -> list[Review]:
    """The decision that holds of each reviewer on each finding, oldest first; `of` says which reviews count."""
    newest = select(Review.id, _age(Review.finding_id, Review.reviewer_id)).where(of).subquery()
    query = select(Review).join(newest, newest.c.id == Review.id).where(newest.c.age == 1)
    return list(session.scalars(query.order_by(Review.created_at, Review.id)))


def judgements(of: ColumnElement[bool]) -> Select[str, str, str]:
    """(fold, reviewer, decision) that holds: copies judged at one stroke are one judgement.

    `of` says which reviews count.
    """
    age = _age(Review.fold_id, Review.reviewer_id)
    said = select(Review.fold_id, Review.reviewer_id, Review.decision, age).where(of).subquery()
    return select(said.c.fold_id, said.c.reviewer_id, said.c.decision).where(said.c.age == 1)


def standing(session: Session, of: ColumnElement[bool]) -> dict[str, Decision]:
    """The last word of any person, by finding; a finding on which no person has spoken is not in it."""
    return {one.finding_id: Decision(one.decision) for one in latest_by_reviewer(session, of)}


def last_word() -> ScalarSelect[str]:
    """The last word of any person on the finding of the query around it; NULL where there is none."""
    newest = Review.created_at.desc(), Review.id.desc()
    said = select(Review.decision).where(Review.finding_id == StoredFinding.id).order_by(*newest).limit(1)
    return said.correlate(StoredFinding).scalar_subquery()


def standing_of_folds(session: Session, fold_ids: Sequence[str]) -> dict[str, Decision]:
    """The last word of any person on any finding of the fold."""
    of_these = Review.fold_id.in_(fold_ids)
    said = select(Review.fold_id, Review.decision, _age(Review.fold_id)).where(of_these).subquery()
    newest = select(said.c.fold_id, said.c.decision).where(said.c.age == 1)
    return {fold_id: Decision(decision) for fold_id, decision in session.execute(newest)}


def standing_in_case(session: Session, case: Case) -> list[Decision | None]:
    """The last word on each finding of the case; None where no person has spoken."""
    ids = select(CaseFinding.finding_id).where(CaseFinding.case_id == case.id)
    said = standing(session, Review.finding_id.in_(ids))
    return [said.get(finding_id) for finding_id in session.scalars(ids)]


def _age(*within: InstrumentedAttribute[str]) -> Label[int]:
    """1 for the newest review within a group, 2 for the one before."""
    newest = Review.created_at.desc(), Review.id.desc()
    return func.row_number().over(partition_by=within, order_by=newest).label("age")
