"""Labels of cases: which case has one, and which are in use."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy import func as sql
from sqlalchemy.orm import Session

from api.store.cases import Case

SUGGESTED = 200
"""Labels offered for choice."""


def has_label(session: Session, label: str) -> ColumnElement[bool]:
    """Cases that bear exactly this label."""
    each = _elements(session)
    return exists(select(1).select_from(each).where(each.c.value == label))


def labels_in_use(session: Session) -> list[str]:
    """Each label once, the most used first."""
    each = _elements(session)
    used = select(each.c.value).select_from(Case).join(each, sql.length(each.c.value) > 0)
    ranked = used.group_by(each.c.value).order_by(sql.count().desc(), each.c.value)
    return list(session.scalars(ranked.limit(SUGGESTED)))


def _elements(session: Session) -> Any:
    """The labels of the case in the enclosing query, one a row."""
    on_postgres = session.get_bind().dialect.name == "postgresql"
    elements = sql.jsonb_array_elements_text if on_postgres else sql.json_each
    return elements(Case.labels).table_valued("value")
