"""Employers and publishers in order: by name, by what was found of them, by when they were last seen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, Generic, NamedTuple, TypeVar

from sqlalchemy import ColumnElement, Select, Subquery, case, func, select
from sqlalchemy.orm import Session

from api.auth.principal import Principal
from api.auth.scope import visible
from api.schemas.page import Paging
from api.store.ads import Employer, Publisher, StoredAd, StoredFinding
from scanner.findings import Disposition

T = TypeVar("T", Employer, Publisher)


class RankOrder(StrEnum):
    """What comes first."""

    NAME = "name"
    FINDINGS = "findings"
    ADS = "ads"
    LAST_SEEN = "last_seen"


ORDER_NAMES = {
    RankOrder.FINDINGS: "线索最多",
    RankOrder.ADS: "广告最多",
    RankOrder.LAST_SEEN: "最近见到",
    RankOrder.NAME: "名称",
}


class Ranked(NamedTuple, Generic[T]):
    """One of them. Findings are those that are not exempt."""

    one: T
    ads: int
    findings: int
    violations: int
    last_seen: datetime | None


def ranked(
    session: Session,
    model: type[T],
    user: Principal,
    criteria: Sequence[ColumnElement[bool]],
    order: RankOrder,
    paging: Paging,
) -> tuple[list[Ranked[T]], int]:
    """The page asked for, and how many fit. Only ads that this user may see are counted."""
    fitting = visible(model, user), *criteria
    total = session.scalar(select(func.count()).select_from(model).where(*fitting)) or 0
    query = _counted(model, user, order).where(*fitting)
    rows = session.execute(query.limit(paging.size).offset((paging.page - 1) * paging.size))
    return [Ranked(*row) for row in rows], total


def counted(row: Ranked[Any]) -> dict[str, Any]:
    """The counts of a row by name."""
    return {name: getattr(row, name) for name in ("ads", "findings", "violations", "last_seen")}


def has_words(column: Any, words: str) -> ColumnElement[bool]:
    """The words stand in it one after another, as written; % and _ are characters."""
    found: ColumnElement[bool] = column.contains(words, autoescape=True)
    return found


def _counted(model: type[Any], user: Principal, order: RankOrder) -> Select[Any]:
    side = StoredAd.employer_id if model is Employer else StoredAd.publisher_id
    ads = _ads(side, user)
    found = _found(side, user)
    columns = {
        RankOrder.ADS: func.coalesce(ads.c.ads, 0),
        RankOrder.FINDINGS: func.coalesce(found.c.findings, 0),
        RankOrder.LAST_SEEN: ads.c.last_seen,
    }
    first = [columns[order].desc().nulls_last()] if order in columns else []
    return (
        select(
            model,
            columns[RankOrder.ADS],
            columns[RankOrder.FINDINGS],
            func.coalesce(found.c.violations, 0),
            ads.c.last_seen,
        )
        .outerjoin(ads, ads.c.side == model.id)
        .outerjoin(found, found.c.side == model.id)
        .order_by(*first, model.normalised)
    )


def _ads(side: Any, user: Principal) -> Subquery:
    counted = select(
        side.label("side"), func.count().label("ads"), func.max(StoredAd.last_seen).label("last_seen")
    )
    return counted.where(side.is_not(None), visible(StoredAd, user)).group_by(side).subquery()


def _found(side: Any, user: Principal) -> Subquery:
    violation = case((StoredFinding.disposition == Disposition.VIOLATION, 1))
    counted = (
        select(
            side.label("side"),
            func.count().label("findings"),
            func.count(violation).label("violations"),
        )
        .select_from(StoredFinding)
        .join(StoredAd, StoredAd.id == StoredFinding.ad_id)
    )
    wanted = side.is_not(None), visible(StoredAd, user), StoredFinding.disposition != Disposition.EXEMPT
    return counted.where(*wanted).group_by(side).subquery()
