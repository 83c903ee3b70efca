"""The articles that findings cite, read-only."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query

from api.auth.deps import allowed
from api.auth.permissions import Permission
from api.auth.principal import Principal
from api.deps import ScannerDep
from api.errors import ApiError
from api.schemas.page import Page, PagingDep
from api.schemas.rules import ArticleShown

router = APIRouter(prefix="/v1/laws", tags=["法规"])
Reader = Annotated[Principal, Depends(allowed(Permission.LAW_READ))]


@router.get("", summary="条文列表")
def list_articles(
    user: Reader,
    scanner: ScannerDep,
    paging: PagingDep,
    on: Annotated[date | None, Query(description="只列该日有效的")] = None,
) -> Page[ArticleShown]:
    """In the order of the files."""
    articles = [a for a in scanner.laws.articles() if on is None or a.in_force(on)]
    return paging.cut([ArticleShown.of(article) for article in articles])


@router.get("/{article_id}", summary="一条条文")
def read_article(
    user: Reader, scanner: ScannerDep, article_id: Annotated[str, Path(max_length=100)]
) -> ArticleShown:
    """With its wording where that was verified."""
    if not scanner.laws.has(article_id):
        raise ApiError("E610", id=article_id, kind="条文")
    return ArticleShown.of(scanner.laws.article(article_id))
