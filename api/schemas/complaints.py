"""Reports as officers see them: masked."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Any, Literal, Self

from pydantic import BaseModel, Field

from api.cases.deadlines import NEAR_DAYS
from api.cases.workflow import today
from api.complaints import understanding
from api.complaints.identity import Identity
from api.complaints.status import FINISHED, NEXT
from api.schemas.accounts import Id, Strict
from api.schemas.fields import Reason, Words
from api.store.complaints import (
    CHANNEL_NAMES,
    COMPLAINT_STATUS_NAMES,
    Channel,
    Complaint,
    ComplaintEvent,
    ComplaintLink,
    ComplaintMaterial,
    ComplaintStatus,
    LinkKind,
    LinkStatus,
)
from scanner.complaint.channels import ReportKind
from scanner.complaint.kinds import REPORT_KIND_NAMES, KindProposal
from scanner.complaint.routing import Notice, Route
from scanner.complaint.urgency import LEVEL_NAMES, Level
from scanner.findings import CATEGORY_NAMES, Category

_EXCERPT = 80


class ComplaintStatusView(BaseModel):
    """A status and what may follow it."""

    status: ComplaintStatus
    name: str
    next: list[ComplaintStatus]

    @classmethod
    def of(cls, status: ComplaintStatus) -> Self:
        """From the table of statuses."""
        return cls(status=status, name=COMPLAINT_STATUS_NAMES[status], next=list(NEXT[status]))


class ComplaintView(BaseModel):
    """A report as listed."""

    id: str
    number: str = Field(examples=["T2026-000017"])
    kind: ReportKind | None
    kind_name: str
    channel: Channel
    channel_name: str
    status: ComplaintStatus
    status_name: str
    level: Level = Field(description="紧急程度；人工调整的以人工为准")
    level_name: str
    score: int = Field(description="程序计算的紧急分，0 至 100")
    overridden: bool
    override_reason: str
    in_scope: bool
    categories: list[Category]
    category_names: list[str]
    employer_id: str | None
    employer: str
    region: str
    received_at: datetime
    due_on: date | None
    days_left: int | None = Field(description="距期限的天数；已超期的为负")
    overdue: bool
    near: bool
    closed_at: datetime | None
    assignee_id: str | None
    assignee: str | None
    route: str
    route_reason: str
    case_id: str | None
    suspicions: list[str] = Field(description="可能不是真实反映的迹象，供人工判断")
    named: bool = Field(description="是否留有姓名或联系方式")
    may_contact: bool
    may_share: bool
    identity_erased: bool
    materials: int
    excerpt: str

    @classmethod
    def of(cls, one: Complaint) -> Self:
        """From its row."""
        status, level, channel = ComplaintStatus(one.status), Level(one.level), Channel(one.channel)
        left = (one.due_on - today()).days if one.due_on and status not in FINISHED else None
        told = {name: getattr(one, name) for name in _SAME} | {
            "kind_name": REPORT_KIND_NAMES[ReportKind(one.kind)] if one.kind else "",
            "channel_name": CHANNEL_NAMES[channel],
            "status_name": COMPLAINT_STATUS_NAMES[status],
            "level_name": LEVEL_NAMES[level],
            "score": one.urgency["score"],
            "overridden": one.urgency_override is not None,
            "in_scope": one.understanding["in_scope"],
            "category_names": [CATEGORY_NAMES[Category(name)] for name in one.categories],
            "employer": one.employer.name if one.employer else one.employer_name,
            "days_left": left,
            "overdue": left is not None and left < 0,
            "near": left is not None and 0 <= left <= NEAR_DAYS,
            "assignee": one.assignee.shown_name if one.assignee else None,
            "materials": len(one.materials),
            "excerpt": one.masked_text[:_EXCERPT],
        }
        return cls.model_validate(told | _of_identity(one))


_SAME = (
    *("id", "number", "kind", "channel", "status", "level", "override_reason", "categories", "employer_id"),
    *("region", "received_at", "due_on", "closed_at", "assignee_id", "route", "route_reason", "case_id"),
    "suspicions",
)


def _of_identity(one: Complaint) -> dict[str, bool]:
    """What may be known of the reporter without opening anything."""
    kept = one.identity
    assert kept is not None
    told = {name: getattr(kept, name) for name in ("named", "may_contact", "may_share")}
    return told | {"identity_erased": kept.erased_at is not None}


class ComplaintEventView(BaseModel):
    """One step of a report."""

    id: str
    at: datetime
    user_id: str | None = Field(description="为空则由反映人或系统作出")
    by: str | None
    kind: str
    reason: str
    details: dict[str, Any]

    @classmethod
    def of(cls, event: ComplaintEvent) -> Self:
        """From its row."""
        told = {name: getattr(event, name) for name in ("id", "user_id", "kind", "reason", "details")}
        by = event.user.shown_name if event.user else None
        return cls.model_validate(told | {"at": event.created_at, "by": by})


class MaterialView(BaseModel):
    """A file of a report, as it may be seen by whoever reads the report."""

    id: str
    number: int
    media_type: str
    sha256: str = Field(description="原件的 SHA-256")
    size: int
    text: str = Field(description="识别或读出的文字，已遮盖")
    picture: dict[str, Any] = Field(
        description="图片：width、height、chat、lines、findings，附位置；没有识别的为空"
    )
    erased: bool = Field(description="原件已按保存期限清除")
    at: datetime

    @classmethod
    def of(cls, one: ComplaintMaterial) -> Self:
        """From its row."""
        same = ("id", "number", "media_type", "sha256", "size", "text", "picture")
        told = {name: getattr(one, name) for name in same}
        return cls.model_validate(told | {"erased": not one.blob_sha256, "at": one.created_at})


class LinkView(BaseModel):
    """What a report may belong to."""

    id: str
    kind: LinkKind
    target_id: str
    score: float
    reasons: list[str]
    status: LinkStatus

    @classmethod
    def of(cls, link: ComplaintLink) -> Self:
        """From its row."""
        return cls.model_validate({name: getattr(link, name) for name in cls.model_fields})


class RouteView(BaseModel):
    """An office that is proposed."""

    code: str
    name: str
    phone: str
    reason: str
    source: str
    words: str = Field(description="可以对反映人说的话")

    @classmethod
    def of(cls, route: Route) -> Self:
        """As proposed."""
        channel = {name: getattr(route.channel, name) for name in ("code", "name", "phone")}
        return cls(**channel, reason=route.reason, source=route.source, words=route.words)


class ProposedKind(BaseModel):
    """投诉 or 举报, as proposed."""

    kind: ReportKind
    kind_name: str
    reason: str
    source: str
    working_days: int | None

    @classmethod
    def of(cls, one: KindProposal) -> Self:
        """With its name."""
        return cls(**asdict(one), kind_name=REPORT_KIND_NAMES[one.kind])


class NoticeView(BaseModel):
    """Something to ask about before deciding."""

    reason: str
    source: str

    @classmethod
    def of(cls, notice: Notice) -> Self:
        """As told."""
        return cls(**asdict(notice))


class ComplaintDetail(BaseModel):
    """A report in full, masked."""

    complaint: ComplaintView
    text: str
    ad_text: str
    ad_url: str
    understanding: dict[str, Any] = Field(description="判断及其依据的词句；位置按 text 的字符计")
    urgency: dict[str, Any] = Field(description="score、level、factors、explanation")
    routes: list[RouteView]
    proposed_kind: ProposedKind
    look_back: NoticeView | None = Field(description="可能超过二年")
    next: list[ComplaintStatus]
    events: list[ComplaintEventView]
    materials: list[MaterialView]
    links: list[LinkView]

    @classmethod
    def of(cls, one: Complaint) -> Self:
        """From its row."""
        notice = understanding.look_back_of(one)
        return cls(
            complaint=ComplaintView.of(one),
            text=one.masked_text,
            ad_text=one.ad_text,
            ad_url=one.ad_url,
            understanding=one.understanding,
            urgency=one.urgency,
            routes=[RouteView.of(route) for route in understanding.routes_of(one)],
            proposed_kind=ProposedKind.of(understanding.kind_of(one)),
            look_back=NoticeView.of(notice) if notice else None,
            next=list(NEXT[ComplaintStatus(one.status)]),
            events=[ComplaintEventView.of(event) for event in one.events],
            materials=[MaterialView.of(material) for material in one.materials],
            links=[LinkView.of(link) for link in one.links],
        )


class IdentityView(BaseModel):
    """Who made a report; only for those who must know."""

    name: str
    contact: str
    text: str
    ad_text: str
    ad_url: str
    additions: list[str]

    @classmethod
    def of(cls, identity: Identity) -> Self:
        """As sealed."""
        return cls(**asdict(identity))


class ReasonIn(Strict):
    """Why."""

    reason: Reason


class UrgencyIn(Strict):
    """The officer's word on how urgent it is; null takes it back."""

    level: Level | None = Field(examples=[Level.URGENT])
    reason: Reason


class ComplaintStatusIn(Strict):
    """The next step."""

    status: ComplaintStatus = Field(examples=[ComplaintStatus.ACCEPTED])
    reason: Reason


class KindIn(Strict):
    """投诉 or 举报."""

    kind: ReportKind = Field(examples=[ReportKind.COMPLAINT])
    reason: Reason


class RouteIn(Strict):
    """The office that is competent."""

    route: str = Field(min_length=1, max_length=40, examples=["12333"])
    reason: Reason


class ComplaintAssigneeIn(Strict):
    """Who is to work on it; null for nobody."""

    assignee_id: Id | None = Field(examples=["8d3c5f0a9b7e4c1d8f2a6b5c4d3e2f10"])
    reason: Reason


class ComplaintNoteIn(Strict):
    """A note, or an answer."""

    text: Words = Field(examples=["已与来电人通话，约定周三补交录音"])


class LinkDecisionIn(Strict):
    """Whether it belongs to the report."""

    status: Literal[LinkStatus.JOINED, LinkStatus.DISMISSED] = Field(examples=[LinkStatus.JOINED])
