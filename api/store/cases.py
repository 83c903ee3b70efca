"""Cases: opened from findings, followed to their correction."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from api.store.accounts import User
from api.store.ads import Employer, StoredFinding
from api.store.base import Base, Keyed


class CaseStatus(StrEnum):
    """Where a case stands; `api.cases.status` says what may follow what."""

    TO_VERIFY = "to_verify"
    UNFOUNDED = "unfounded"
    EXCEPTION = "exception"
    VERIFIED = "verified"
    INTERVIEW = "interview"
    RECTIFICATION_ORDER = "rectification_order"
    TRANSFERRED = "transferred"
    RECTIFIED = "rectified"
    REFUSED = "refused"
    CLOSED = "closed"


CASE_STATUS_NAMES: dict[CaseStatus, str] = {
    CaseStatus.TO_VERIFY: "待核查",
    CaseStatus.UNFOUNDED: "不成立",
    CaseStatus.EXCEPTION: "属例外",
    CaseStatus.VERIFIED: "已核实",
    CaseStatus.INTERVIEW: "约谈",
    CaseStatus.RECTIFICATION_ORDER: "责令改正",
    CaseStatus.TRANSFERRED: "移送",
    CaseStatus.RECTIFIED: "已整改",
    CaseStatus.REFUSED: "拒不改正",
    CaseStatus.CLOSED: "结案",
}


class Case(Keyed, Base):
    """One matter against one employer (or one ad whose employer is unknown)."""

    __tablename__ = "case_file"

    number: Mapped[str] = mapped_column(String(20), unique=True)
    """For people: 2026-000017."""
    title: Mapped[str] = mapped_column(String(300))
    status: Mapped[CaseStatus] = mapped_column(String(20), default=CaseStatus.TO_VERIFY, index=True)
    employer_id: Mapped[str | None] = mapped_column(ForeignKey("employer.id"), index=True)
    group_id: Mapped[str] = mapped_column(String(32), index=True)
    """The near-duplicate group of its ads: many copies, one case."""
    assignee_id: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    opened_by: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    """None where an opening rule did."""
    opening_rule_id: Mapped[str | None] = mapped_column(ForeignKey("opening_rule.id"))
    deadline: Mapped[date | None]
    closed_at: Mapped[datetime | None]
    labels: Mapped[list[str]]
    employer: Mapped[Employer | None] = relationship()
    assignee: Mapped[User | None] = relationship(foreign_keys=[assignee_id])
    findings: Mapped[list[StoredFinding]] = relationship(secondary="case_finding")
    events: Mapped[list[CaseEvent]] = relationship(back_populates="case", order_by="CaseEvent.created_at")


class CaseFinding(Base):
    """Which findings a case is about."""

    __tablename__ = "case_finding"

    case_id: Mapped[str] = mapped_column(ForeignKey("case_file.id", ondelete="CASCADE"), primary_key=True)
    finding_id: Mapped[str] = mapped_column(ForeignKey("finding.id"), primary_key=True)


class CaseEvent(Keyed, Base):
    """One step of a case.

    `kind`: opened, findings, status, note, assigned, handover, deadline, labels, attachment, recheck, evidence.
    """

    __tablename__ = "case_event"
    __table_args__ = (Index(None, "case_id", "created_at"),)

    case_id: Mapped[str] = mapped_column(ForeignKey("case_file.id", ondelete="CASCADE"))
    user_id: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    kind: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text, default="")
    details: Mapped[dict[str, Any]]
    case: Mapped[Case] = relationship(back_populates="events")
    user: Mapped[User | None] = relationship()


class Attachment(Keyed, Base):
    """A file a person added to a case; its bytes lie in the data folder under its SHA-256."""

    __tablename__ = "attachment"

    case_id: Mapped[str] = mapped_column(ForeignKey("case_file.id", ondelete="CASCADE"), index=True)
    added_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    file_name: Mapped[str] = mapped_column(String(300))
    media_type: Mapped[str] = mapped_column(String(100))
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int] = mapped_column(BigInteger)
    user: Mapped[User] = relationship()


class OpeningRule(Keyed, Base):
    """A person's standing order: open a case for findings like these."""

    __tablename__ = "opening_rule"

    name: Mapped[str] = mapped_column(String(100))
    created_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    active: Mapped[bool] = mapped_column(default=True)
    categories: Mapped[list[str]]
    """Empty means any."""
    dispositions: Mapped[list[str]]
    severities: Mapped[list[str]]
    min_ads: Mapped[int] = mapped_column(default=1)
    """How many ads of one employer must match before a case is opened."""
