"""The lexicon's rules: found, read, tried on a text; the acts that changed them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query
from sqlalchemy import select

from api.auth.deps import allowed
from api.auth.permissions import Permission
from api.auth.principal import Principal
from api.deps import ReadSessionDep, ScannerDep, ServicesDep
from api.errors import ApiError
from api.lexicon.browse import find
from api.lexicon.in_force import Entry
from api.lexicon.tryout import marked
from api.schemas.page import Page, PagingDep
from api.schemas.rule_drafts import LexiconVersionView, TryIn, TryReport
from api.schemas.rules import RuleFiltersDep, RuleShown
from api.store.rules import LexiconVersion, RuleDraft
from scanner import Scanner
from scanner.ad import Ad
from scanner.report.fragment import fragment

router = APIRouter(prefix="/v1", tags=["规则"])
Reader = Annotated[Principal, Depends(allowed(Permission.RULE_READ))]
Proposer = Annotated[Principal, Depends(allowed(Permission.RULE_PROPOSE))]
RuleName = Annotated[str, Path(max_length=100, description="规则编号", examples=["only-sex"])]


@router.get("/rules", summary="规则列表")
def list_rules(
    user: Reader, services: ServicesDep, paging: PagingDep, filters: RuleFiltersDep
) -> Page[RuleShown]:
    """In the order of the files; lawful wording comes last and has no category."""
    held = services.scanners.current()
    changes = held.scanner.lexicon.changes
    found = find(held.scanner.lexicon, held.scanner.laws, filters)
    return paging.cut([RuleShown.of(entry, changed=entry.id in changes) for entry in found])


@router.get("/rules/{rule_id}", summary="一条规则")
def read_rule(user: Reader, scanner: ScannerDep, rule_id: RuleName) -> RuleShown:
    """With its patterns and examples."""
    entry = entry_in(scanner, rule_id)
    return RuleShown.of(entry, changed=entry.id in scanner.lexicon.changes)


@router.post("/rules/{rule_id}/try", summary="用一段文字试一条规则")
def try_rule(user: Reader, scanner: ScannerDep, rule_id: RuleName, body: TryIn) -> TryReport:
    """What it alone marks, and what everything together finds. Keeps nothing."""
    return tried(scanner, entry_in(scanner, rule_id), body.text)


@router.get("/lexicon-versions", summary="词库变动记录")
def list_versions(
    user: Proposer,
    session: ReadSessionDep,
    paging: PagingDep,
    rule_id: Annotated[str | None, Query(max_length=100, description="只列这条规则的变动")] = None,
) -> Page[LexiconVersionView]:
    """Who put which change in force or withdrew it, when and why; newest first."""
    query = select(LexiconVersion).order_by(LexiconVersion.number.desc())
    if rule_id is not None:
        query = query.join(RuleDraft).where(RuleDraft.rule_id == rule_id)
    return paging.of(session, query, LexiconVersionView.of)


def entry_in(scanner: Scanner, rule_id: str) -> Entry:
    """The rule or veto. Raises ApiError E610."""
    entry = scanner.lexicon.entry(rule_id)
    if entry is None:
        raise ApiError("E610", id=rule_id, kind="规则")
    return entry


def tried(scanner: Scanner, entry: Entry, text: str) -> TryReport:
    """An entry of the scanner's lexicon, alone and with everything else, on a text."""
    ad = Ad(text)
    report = scanner.scan(ad)
    return TryReport.of(marked(scanner.matcher, entry, text), len(report.findings), fragment(ad, report))
