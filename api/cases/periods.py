"""Instants as the day, week, month or year in which they fall in China, on either database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, func, literal_column
from sqlalchemy.orm import Session

from api.cases.numbers import CHINA


class Period(StrEnum):
    """How long a period is; a week begins on Monday."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


_SQLITE = {Period.DAY: "%Y-%m-%d", Period.WEEK: "%Y-%m-%d", Period.MONTH: "%Y-%m", Period.YEAR: "%Y"}
_POSTGRES = {
    Period.DAY: "YYYY-MM-DD",
    Period.WEEK: "YYYY-MM-DD",
    Period.MONTH: "YYYY-MM",
    Period.YEAR: "YYYY",
}
_MONDAY = ("'weekday 0'", "'-6 days'")
"""SQLite: on to the Sunday that ends the week, then back."""
_WEEK = timedelta(days=7)


def period_of(session: Session, column: Any, period: Period) -> ColumnElement[str]:
    """2026-11-25, 2026-11-23 (the Monday of its week), 2026-11 or 2026."""
    if session.get_bind().dialect.name == "postgresql":
        local = func.timezone(literal_column("'Asia/Shanghai'"), column)
        if period is Period.WEEK:
            local = func.date_trunc(literal_column("'week'"), local)
        return func.to_char(local, literal_column(f"'{_POSTGRES[period]}'"))
    steps = ("'+8 hours'", *(_MONDAY if period is Period.WEEK else ()))
    return func.strftime(literal_column(f"'{_SQLITE[period]}'"), column, *map(literal_column, steps))


def moment(value: datetime | None) -> str:
    """2026-11-25 14:03, the time in China; empty for None."""
    return f"{value.astimezone(CHINA):%Y-%m-%d %H:%M}" if value is not None else ""


def period_name(key: str, period: Period) -> str:
    """2026-11-23 至 11-29 for a week; others are called as they are written."""
    if period is not Period.WEEK:
        return key
    return f"{key} 至 {date.fromisoformat(key) + timedelta(days=6):%m-%d}"


def without_gaps(first: str, last: str, period: Period) -> Iterator[str]:
    """The keys of all periods from `first` to `last`, both among them."""
    at, end = _start(first), _start(last)
    while at <= end:
        yield at.isoformat()[: len(first)]
        at = _next(at, period)


def midnight(day: date) -> datetime:
    """The instant at which the day begins in China."""
    return datetime.combine(day, time(), CHINA)


def _start(key: str) -> date:
    return date.fromisoformat(f"{key}-01-01"[:10])


def _next(at: date, period: Period) -> date:
    if period is Period.YEAR:
        return at.replace(year=at.year + 1)
    if period is Period.MONTH:
        return (at.replace(day=1) + timedelta(days=32)).replace(day=1)
    return at + (_WEEK if period is Period.WEEK else timedelta(days=1))
