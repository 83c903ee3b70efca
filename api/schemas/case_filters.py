"""Which cases: the query parameters that lists and exports share."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Annotated

from fastapi import Query
from pydantic import AwareDatetime
from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import Session

from api.cases.workflow import today
from api.schemas.ids import ID_PATTERN
from api.store.cases import Case, CaseStatus

_Id = Query(pattern=ID_PATTERN)


@dataclass
class CaseFilters:
    """All that are given must fit."""

    status: Annotated[CaseStatus | None, Query(description="状态")] = None
    assignee_id: Annotated[str | None, _Id] = None
    employer_id: Annotated[str | None, _Id] = None
    unassigned: Annotated[bool, Query(description="只列未分派的")] = False
    overdue: Annotated[bool, Query(description="只列已过期限的")] = False
    label: Annotated[str | None, Query(min_length=1, max_length=30, description="带有此标签")] = None
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
        if self.label:
            found.append(_has_label(session, self.label))
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


def _has_label(session: Session, label: str) -> ColumnElement[bool]:
    on_postgres = session.get_bind().dialect.name == "postgresql"
    elements = func.jsonb_array_elements_text if on_postgres else func.json_each
    each = elements(Case.labels).table_valued("value")
    return exists(select(1).select_from(each).where(each.c.value == label))
