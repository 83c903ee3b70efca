"""The audit log: append-only, each entry bound to the one before it by a hash."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from api.store.base import Base

_Exact = JSON(none_as_null=True)
"""JSON as it was written: JSONB would rewrite numbers, and the hash would no longer match."""


class AuditEntry(Base):
    """Who did what to which thing, when, from where, and how it looked before and after."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index(None, "object_type", "object_id"), Index(None, "actor_id"))

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """From 1, without gaps."""
    at: Mapped[datetime]
    actor_id: Mapped[str] = mapped_column(String(32), default="")
    actor_name: Mapped[str] = mapped_column(String(64), default="")
    address: Mapped[str] = mapped_column(String(64), default="")
    action: Mapped[str] = mapped_column(String(60))
    """verb of the thing: case.status, finding.review, export.findings, user.login …"""
    object_type: Mapped[str] = mapped_column(String(30))
    object_id: Mapped[str] = mapped_column(String(64))
    before: Mapped[dict[str, Any] | None] = mapped_column(_Exact)
    after: Mapped[dict[str, Any] | None] = mapped_column(_Exact)
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64), unique=True)


class AuditHead(Base):
    """The last entry's number and hash, kept apart: a log whose end was cut off does not match it."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=1)
    number: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))
