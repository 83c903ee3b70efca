"""Findings folded: the same words at fault in near-copies of one ad are one thing to judge."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from api.store.base import Base, Keyed, now


class Fold(Keyed, Base):
    """One finding over all near-copies of its ad: what a person judges once.

    `id` is the hash of what its findings share (`api.intake.folds`). Counts and priority are kept up by
    `recount`, so that the review queue sorts a narrow table and reads nothing else.
    """

    __tablename__ = "finding_fold"
    __table_args__ = (
        Index(
            "ix_finding_fold_queue",
            *("priority", "id", "unreviewed", "disposition", "category", "direction", "severity"),
        ),
    )
    """The queue in its order, with what most filters ask for: a page is found without reading the table."""

    group_id: Mapped[str] = mapped_column(String(32))
    """The near-duplicate group of its ads."""
    category: Mapped[str] = mapped_column(String(40))
    direction: Mapped[str] = mapped_column(String(10))
    disposition: Mapped[str] = mapped_column(String(12))
    severity: Mapped[str] = mapped_column(String(2))
    confidence: Mapped[float] = mapped_column(default=0.0)
    """The highest of its findings."""
    ads: Mapped[int] = mapped_column(default=0)
    """Its reach."""
    unreviewed: Mapped[int] = mapped_column(default=0)
    """Findings on which no person has spoken."""
    priority: Mapped[float] = mapped_column(default=0.0)
    """Severity × confidence × reach."""
    last_found: Mapped[datetime] = mapped_column(default=now)
