"""The review queue: what is to be judged, the weightiest first, near-copies as one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, joinedload

from api.auth.principal import Principal
from api.auth.scope import visible
from api.cases.reviews import judgements
from api.store.accounts import Role
from api.store.ads import AdVersion, Review, StoredAd, StoredFinding
from api.store.folds import Fold
from scanner.findings import Disposition


class QueueState(StrEnum):
    """Whose word is awaited."""

    OPEN = "open"
    SECOND = "second"
    DISPUTED = "disputed"
    MINE = "mine"
    REVIEWED = "reviewed"
    ALL = "all"


STATE_NAMES: dict[QueueState, str] = {
    QueueState.OPEN: "待核查",
    QueueState.SECOND: "双人复核",
    QueueState.DISPUTED: "结论不一",
    QueueState.MINE: "我已核查",
    QueueState.REVIEWED: "已核查",
    QueueState.ALL: "全部",
}


class QueueSort(StrEnum):
    """What comes first."""

    PRIORITY = "priority"
    NEWEST = "newest"
    OLDEST = "oldest"
    REACH = "reach"


SORT_NAMES: dict[QueueSort, str] = {
    QueueSort.PRIORITY: "重的在前",
    QueueSort.NEWEST: "最近发现在前",
    QueueSort.OLDEST: "最早发现在前",
    QueueSort.REACH: "涉及广告多的在前",
}
_ORDERS: dict[QueueSort, tuple[Any, ...]] = {
    QueueSort.PRIORITY: (Fold.priority.desc(), Fold.id.desc()),
    QueueSort.NEWEST: (Fold.last_found.desc(), Fold.id),
    QueueSort.OLDEST: (Fold.last_found, Fold.id),
    QueueSort.REACH: (Fold.ads.desc(), Fold.priority.desc(), Fold.id),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to judge, and the newest of its findings, with version, ad, employer and publisher loaded."""

    fold: Fold
    finding: StoredFinding


def blind(user: Principal, state: QueueState) -> bool:
    """Whether this user must not see what others said: an agency never, a second reviewer not yet."""
    return user.role == Role.AGENCY or state is QueueState.SECOND


def queue(
    user: Principal, criteria: Sequence[ColumnElement[bool]], state: QueueState, sort: QueueSort
) -> Select[str]:
    """The ids of the folds that this user may see and that fit `criteria`, in their order.

    Second reviews come in the order of their ids, which are hashes: a sample that favours nothing.
    """
    wanted = select(Fold.id).where(visible(Fold, user), *criteria)
    if user.role != Role.AGENCY:
        wanted = wanted.where(*_awaited(user, state))
    return wanted.order_by(*([Fold.id] if state is QueueState.SECOND else _ORDERS[sort]))


def _awaited(user: Principal, state: QueueState) -> list[ColumnElement[bool]]:
    if state is QueueState.OPEN:
        return [Fold.unreviewed > 0]
    if state is QueueState.REVIEWED:
        return [Fold.unreviewed == 0]
    if state is QueueState.ALL:
        return []
    if state is QueueState.MINE:
        return [Fold.id.in_(select(Review.fold_id).where(Review.reviewer_id == user.user_id))]
    if state is QueueState.SECOND:
        people = func.count(Review.reviewer_id.distinct())
        judged = select(Review.fold_id).group_by(Review.fold_id)
        return [Fold.id.in_(judged.having(people == 1, func.max(Review.reviewer_id) != user.user_id))]
    by_two = select(Review.fold_id).group_by(Review.fold_id)
    said = judgements(
        Review.fold_id.in_(by_two.having(func.count(Review.reviewer_id.distinct()) == 2))
    ).subquery()
    differing = func.count(said.c.decision.distinct()) == 2
    return [Fold.id.in_(select(said.c.fold_id).group_by(said.c.fold_id).having(differing))]


def without_cleared(disposition: Disposition | None, state: QueueState) -> list[ColumnElement[bool]]:
    """Leave out what the scanner itself found exempt, unless it is asked for."""
    asked = disposition is not None or state is QueueState.ALL
    return [] if asked else [Fold.disposition != Disposition.EXEMPT]


def entries(session: Session, fold_ids: Sequence[str]) -> list[Entry]:
    """These folds with their newest finding, in the same order; what does not exist is left out."""
    newest = (
        select(StoredFinding.id)
        .where(StoredFinding.fold_id == Fold.id)
        .order_by(StoredFinding.created_at.desc(), StoredFinding.id)
        .limit(1)
        .correlate(Fold)
        .scalar_subquery()
    )
    with_ad = joinedload(StoredFinding.version).joinedload(AdVersion.ad)
    query = (
        select(Fold, StoredFinding)
        .join(StoredFinding, StoredFinding.id == newest)
        .where(Fold.id.in_(fold_ids))
        .options(with_ad.joinedload(StoredAd.employer), with_ad.joinedload(StoredAd.publisher))
    )
    found = {fold.id: Entry(fold, finding) for fold, finding in session.execute(query)}
    return [found[fold_id] for fold_id in fold_ids if fold_id in found]
