"""The lexicon's rules, read-only."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query

from api.auth.deps import allowed
from api.auth.permissions import Permission
from api.auth.principal import Principal
from api.deps import ScannerDep
from api.errors import ApiError
from api.schemas.page import Page, PagingDep
from api.schemas.rules import RuleShown
from scanner.findings import Category
from scanner.lexicon.schema import Rule, Veto

router = APIRouter(prefix="/v1/rules", tags=["规则"])
Reader = Annotated[Principal, Depends(allowed(Permission.RULE_READ))]


@router.get("", summary="规则列表")
def list_rules(
    user: Reader,
    scanner: ScannerDep,
    paging: PagingDep,
    category: Annotated[Category | None, Query(description="只列这一类别")] = None,
) -> Page[RuleShown]:
    """In the order of the files; lawful wording comes last and has no category."""
    lexicon = scanner.lexicon
    entries: list[Rule | Veto] = [*lexicon.rules.values(), *lexicon.vetoes.values()]
    if category is not None:
        entries = [entry for entry in entries if isinstance(entry, Rule) and entry.category is category]
    return paging.cut([RuleShown.of(entry) for entry in entries])


@router.get("/{rule_id}", summary="一条规则")
def read_rule(user: Reader, scanner: ScannerDep, rule_id: Annotated[str, Path(max_length=100)]) -> RuleShown:
    """With its patterns and examples."""
    entry = scanner.lexicon.rules.get(rule_id) or scanner.lexicon.vetoes.get(rule_id)
    if entry is None:
        raise ApiError("E610", id=rule_id, kind="规则")
    return RuleShown.of(entry)
