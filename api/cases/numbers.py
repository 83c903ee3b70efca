"""Numbers for people, of cases (2026-000017) and of what is reported (T2026-000017)."""

from __future__ import annotations

from datetime import timedelta, timezone

from sqlalchemy import func, select, text
from sqlalchemy.orm import InstrumentedAttribute, Session

from api.store.base import now
from api.store.cases import Case

CHINA = timezone(timedelta(hours=8))
"""Where the years and days of cases begin and end."""
_LOCK = 0x63_61_73_65
"""Key of the PostgreSQL advisory lock under which numbers are given out."""


def next_number(session: Session, column: InstrumentedAttribute[str] = Case.number, letter: str = "") -> str:
    """The next free number of this year in `column`; no other transaction gets one until this one ends."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    year = f"{letter}{now().astimezone(CHINA).year}"
    last = session.scalar(select(func.max(column)).where(column.like(f"{year}-%")))
    return f"{year}-{int(last.split('-')[1]) + 1 if last else 1:06d}"
