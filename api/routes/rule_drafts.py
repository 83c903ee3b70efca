"""Proposals to change the lexicon: tested by the one who proposes, put in force by a supervisor."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.audit.record import record
from api.auth.deps import allowed
from api.auth.permissions import Permission
from api.auth.principal import Principal
from api.auth.scope import fetch
from api.deps import ServicesDep, SessionDep
from api.lexicon import drafts as steps
from api.lexicon.activation import activate, lexicon_with, refuse_failing, withdraw, without
from api.lexicon.in_force import content_of
from api.lexicon.results import test_of
from api.lexicon.trial import compare, failing_examples
from api.routes.rules import tried
from api.schemas.ids import ObjectId
from api.schemas.page import Page, PagingDep
from api.schemas.rule_drafts import (
    DecisionIn,
    DraftIn,
    DraftSummary,
    DraftView,
    LexiconVersionView,
    RuleId,
    TryIn,
    TryReport,
)
from api.state import Services
from api.store.rules import DraftStatus, RuleDraft
from scanner.lexicon.matcher import Matcher

router = APIRouter(prefix="/v1/rule-drafts", tags=["规则草稿"])
Proposer = Annotated[Principal, Depends(allowed(Permission.RULE_PROPOSE))]
Activator = Annotated[Principal, Depends(allowed(Permission.RULE_ACTIVATE))]


@router.get("", summary="规则草稿列表")
def list_drafts(
    user: Proposer,
    session: SessionDep,
    paging: PagingDep,
    status: Annotated[DraftStatus | None, Query(description="只列这一状态")] = None,
    rule_id: Annotated[RuleId | None, Query(description="只列这条规则的草稿")] = None,
) -> Page[DraftSummary]:
    """Newest first."""
    query = select(RuleDraft).order_by(RuleDraft.created_at.desc(), RuleDraft.id)
    asked = {"status": status, "rule_id": rule_id}
    wanted = {name: value for name, value in asked.items() if value is not None}
    page = paging.of(session, query.filter_by(**wanted), DraftSummary.of)
    record(session, user, "rule_draft.list", "rule_draft", "", after={"page": paging.page, **wanted})
    return page


@router.post("", status_code=201, summary="提出规则草稿")
def create_draft(body: DraftIn, user: Proposer, services: ServicesDep, session: SessionDep) -> DraftView:
    """Checked like a rule file; changes nothing until it is put in force."""
    entry = body.entry()
    steps.candidate(session, services.scanners.shipped.lexicon, entry)
    draft = steps.propose(session, user, entry, body.reason)
    return shown(session, services, draft)


@router.get("/{draft_id}", summary="查看规则草稿")
def read_draft(draft_id: ObjectId, user: Proposer, services: ServicesDep, session: SessionDep) -> DraftView:
    """Its content, what is in force instead, and its last test."""
    draft = _fetch(session, draft_id, user)
    view = shown(session, services, draft)
    record(session, user, "rule_draft.read", "rule_draft", draft.id)
    return view


@router.put("/{draft_id}", summary="修改规则草稿")
def change_draft(
    draft_id: ObjectId, body: DraftIn, user: Proposer, services: ServicesDep, session: SessionDep
) -> DraftView:
    """By the one who proposed it, or a supervisor; it is to be tested anew."""
    draft, entry = _fetch(session, draft_id, user), body.entry()
    steps.candidate(session, services.scanners.shipped.lexicon, entry)
    steps.change(session, user, draft, entry, body.reason)
    return shown(session, services, draft)


@router.post("/{draft_id}/try", summary="用一段文字试规则草稿")
def try_draft(draft_id: ObjectId, body: TryIn, user: Proposer, services: ServicesDep) -> TryReport:
    """As if it were in force. Keeps nothing."""
    with services.store.reading() as session:
        entry = steps.proposed(_fetch(session, draft_id, user))
        lexicon = steps.candidate(session, services.scanners.shipped.lexicon, entry)
    return tried(services.scanners.shipped.with_lexicon(lexicon), entry, body.text)


@router.post("/{draft_id}/test", summary="检验规则草稿")
def test_draft(draft_id: ObjectId, user: Proposer, services: ServicesDep) -> DraftView:
    """On its own examples, on those of all rules, and on a sample of the stored ads."""
    with services.store.reading() as session:
        draft = _fetch(session, draft_id, user)
        lexicon = steps.candidate(session, services.scanners.shipped.lexicon, steps.proposed(draft))
        old, new = services.scanners.renewed().scanner, services.scanners.shipped.with_lexicon(lexicon)
        failing = failing_examples(lexicon, new.matcher)
        compared = compare(session, old, new, services.settings.rule_test_ads)
    versions = old.versions.lexicon, lexicon.version
    with services.store.session() as session:
        kept = _fetch(session, draft_id, user)
        steps.keep_test(session, user, kept, draft.content, versions, failing, compared)
        return shown(session, services, kept)


@router.post("/{draft_id}/decline", summary="不采纳规则草稿")
def decline_draft(
    draft_id: ObjectId, body: DecisionIn, user: Proposer, services: ServicesDep, session: SessionDep
) -> DraftView:
    """By the one who proposed it, or a supervisor."""
    draft = _fetch(session, draft_id, user)
    steps.decline(session, user, draft, body.reason)
    return shown(session, services, draft)


@router.post("/{draft_id}/activate", summary="启用规则草稿")
def activate_draft(
    draft_id: ObjectId, body: DecisionIn, user: Activator, services: ServicesDep
) -> LexiconVersionView:
    """Every scan that begins from now on uses it."""
    with services.store.session() as session:
        draft = _fetch(session, draft_id, user)
        version = activate(session, user, draft, services.scanners.shipped.lexicon, body.reason)
        view = LexiconVersionView.of(version)
    services.scanners.renewed()
    return view


@router.post("/{draft_id}/withdraw", summary="撤回已启用的规则草稿")
def withdraw_draft(
    draft_id: ObjectId, body: DecisionIn, user: Activator, services: ServicesDep
) -> LexiconVersionView:
    """The rule is again what it was before."""
    shipped = services.scanners.shipped.lexicon
    with services.store.reading() as session:
        draft = _fetch(session, draft_id, user)
        number, staying = without(session, draft)
        lexicon = lexicon_with(shipped, staying.values())
    if draft.status == DraftStatus.ACTIVE:
        refuse_failing(failing_examples(lexicon, Matcher(lexicon)))
    with services.store.session() as session:
        draft = _fetch(session, draft_id, user)
        view = LexiconVersionView.of(withdraw(session, user, draft, shipped, body.reason, number))
    services.scanners.renewed()
    return view


def shown(session: Session, services: Services, draft: RuleDraft) -> DraftView:
    """The draft beside what is in force."""
    lexicon = services.scanner.lexicon
    entry = lexicon.entry(draft.rule_id)
    test = test_of(session, draft, lexicon.version)
    return DraftView.made(draft, content_of(entry) if entry else None, test)


def _fetch(session: Session, draft_id: str, user: Principal) -> RuleDraft:
    return fetch(session, RuleDraft, draft_id, user, kind="规则草稿")
