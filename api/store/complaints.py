"""Reports of people: what may be read of them, and, apart and sealed, who made them."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from api.store.accounts import User
from api.store.ads import Employer
from api.store.base import Base, Keyed, now
from scanner.complaint.channels import ReportKind


class Channel(StrEnum):
    """How it came in."""

    PUBLIC_FORM = "public_form"
    PHONE = "phone"
    LETTER = "letter"
    IMPORT = "import"
    API = "api"


CHANNEL_NAMES: dict[Channel, str] = {
    Channel.PUBLIC_FORM: "网上提交",
    Channel.PHONE: "来电",
    Channel.LETTER: "来信来访",
    Channel.IMPORT: "批量导入",
    Channel.API: "系统对接",
}


class ComplaintStatus(StrEnum):
    """Where it stands; `api.complaints.status` says what may follow what."""

    RECEIVED = "received"
    ACCEPTED = "accepted"
    MORE_NEEDED = "more_needed"
    TRANSFERRED = "transferred"
    NOT_ACCEPTED = "not_accepted"
    ANSWERED = "answered"
    CLOSED = "closed"
    SPAM = "spam"


COMPLAINT_STATUS_NAMES: dict[ComplaintStatus, str] = {
    ComplaintStatus.RECEIVED: "待受理",
    ComplaintStatus.ACCEPTED: "已受理",
    ComplaintStatus.MORE_NEEDED: "待补正",
    ComplaintStatus.TRANSFERRED: "已转办",
    ComplaintStatus.NOT_ACCEPTED: "不予受理",
    ComplaintStatus.ANSWERED: "已答复",
    ComplaintStatus.CLOSED: "办结",
    ComplaintStatus.SPAM: "无效信息",
}


class Complaint(Keyed, Base):
    """One report. Its texts are masked: nothing in this table says who made it."""

    __tablename__ = "complaint"

    number: Mapped[str] = mapped_column(String(20), unique=True)
    """For people: T2026-000017."""
    kind: Mapped[ReportKind | None] = mapped_column(String(12))
    """None until the reporter or an officer says."""
    channel: Mapped[Channel] = mapped_column(String(12))
    status: Mapped[ComplaintStatus] = mapped_column(String(14), default=ComplaintStatus.RECEIVED, index=True)
    masked_text: Mapped[str] = mapped_column(Text)
    ad_text: Mapped[str] = mapped_column(Text, default="")
    """The wording of the ad that the reporter quotes, masked too."""
    ad_url: Mapped[str] = mapped_column(Text, default="")
    text_key: Mapped[str] = mapped_column(String(64), index=True)
    """Keyed hash of the text as it came: the same words twice are known without being read."""
    understanding: Mapped[dict[str, Any]]
    """`scanner.complaint.understanding.Understanding` of the masked text."""
    urgency: Mapped[dict[str, Any]]
    """`scanner.complaint.urgency.Urgency`: score, level, factors."""
    level: Mapped[str] = mapped_column(String(10), index=True)
    """What counts: the officer's word, or else the level of `urgency`."""
    urgency_override: Mapped[str | None] = mapped_column(String(10))
    override_reason: Mapped[str] = mapped_column(Text, default="")
    override_by: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    categories: Mapped[list[str]]
    """Of the judgements, the surest first."""
    suspicions: Mapped[list[str]]
    """Why it may be no honest report, in Chinese; empty for most."""
    employer_id: Mapped[str | None] = mapped_column(ForeignKey("employer.id"), index=True)
    employer_name: Mapped[str] = mapped_column(String(300), default="")
    region: Mapped[str] = mapped_column(String(40), default="")
    received_at: Mapped[datetime] = mapped_column(default=now, index=True)
    due_on: Mapped[date | None] = mapped_column(index=True)
    """The last day to decide on acceptance; only for 投诉."""
    closed_at: Mapped[datetime | None]
    passphrase_hash: Mapped[str | None] = mapped_column(String(200))
    """argon2id; None for what came in without a receipt."""
    assignee_id: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    route: Mapped[str] = mapped_column(String(40), default="")
    """Code of the channel that an officer chose; empty until then."""
    route_reason: Mapped[str] = mapped_column(Text, default="")
    case_id: Mapped[str | None] = mapped_column(ForeignKey("case_file.id"), index=True)
    employer: Mapped[Employer | None] = relationship()
    assignee: Mapped[User | None] = relationship(foreign_keys=[assignee_id])
    identity: Mapped[ReporterIdentity | None] = relationship(back_populates="complaint")
    materials: Mapped[list[ComplaintMaterial]] = relationship(order_by="ComplaintMaterial.number")
    events: Mapped[list[ComplaintEvent]] = relationship(order_by="ComplaintEvent.created_at")
    links: Mapped[list[ComplaintLink]] = relationship(order_by="ComplaintLink.score.desc()")


class ReporterIdentity(Base):
    """Who made a report, with the text as it came: sealed, see `api.complaints.identity`."""

    __tablename__ = "reporter_identity"

    complaint_id: Mapped[str] = mapped_column(
        ForeignKey("complaint.id", ondelete="CASCADE"), primary_key=True
    )
    sealed: Mapped[str] = mapped_column(Text)
    """A Fernet token; empty once erased."""
    named: Mapped[bool]
    """Whether a name or a contact was given."""
    may_contact: Mapped[bool]
    may_share: Mapped[bool]
    """Whether the reporter agreed that other offices that handle the matter are told who they are."""
    erased_at: Mapped[datetime | None]
    complaint: Mapped[Complaint] = relationship(back_populates="identity")


class ComplaintMaterial(Keyed, Base):
    """A file that came with a report. The original is sealed; its own name lies inside the seal."""

    __tablename__ = "complaint_material"
    __table_args__ = (UniqueConstraint("complaint_id", "number"),)

    complaint_id: Mapped[str] = mapped_column(ForeignKey("complaint.id", ondelete="CASCADE"))
    number: Mapped[int]
    """From 1."""
    media_type: Mapped[str] = mapped_column(String(100))
    sha256: Mapped[str] = mapped_column(String(64))
    """Of the original."""
    size: Mapped[int] = mapped_column(BigInteger)
    """Of the original, bytes."""
    blob_sha256: Mapped[str] = mapped_column(String(64))
    """Name of the sealed file in the blob store; empty once erased."""
    sealed_name: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text, default="")
    """What was read in it, masked."""
    picture: Mapped[dict[str, Any]]
    """Of a picture that was read: size, lines with boxes (masked), findings; empty for all else."""


class ComplaintEvent(Keyed, Base):
    """One step of a report; `reason` and `details` never say who made it.

    `kind`: received, read, identity_viewed, identity_erased, override, kind, linked, unlinked, status, note,
    reply, material, handoff, assigned, route.
    """

    __tablename__ = "complaint_event"
    __table_args__ = (Index(None, "complaint_id", "created_at"),)

    complaint_id: Mapped[str] = mapped_column(ForeignKey("complaint.id", ondelete="CASCADE"))
    user_id: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    """None for the reporter and for the service itself."""
    kind: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text, default="")
    details: Mapped[dict[str, Any]]
    user: Mapped[User | None] = relationship()


class LinkKind(StrEnum):
    """What a report may belong to."""

    EMPLOYER = "employer"
    AD = "ad"
    COMPLAINT = "complaint"
    CASE = "case"


class LinkStatus(StrEnum):
    """Suggested by the program until a person joins or dismisses it."""

    SUGGESTED = "suggested"
    JOINED = "joined"
    DISMISSED = "dismissed"


class ComplaintLink(Keyed, Base):
    """What a report may belong to, and what a person said of it."""

    __tablename__ = "complaint_link"
    __table_args__ = (UniqueConstraint("complaint_id", "kind", "target_id"), Index(None, "target_id"))

    complaint_id: Mapped[str] = mapped_column(ForeignKey("complaint.id", ondelete="CASCADE"))
    kind: Mapped[LinkKind] = mapped_column(String(10))
    target_id: Mapped[str] = mapped_column(String(32))
    score: Mapped[float]
    """0 to 1."""
    reasons: Mapped[list[str]]
    """In Chinese; never about the reporter."""
    status: Mapped[LinkStatus] = mapped_column(String(10), default=LinkStatus.SUGGESTED)
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))


class PublicVisit(Base):
    """Something that a stranger did on the public pages, counted for the flood limit."""

    __tablename__ = "public_visit"
    __table_args__ = (Index(None, "key", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    key: Mapped[str] = mapped_column(String(64))
    """Keyed hash of the network address: it cannot be turned back without the identity key."""
    at: Mapped[datetime] = mapped_column(default=now)
