"""Counts by period, category, status, employer, publisher; agreement of reviewers."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import AwareDatetime
from sqlalchemy import ColumnElement, true

from api.audit.record import record
from api.auth.deps import allowed
from api.auth.permissions import PERMISSION_NAMES, Permission
from api.auth.principal import Principal
from api.auth.scope import visible
from api.cases.agreement import agreements
from api.cases.reviews import judgements
from api.cases.statistics import CaseBy, FindingBy, Group, case_statistics, finding_statistics
from api.deps import SessionDep
from api.errors import ApiError
from api.schemas.case_filters import CaseFilters
from api.schemas.finding_filters import FindingFilters
from api.schemas.statistics import AgreementView, GroupView, StatisticsView
from api.store.accounts import Role
from api.store.ads import Review
from api.store.cases import Case

router = APIRouter(prefix="/v1/statistics", tags=["统计"])
Reader = Annotated[Principal, Depends(allowed(Permission.STATISTICS_READ))]
Assigner = Annotated[Principal, Depends(allowed(Permission.CASE_ASSIGN))]


@router.get("/findings", summary="线索统计")
def count_findings(
    user: Reader,
    session: SessionDep,
    filters: Annotated[FindingFilters, Depends()],
    by: Annotated[FindingBy, Query(description="按什么分组")] = FindingBy.CATEGORY,
) -> StatisticsView:
    """With reach: how many ads, employers, publishers. An agency is not told what was reviewed."""
    if user.role == Role.AGENCY and by is FindingBy.DECISION:
        raise ApiError("E623", permission=PERMISSION_NAMES[Permission.CASE_READ])
    criteria = filters.visible_to(user)
    groups = finding_statistics(session, [by], criteria)[by]
    record(session, user, "statistics.findings", "statistics", "", after=filters.told() | {"by": by.value})
    return _view(by.value, groups, without=("reviewed",) if user.role == Role.AGENCY else ())


@router.get("/cases", summary="案件统计")
def count_cases(
    user: Reader,
    session: SessionDep,
    filters: Annotated[CaseFilters, Depends()],
    by: Annotated[CaseBy, Query(description="按什么分组")] = CaseBy.STATUS,
) -> StatisticsView:
    """With reach."""
    groups = case_statistics(session, by, [visible(Case, user), *filters.criteria(session)])
    record(session, user, "statistics.cases", "statistics", "", after=filters.told() | {"by": by.value})
    return _view(by.value, groups)


@router.get("/agreement", summary="复核一致性")
def count_agreement(
    user: Assigner,
    session: SessionDep,
    since: Annotated[AwareDatetime | None, Query(description="复核时间自（含）")] = None,
    until: Annotated[AwareDatetime | None, Query(description="复核时间至（不含）")] = None,
) -> list[AgreementView]:
    """Cohen's kappa of every two reviewers who decided on the same findings; copies count as one."""
    when: ColumnElement[bool] = true()
    when = when & (Review.created_at >= since) if since else when
    when = when & (Review.created_at < until) if until else when
    found = agreements(session.execute(judgements(when)))
    record(session, user, "statistics.agreement", "statistics", "")
    return [AgreementView.of(one) for one in found]


def _view(by: str, groups: list[Group], without: tuple[str, ...] = ()) -> StatisticsView:
    shown = [
        GroupView(key=g.key, name=g.name, counts={n: c for n, c in g.counts.items() if n not in without})
        for g in groups
    ]
    return StatisticsView(by=by, groups=shown)
