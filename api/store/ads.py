"""What was seen: employers, publishers, ads with their versions and captures, findings, reviews."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from api.store.accounts import User
from api.store.base import Base, Keyed, now
from api.store.folds import Fold


class Employer(Keyed, Base):
    """An employer. `merged_into_id` is set once a person said that it is another one under a second name."""

    __tablename__ = "employer"

    name: Mapped[str] = mapped_column(String(300))
    normalised: Mapped[str] = mapped_column(String(300), unique=True)
    merged_into_id: Mapped[str | None] = mapped_column(
        ForeignKey("employer.id", deferrable=True, initially="DEFERRED"), index=True
    )


class PublisherKind(StrEnum):
    """Who put the ad before the public."""

    PLATFORM = "platform"
    AGENCY = "agency"


class Publisher(Keyed, Base):
    """A job board or an agency that published ads."""

    __tablename__ = "publisher"

    name: Mapped[str] = mapped_column(String(300))
    normalised: Mapped[str] = mapped_column(String(300), unique=True)
    kind: Mapped[PublisherKind] = mapped_column(String(20), default=PublisherKind.PLATFORM)


class StoredAd(Keyed, Base):
    """An ad as a thing that lasts: the same URL (or board id, or text) of the same organisation.

    `group_id` is shared by near-duplicates: the id of the first of them.
    """

    __tablename__ = "ad"
    __table_args__ = (Index(None, "group_id"),)

    key: Mapped[str] = mapped_column(String(64), unique=True)
    """SHA-256 of what identifies the ad, its organisation among it."""
    organisation_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    employer_id: Mapped[str | None] = mapped_column(ForeignKey("employer.id"), index=True)
    publisher_id: Mapped[str | None] = mapped_column(ForeignKey("publisher.id"), index=True)
    url: Mapped[str] = mapped_column(Text, default="")
    region: Mapped[str] = mapped_column(String(40), default="", index=True)
    """The city (else the province) that its place of work names; empty where not known."""
    group_id: Mapped[str] = mapped_column(String(32))
    first_seen: Mapped[datetime] = mapped_column(default=now)
    last_seen: Mapped[datetime] = mapped_column(default=now)
    employer: Mapped[Employer | None] = relationship()
    publisher: Mapped[Publisher | None] = relationship()
    versions: Mapped[list[AdVersion]] = relationship(back_populates="ad", order_by="AdVersion.number")


class AdVersion(Keyed, Base):
    """What an ad said; a new one whenever title, text or fields differ from the last."""

    __tablename__ = "ad_version"
    __table_args__ = (UniqueConstraint("ad_id", "number"),)

    ad_id: Mapped[str] = mapped_column(ForeignKey("ad.id", ondelete="CASCADE"))
    number: Mapped[int]
    """From 1."""
    title: Mapped[str] = mapped_column(Text, default="")
    text: Mapped[str] = mapped_column(Text)
    fields: Mapped[dict[str, Any]] = mapped_column(JSON)
    """In the order of the columns, which JSONB would lose."""
    posted_on: Mapped[date | None]
    content_sha256: Mapped[str] = mapped_column(String(64))
    """Of title, text and fields as canonical JSON."""
    text_sha256: Mapped[str] = mapped_column(String(64))
    """As in the scanner's report: of the text alone."""
    signature: Mapped[str] = mapped_column(Text, default="")
    """MinHash of the text, for near-duplicates."""
    ad: Mapped[StoredAd] = relationship(back_populates="versions")
    findings: Mapped[list[StoredFinding]] = relationship(back_populates="version")


class Capture(Base):
    """One sighting of an ad version: which row of which file, when."""

    __tablename__ = "capture"
    __table_args__ = (UniqueConstraint("batch_id", "row"), Index(None, "ad_id"), Index(None, "version_id"))

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    ad_id: Mapped[str] = mapped_column(ForeignKey("ad.id", ondelete="CASCADE"))
    version_id: Mapped[str] = mapped_column(ForeignKey("ad_version.id", ondelete="CASCADE"))
    batch_id: Mapped[str | None] = mapped_column(ForeignKey("batch.id"))
    row: Mapped[int | None]
    """Counts from 1 over all rows of the batch, good and bad; `source_row` is the number in its own file."""
    source_file: Mapped[str] = mapped_column(String(500), default="")
    source_row: Mapped[int | None]
    source_sha256: Mapped[str] = mapped_column(String(64), default="")
    """SHA-256 of the original bytes of the file or request."""
    external_id: Mapped[str] = mapped_column(Text, default="")
    """The ad's number there; with employer and publisher as they were written."""
    employer_name: Mapped[str] = mapped_column(Text, default="")
    publisher_name: Mapped[str] = mapped_column(Text, default="")
    captured_at: Mapped[datetime] = mapped_column(default=now)


class StoredFinding(Keyed, Base):
    """One finding in one ad version, as the scanner gave it, with what it was made with."""

    __tablename__ = "finding"
    __table_args__ = (
        UniqueConstraint("version_id", "finding_key"),
        Index(None, "disposition", "severity"),
        Index(None, "ad_id", "fold_id"),
        Index(None, "fold_id", "created_at"),
        Index(
            "ix_finding_counted",
            "created_at",
            "id",
            "ad_id",
            "disposition",
            "category",
            "direction",
            "severity",
        ),
    )
    # statistics read `ix_finding_counted` alone, never the wide rows

    version_id: Mapped[str] = mapped_column(ForeignKey("ad_version.id", ondelete="CASCADE"))
    ad_id: Mapped[str] = mapped_column(ForeignKey("ad.id", ondelete="CASCADE"))
    fold_id: Mapped[str] = mapped_column(ForeignKey("finding_fold.id"))
    finding_key: Mapped[str] = mapped_column(String(200))
    """The scanner's own id of the finding, e.g. text:4-7:gender_restriction."""
    ordinal: Mapped[int]
    """Its place in the scanner's report, from 1."""
    category: Mapped[str] = mapped_column(String(40))
    subtype: Mapped[str] = mapped_column(String(60))
    direction: Mapped[str] = mapped_column(String(10))
    disposition: Mapped[str] = mapped_column(String(12))
    severity: Mapped[str] = mapped_column(String(2))
    confidence: Mapped[float]
    payload: Mapped[dict[str, Any]]
    """The whole finding in the scanner's JSON contract."""
    versions: Mapped[dict[str, Any]]
    """Scanner, lexicon, law and model version."""
    version: Mapped[AdVersion] = relationship(back_populates="findings")
    fold: Mapped[Fold] = relationship()
    reviews: Mapped[list[Review]] = relationship(back_populates="finding", order_by="Review.created_at")


class FindingRule(Base):
    """A rule that made a finding; those of the model alone have none."""

    __tablename__ = "finding_rule"

    rule_id: Mapped[str] = mapped_column(String(100), primary_key=True)
    finding_id: Mapped[str] = mapped_column(
        ForeignKey("finding.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class NearBand(Base):
    """A bucket of the search for near-duplicates, and the group that was first in it."""

    __tablename__ = "near_band"

    bucket: Mapped[str] = mapped_column(String(32), primary_key=True)
    group_id: Mapped[str] = mapped_column(ForeignKey("ad.id", ondelete="CASCADE"), index=True)


class Decision(StrEnum):
    """What a person says of a finding."""

    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"
    EXCEPTION = "exception"


class Review(Keyed, Base):
    """A person's decision on a finding. A machine label never counts as one; the latest of a reviewer holds."""

    __tablename__ = "review"
    __table_args__ = (Index(None, "finding_id", "reviewer_id"), Index(None, "fold_id", "reviewer_id"))

    finding_id: Mapped[str] = mapped_column(ForeignKey("finding.id", ondelete="CASCADE"))
    fold_id: Mapped[str] = mapped_column(ForeignKey("finding_fold.id"))
    """That of the finding, which never changes."""
    reviewer_id: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    act_id: Mapped[str] = mapped_column(String(32), index=True)
    """Shared by what was decided at one stroke, and is undone at one."""
    decision: Mapped[Decision] = mapped_column(String(12))
    reason: Mapped[str] = mapped_column(Text, default="")
    finding: Mapped[StoredFinding] = relationship(back_populates="reviews")
    reviewer: Mapped[User] = relationship()
