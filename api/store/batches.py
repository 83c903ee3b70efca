"""Uploads on their way: batches and what became of each of their rows that failed."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from api.store.base import Base, Keyed


class BatchStatus(StrEnum):
    """Where a batch stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Batch(Keyed, Base):
    """One uploaded file and how far its scan is. `rows_done` rows are committed, in order, good and bad."""

    __tablename__ = "batch"

    organisation_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    created_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    file_name: Mapped[str] = mapped_column(String(300))
    file_sha256: Mapped[str] = mapped_column(String(64))
    file_bytes: Mapped[int] = mapped_column(BigInteger)
    options: Mapped[dict[str, Any]]
    """How to read and scan it: `map` (role → column), `encoding`, `deep`, `publisher`."""
    status: Mapped[BatchStatus] = mapped_column(String(12), default=BatchStatus.QUEUED, index=True)
    cancel_requested: Mapped[bool] = mapped_column(default=False)
    attempts: Mapped[int] = mapped_column(default=0)
    rows_total: Mapped[int | None]
    """None until the rows were counted, which comes before the scan."""
    rows_done: Mapped[int] = mapped_column(default=0)
    rows_failed: Mapped[int] = mapped_column(default=0)
    ads_flagged: Mapped[int] = mapped_column(default=0)
    findings: Mapped[int] = mapped_column(default=0)
    error_code: Mapped[str] = mapped_column(String(8), default="")
    error_message: Mapped[str] = mapped_column(Text, default="")
    notes: Mapped[list[str]]
    """What the reader says of the file: encoding, columns mapped."""
    rows_before: Mapped[int] = mapped_column(default=0)
    """`rows_done` when the present attempt began at `started_at`; gives the rate."""
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]


class BatchError(Base):
    """A row that could not be scanned: costs itself only."""

    __tablename__ = "batch_error"
    __table_args__ = (UniqueConstraint("batch_id", "row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    batch_id: Mapped[str] = mapped_column(ForeignKey("batch.id", ondelete="CASCADE"))
    row: Mapped[int]
    source_row: Mapped[int | None]
    source_file: Mapped[str] = mapped_column(Text, default="")
    external_id: Mapped[str] = mapped_column(Text, default="")
    """The ad's number there."""
    code: Mapped[str] = mapped_column(String(8))
    message: Mapped[str] = mapped_column(Text)
