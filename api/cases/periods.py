"""Instants as the day, month or year in which they fall in China, on either database."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, func, literal_column
from sqlalchemy.orm import Session


class Period(StrEnum):
    """How long a period is."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


_SQLITE = {Period.DAY: "%Y-%m-%d", Period.MONTH: "%Y-%m", Period.YEAR: "%Y"}
_POSTGRES = {Period.DAY: "YYYY-MM-DD", Period.MONTH: "YYYY-MM", Period.YEAR: "YYYY"}


def period_of(session: Session, column: Any, period: Period) -> ColumnElement[str]:
    """2026-11-25, 2026-11 or 2026."""
    if session.get_bind().dialect.name == "postgresql":
        local = func.timezone(literal_column("'Asia/Shanghai'"), column)
        return func.to_char(local, literal_column(f"'{_POSTGRES[period]}'"))
    return func.strftime(literal_column(f"'{_SQLITE[period]}'"), column, literal_column("'+8 hours'"))
