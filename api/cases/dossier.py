"""One thing to judge with all that bears on it: the ad, its near-copies, who said what, the cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, joinedload

from api.auth.principal import Principal
from api.auth.scope import visible
from api.cases.queue import Entry
from api.store.accounts import Role, User
from api.store.ads import AdVersion, Capture, Decision, Review, StoredAd, StoredFinding
from api.store.cases import Case, CaseFinding
from api.store.folds import Fold

COPIES = 50
"""Near-copies shown; there may be thousands."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one person said at one stroke, and of how many of the findings in question."""

    act_id: str
    reviewer_id: str
    reviewer: str
    decision: Decision
    reason: str
    at: datetime
    findings: int


@dataclass(frozen=True, slots=True)
class Dossier:
    """`copies` are findings of the same fold, newest first, with their ads; `capture` is the last sighting."""

    entry: Entry
    capture: Capture
    copies: Sequence[StoredFinding]
    judgements: Sequence[Judgement]
    cases: Sequence[Case]


def dossier(session: Session, user: Principal, entry: Entry, *, blind: bool) -> Dossier:
    """`blind` leaves out what people said and did."""
    told = not blind and user.role != Role.AGENCY
    version = entry.finding.version_id
    newest = Capture.captured_at.desc(), Capture.id.desc()
    seen = select(Capture).where(Capture.version_id == version).order_by(*newest).limit(1)
    return Dossier(
        entry=entry,
        capture=session.scalars(seen).one(),
        copies=_copies(session, user, entry.fold),
        judgements=judgements_of(session, Review.fold_id == entry.fold.id) if told else [],
        cases=_cases(session, user, entry.fold) if told else [],
    )


def _copies(session: Session, user: Principal, fold: Fold) -> Sequence[StoredFinding]:
    with_ad = joinedload(StoredFinding.version).joinedload(AdVersion.ad)
    query = (
        select(StoredFinding)
        .where(StoredFinding.fold_id == fold.id, visible(StoredFinding, user))
        .order_by(StoredFinding.created_at.desc(), StoredFinding.id)
        .limit(COPIES)
        .options(with_ad.joinedload(StoredAd.publisher))
    )
    return session.scalars(query).all()


def judgements_of(session: Session, of: ColumnElement[bool]) -> list[Judgement]:
    """What people said at one stroke each, latest first; `of` says of which findings."""
    at = func.max(Review.created_at)
    acts = (
        select(Review.act_id, Review.reviewer_id, Review.decision, Review.reason, at, func.count())
        .where(of)
        .group_by(Review.act_id, Review.reviewer_id, Review.decision, Review.reason)
        .order_by(at.desc(), Review.act_id)
    )
    rows = session.execute(acts).all()
    people = session.scalars(select(User).where(User.id.in_({row[1] for row in rows})))
    names = {user.id: user.shown_name for user in people}
    return [
        Judgement(act_id, who, names[who], Decision(decision), reason, when, count)
        for act_id, who, decision, reason, when, count in rows
    ]


def _cases(session: Session, user: Principal, fold: Fold) -> Sequence[Case]:
    of_fold = (
        select(CaseFinding.case_id)
        .join(StoredFinding, StoredFinding.id == CaseFinding.finding_id)
        .where(StoredFinding.fold_id == fold.id)
    )
    query = select(Case).where(Case.id.in_(of_fold), visible(Case, user))
    return session.scalars(query.order_by(Case.number.desc())).all()
