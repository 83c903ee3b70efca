"""Lists that come in pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Any, Generic, TypeVar

from fastapi import Depends, Query
from pydantic import BaseModel
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

MAX_SIZE = 200
T = TypeVar("T")
S = TypeVar("S")


class Page(BaseModel, Generic[T]):
    """One page of a list; `total` counts all of it, `page` starts at 1."""

    items: list[T]
    total: int
    page: int
    size: int


class Paging(BaseModel):
    """Which page was asked for."""

    page: int
    size: int

    def of(self, session: Session, query: Select[S], shown: Callable[[S], T]) -> Page[T]:
        """The page of `query` (which must be ordered), each row as `shown` makes it."""
        total = session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
        rows = session.scalars(query.limit(self.size).offset((self.page - 1) * self.size)).unique()
        return Page[Any](items=[shown(row) for row in rows], total=total, page=self.page, size=self.size)

    def cut(self, rows: Sequence[T]) -> Page[T]:
        """The page of a list that is held whole."""
        start = (self.page - 1) * self.size
        items = list(rows[start : start + self.size])
        return Page[Any](items=items, total=len(rows), page=self.page, size=self.size)


def paging(
    page: Annotated[int, Query(ge=1, le=1_000_000, description="页码，从 1 开始")] = 1,
    size: Annotated[int, Query(ge=1, le=MAX_SIZE, description="每页条数")] = 50,
) -> Paging:
    """The query parameters `page` and `size`."""
    return Paging(page=page, size=size)


PagingDep = Annotated[Paging, Depends(paging)]
