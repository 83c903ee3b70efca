"""Cases as they go in and out."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, AwareDatetime, BaseModel, Field

from api.cases.deadlines import LIMITS, UNIT_NAMES
from api.cases.recheck import OUTCOME_NAMES, Outcome, Recheck
from api.cases.status import NEXT
from api.cases.workflow import today
from api.schemas.accounts import Id, Strict
from api.schemas.fields import CaseLabel, Reason, Words
from api.schemas.findings import FindingView
from api.store.base import now
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
    def of(cls, status: CaseStatus) -> StatusView:
        """From the table of statuses."""
        limit = LIMITS[status]
        return cls(
            status=status,
            name=CASE_STATUS_NAMES[status],
            next=list(NEXT[status]),
            limit_days=limit.days or None,
            limit_unit=UNIT_NAMES[limit.unit],
            basis=limit.basis,
        )


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
    opened_by: str | None = Field(description="为空则由立案规则建立")
    opening_rule_id: str | None
    opened_at: datetime
    deadline: date | None
    overdue: bool
    closed_at: datetime | None
    labels: list[str]

    @classmethod
    def of(cls, case: Case) -> CaseView:
        """From its row."""
        status = CaseStatus(case.status)
        told = {name: getattr(case, name) for name in _SAME} | {
            "status": status,
            "status_name": CASE_STATUS_NAMES[status],
            "employer": case.employer.name if case.employer else None,
            "opened_at": case.created_at,
            "overdue": case.deadline is not None and case.deadline < today(),
        }
        return cls.model_validate(told)


class EventView(BaseModel):
    """One step of a case."""

    id: str
    at: datetime
    user_id: str | None = Field(description="为空则由系统执行")
    kind: str
    reason: str
    details: dict[str, Any]

    @classmethod
    def of(cls, event: CaseEvent) -> EventView:
        """From its row."""
        same = ("id", "user_id", "kind", "reason", "details")
        return cls.model_validate({n: getattr(event, n) for n in same} | {"at": event.created_at})


class AttachmentView(BaseModel):
    """A file that was added to a case."""

    id: str
    file_name: str
    media_type: str
    sha256: str
    size: int
    added_by: str
    at: datetime

    @classmethod
    def of(cls, attachment: Attachment) -> AttachmentView:
        """From its row."""
        same = set(cls.model_fields) - {"at"}
        told = {name: getattr(attachment, name) for name in same}
        return cls.model_validate(told | {"at": attachment.created_at})


class CaseDetail(BaseModel):
    """A case in full."""

    case: CaseView
    next: list[StatusView] = Field(description="下一步可以转为")
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


def _not_to_come(at: datetime) -> datetime:
    if at > now():
        raise ValueError("采集时间不能晚于现在")
    return at


class NewCapture(Strict):
    """What an ad of the case says now."""

    ad_id: Id
    text: str = Field(min_length=1, max_length=1_000_000, examples=["招保安两名，男女不限，有保安证"])
    title: str = Field("", max_length=1000)
    fields: dict[str, str] = Field({}, max_length=100)
    captured_at: Annotated[AwareDatetime, AfterValidator(_not_to_come)] | None = Field(
        None, description="采集时间；不填为现在"
    )


class RecheckIn(Strict):
    """A second look. Without captures, what was taken in since the last change of status counts."""

    reason: Reason
    captures: list[NewCapture] = Field([], max_length=20)
    accept: bool = Field(False, description="是否按复查结果转为建议的状态")


class AdCheckView(BaseModel):
    """One ad of the case, then and now."""

    ad_id: str
    outcome: Outcome
    outcome_name: str
    old_version: int
    new_version: int
    captured_at: datetime | None
    diff: list[str] = Field(description="逐行差异")
    gone: list[str] = Field(description="已删去的词句")
    remaining: list[str] = Field(description="仍在的词句")
    new_finding_ids: list[str]


class RecheckView(BaseModel):
    """What a second look found."""

    outcome: Outcome
    outcome_name: str
    proposed: CaseStatus | None = Field(description="建议转为的状态；为空则无")
    ads: list[AdCheckView]

    @classmethod
    def of(cls, found: Recheck) -> RecheckView:
        """From the comparison."""
        ads = [
            AdCheckView(
                ad_id=one.ad_id,
                outcome=one.outcome,
                outcome_name=OUTCOME_NAMES[one.outcome],
                old_version=one.old_version,
                new_version=one.new_version,
                captured_at=one.captured_at,
                diff=list(one.diff),
                gone=list(one.gone),
                remaining=list(one.remaining),
                new_finding_ids=list(one.new_finding_ids),
            )
            for one in found.ads
        ]
        name = OUTCOME_NAMES[found.outcome]
        return cls(outcome=found.outcome, outcome_name=name, proposed=found.proposed, ads=ads)
