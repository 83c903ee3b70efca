"""Which reports: the query parameters of the list."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import timedelta
from typing import Annotated, Any

from fastapi import Query
from pydantic import AwareDatetime
from sqlalchemy import ColumnElement, String, cast, or_

from api.cases.deadlines import NEAR_DAYS
from api.cases.workflow import today
from api.complaints.status import FINISHED
from api.schemas.ids import ID_PATTERN
from api.store.complaints import Channel, Complaint, ComplaintStatus
from scanner.complaint.channels import ReportKind
from scanner.complaint.urgency import Level
from scanner.findings import Category

_Id = Query(pattern=ID_PATTERN)


@dataclass
class ComplaintFilters:
    """All that are given must fit. What is no honest report is left out unless it is asked for."""

    status: Annotated[ComplaintStatus | None, Query(description="状态")] = None
    level: Annotated[Level | None, Query(description="紧急程度")] = None
    category: Annotated[Category | None, Query(description="歧视类别")] = None
    kind: Annotated[ReportKind | None, Query(description="投诉或举报")] = None
    channel: Annotated[Channel | None, Query(description="来源")] = None
    employer: Annotated[str | None, Query(min_length=1, max_length=50, description="单位名称含有")] = None
    employer_id: Annotated[str | None, _Id] = None
    assignee_id: Annotated[str | None, _Id] = None
    unassigned: Annotated[bool, Query(description="只列未分派的")] = False
    overdue: Annotated[bool, Query(description="只列已过期限的")] = False
    near: Annotated[bool, Query(description=f"只列 {NEAR_DAYS} 天内到期的")] = False
    suspected: Annotated[bool, Query(description="只列有可疑迹象的")] = False
    words: Annotated[str | None, Query(min_length=1, max_length=50, description="编号或内容含有")] = None
    since: Annotated[AwareDatetime | None, Query(description="收到时间自（含）")] = None
    until: Annotated[AwareDatetime | None, Query(description="收到时间至（不含）")] = None

    def criteria(self) -> list[ColumnElement[bool]]:
        """As conditions on the table of reports."""
        same = ("status", "level", "kind", "channel", "employer_id", "assignee_id")
        found = [getattr(Complaint, name) == value for name in same if (value := getattr(self, name))]
        if self.status is None:
            found.append(Complaint.status != ComplaintStatus.SPAM)
        found += self._texts()
        found += self._terms()
        if self.unassigned:
            found.append(Complaint.assignee_id.is_(None))
        if self.since:
            found.append(Complaint.received_at >= self.since)
        if self.until:
            found.append(Complaint.received_at < self.until)
        return found

    def _texts(self) -> list[ColumnElement[bool]]:
        found = []
        if self.category:
            found.append(_listed(Complaint.categories).contains(f'"{self.category.value}"', autoescape=True))
        if self.suspected:
            found.append(_listed(Complaint.suspicions) != "[]")
        if self.employer:
            found.append(Complaint.employer_name.contains(self.employer, autoescape=True))
        if self.words:
            columns = (Complaint.number, Complaint.masked_text)
            found.append(or_(*(column.contains(self.words, autoescape=True) for column in columns)))
        return found

    def _terms(self) -> list[ColumnElement[bool]]:
        unfinished, found = Complaint.status.not_in(FINISHED), []
        if self.overdue:
            found += [unfinished, Complaint.due_on < today()]
        if self.near:
            found += [unfinished, Complaint.due_on.between(today(), today() + timedelta(days=NEAR_DAYS))]
        return found

    def told(self) -> dict[str, str]:
        """What was asked for, for the audit log; of words only that there were some."""
        given = {field.name: getattr(self, field.name) for field in fields(self)}
        told = {name: str(value) for name, value in given.items() if value not in (None, False)}
        return told | ({"words": "…"} if self.words else {})


def _listed(column: Any) -> ColumnElement[str]:
    """A list of short strings as the text that either database keeps of it."""
    return cast(column, String)
