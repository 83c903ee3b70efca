"""Which cases: the query parameters that lists and exports share."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import timedelta
from typing import Annotated

from fastapi import Query
from pydantic import AwareDatetime
from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session

from api.cases.deadlines import NEAR_DAYS
from api.cases.labels import has_label
from api.cases.workflow import today
from api.schemas.ids import ID_PATTERN
from api.store.ads import Employer, StoredAd, StoredFinding
from api.store.cases import Case, CaseFinding, CaseStatus

_Id = Query(pattern=ID_PATTERN)


@dataclass
class CaseFilters:
    """All that are given must fit."""

    status: Annotated[CaseStatus | None, Query(description="状态")] = None
    assignee_id: Annotated[str | None, _Id] = None
    employer_id: Annotated[str | None, _Id] = None
    unassigned: Annotated[bool, Query(description="只列未分派的")] = False
    overdue: Annotated[bool, Query(description="只列已过期限的")] = False
    near: Annotated[bool, Query(description=f"只列 {NEAR_DAYS} 天内到期的")] = False
    employer: Annotated[str | None, Query(min_length=1, max_length=50, description="用人单位名称含有")] = None
    label: Annotated[str | None, Query(min_length=1, max_length=30, description="带有此标签")] = None
    publisher_id: Annotated[str | None, _Id] = None
    region: Annotated[str | None, Query(min_length=1, max_length=40, description="地区")] = None
    words: Annotated[str | None, Query(min_length=1, max_length=50, description="编号或案由含有")] = None
    since: Annotated[AwareDatetime | None, Query(description="建立时间自（含）")] = None
    until: Annotated[AwareDatetime | None, Query(description="建立时间至（不含）")] = None

    def criteria(self, session: Session) -> list[ColumnElement[bool]]:
        """As conditions on the table of cases."""
        same = ("status", "assignee_id", "employer_id")
        found = [getattr(Case, name) == value for name in same if (value := getattr(self, name))]
        if self.unassigned:
            found.append(Case.assignee_id.is_(None))
        if self.overdue:
            found.append(Case.deadline < today())
        if self.near:
            found.append(Case.deadline.between(today(), today() + timedelta(days=NEAR_DAYS)))
        if self.employer:
            named = Employer.name.contains(self.employer, autoescape=True)
            found.append(Case.employer_id.in_(select(Employer.id).where(named)))
        if self.label:
            found.append(has_label(session, self.label))
        places = {"publisher_id": self.publisher_id, "region": self.region}
        if ads := [getattr(StoredAd, name) == value for name, value in places.items() if value]:
            found.append(Case.id.in_(_about(ads)))
        if self.words:
            said = [column.contains(self.words, autoescape=True) for column in (Case.number, Case.title)]
            found.append(or_(*said))
        if self.since:
            found.append(Case.created_at >= self.since)
        if self.until:
            found.append(Case.created_at < self.until)
        return found

    def told(self) -> dict[str, str]:
        """What was asked for, for the audit log."""
        given = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: str(value) for name, value in given.items() if value not in (None, False)}


def _about(ads: list[ColumnElement[bool]]) -> Select[str]:
    """The cases that have a finding in such an ad."""
    joined = select(CaseFinding.case_id).join(StoredFinding, StoredFinding.id == CaseFinding.finding_id)
    return joined.join(StoredAd, StoredAd.id == StoredFinding.ad_id).where(*ads)
