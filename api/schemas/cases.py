"""Cases as they go in and out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any, Self

from pydantic import BaseModel, Field

from api.cases.deadlines import LIMITS, NEAR_DAYS, UNIT_NAMES, Unit
from api.cases.status import NEXT, missing
from api.cases.workflow import today
from api.schemas.accounts import Id, Strict
from api.schemas.fields import CaseLabel, Reason, Words
from api.schemas.findings import FindingView
from api.store.ads import Decision
from api.store.cases import CASE_STATUS_NAMES, Attachment, Case, CaseEvent, CaseStatus

MAX_FINDINGS = 200
FindingIds = Annotated[
    list[Id],
    Field(min_length=1, max_length=MAX_FINDINGS, examples=[["8d3c5f0a9b7e4c1d8f2a6b5c4d3e2f10"]]),
]


class StatusView(BaseModel):
    """A status, what may follow it, and how long a case may stay in it."""

    status: CaseStatus
    name: str
    next: list[CaseStatus]
    limit_days: int | None = Field(description="工作日数；为空则无期限或由承办人确定")
    limit_unit: str
    basis: str = Field(description="期限的依据")

    @classmethod
    def of(cls, status: CaseStatus, **more: Any) -> Self:
        """From the table of statuses."""
        limit = LIMITS[status]
        return cls(
            status=status,
            name=CASE_STATUS_NAMES[status],
            next=list(NEXT[status]),
            limit_days=limit.days or None,
            limit_unit=UNIT_NAMES[limit.unit],
            basis=limit.basis,
            **more,
        )


class NextView(StatusView):
    """A status that may come next in this case, and what it asks for."""

    missing: str = Field(description="还缺什么；为空则现在就可以转入")
    needs_deadline: bool = Field(description="须写明期限")
    deadline: date | None = Field(description="不写期限时的法定期限；为空则无期限")

    @classmethod
    def after(cls, status: CaseStatus, decisions: Sequence[Decision | None]) -> list[NextView]:
        """All that may follow; `decisions` is the last word on each finding."""
        return [
            cls.of(
                target,
                missing=missing(target, decisions),
                needs_deadline=LIMITS[target].unit is Unit.SET_BY_PERSON,
                deadline=LIMITS[target].end(today()),
            )
            for target in NEXT[status]
        ]


_SAME = (
    "id",
    "number",
    "title",
    "employer_id",
    "group_id",
    "assignee_id",
    "opened_by",
    "opening_rule_id",
    "deadline",
    "closed_at",
    "labels",
)


class CaseView(BaseModel):
    """A case as listed."""

    id: str
    number: str = Field(examples=["2026-000017"])
    title: str
    status: CaseStatus
    status_name: str
    employer_id: str | None
    employer: str | None
    group_id: str
    assignee_id: str | None
    assignee: str | None
    opened_by: str | None = Field(description="为空则由立案规则建立")
    opening_rule_id: str | None
    opened_at: datetime
    deadline: date | None
    days_left: int | None = Field(description="距期限的天数；已超期的为负")
    overdue: bool
    near: bool = Field(description=f"{NEAR_DAYS} 天内到期")
    closed_at: datetime | None
    labels: list[str]

    @classmethod
    def of(cls, case: Case) -> CaseView:
        """From its row."""
        status = CaseStatus(case.status)
        left = (case.deadline - today()).days if case.deadline else None
        told = {name: getattr(case, name) for name in _SAME} | {
            "status": status,
            "status_name": CASE_STATUS_NAMES[status],
            "employer": case.employer.name if case.employer else None,
            "assignee": case.assignee.shown_name if case.assignee else None,
            "opened_at": case.created_at,
            "days_left": left,
            "overdue": left is not None and left < 0,
            "near": left is not None and 0 <= left <= NEAR_DAYS,
        }
        return cls.model_validate(told)


class EventView(BaseModel):
    """One step of a case."""

    id: str
    at: datetime
    user_id: str | None = Field(description="为空则由系统执行")
    by: str | None
    kind: str
    reason: str
    details: dict[str, Any]

    @classmethod
    def of(cls, event: CaseEvent) -> EventView:
        """From its row."""
        same = ("id", "user_id", "kind", "reason", "details")
        told = {name: getattr(event, name) for name in same}
        by = event.user.shown_name if event.user else None
        return cls.model_validate(told | {"at": event.created_at, "by": by})


class AttachmentView(BaseModel):
    """A file that was added to a case."""

    id: str
    file_name: str
    media_type: str
    sha256: str
    size: int
    added_by: str
    by: str
    at: datetime

    @classmethod
    def of(cls, attachment: Attachment) -> AttachmentView:
        """From its row."""
        same = set(cls.model_fields) - {"at", "by"}
        told = {name: getattr(attachment, name) for name in same}
        return cls.model_validate(told | {"at": attachment.created_at, "by": attachment.user.shown_name})


class CaseDetail(BaseModel):
    """A case in full."""

    case: CaseView
    next: list[NextView] = Field(description="下一步可以转为")
    findings: list[FindingView] = Field(description="最多 200 条；其余用 /v1/findings?case_id= 查看")
    events: list[EventView]
    attachments: list[AttachmentView]


class CaseIn(Strict):
    """A new case. Findings of an ad that has an open case, or of its copies, join that case."""

    finding_ids: FindingIds
    title: str = Field("", max_length=300, examples=["示例公司：限定性别"])


class FindingsIn(Strict):
    """Findings to add to a case."""

    finding_ids: FindingIds


class StatusIn(Strict):
    """The next step of a case."""

    status: CaseStatus = Field(examples=[CaseStatus.VERIFIED])
    reason: Reason
    deadline: date | None = Field(None, description="约谈、责令改正必填；其他状态不填则按法定期限")


class DeadlineIn(Strict):
    """Another deadline; null lifts it."""

    deadline: date | None = Field(examples=["2027-03-01"])
    reason: Reason


class AssigneeIn(Strict):
    """Who is to work on the case; null for nobody."""

    assignee_id: Id | None = Field(examples=["8d3c5f0a9b7e4c1d8f2a6b5c4d3e2f10"])
    reason: Reason


class LabelsIn(Strict):
    """All labels of the case."""

    labels: list[CaseLabel] = Field(max_length=20, examples=[["劳务派遣", "重点行业"]])


class NoteIn(Strict):
    """An internal note."""

    text: Words = Field(examples=["单位人事周三上午可接待"])


class HandoverIn(Strict):
    """All open cases of one officer go to another."""

    from_id: Id = Field(description="移出人")
    to_id: Id = Field(description="接收人")
    reason: Reason


class HandoverView(BaseModel):
    """What went over."""

    case_ids: list[str]
