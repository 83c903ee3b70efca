"""Standing orders: for which new findings a case is opened without being asked."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from sqlalchemy import select

from api.audit.record import record
from api.auth.deps import allowed
from api.auth.permissions import Permission
from api.auth.principal import Principal
from api.auth.scope import fetch
from api.deps import SessionDep
from api.schemas.ids import ObjectId
from api.schemas.opening_rules import OpeningRuleIn, OpeningRuleView
from api.schemas.page import Page, PagingDep
from api.store.cases import OpeningRule

router = APIRouter(prefix="/v1", tags=["立案规则"])
Manager = Annotated[Principal, Depends(allowed(Permission.OPENING_RULE_MANAGE))]


@router.get("/opening-rules", summary="立案规则列表")
def list_rules(user: Manager, session: SessionDep, paging: PagingDep) -> Page[OpeningRuleView]:
    """Oldest first."""
    wanted = select(OpeningRule).order_by(OpeningRule.created_at, OpeningRule.id)
    page = paging.of(session, wanted, OpeningRuleView.of)
    record(session, user, "opening_rule.list", "opening_rule", "", after={"page": paging.page})
    return page


@router.post("/opening-rules", status_code=201, summary="新增立案规则")
def create_rule(body: OpeningRuleIn, user: Manager, session: SessionDep) -> OpeningRuleView:
    """Holds for findings that come in from now on."""
    rule = OpeningRule(created_by=user.user_id, **body.model_dump(mode="json"))
    session.add(rule)
    session.flush()
    record(session, user, "opening_rule.create", "opening_rule", rule.id, after=body.model_dump(mode="json"))
    return OpeningRuleView.of(rule)


@router.get("/opening-rules/{rule_id}", summary="查看立案规则")
def read_rule(rule_id: ObjectId, user: Manager, session: SessionDep) -> OpeningRuleView:
    """One rule."""
    rule = fetch(session, OpeningRule, rule_id, user, kind="立案规则")
    record(session, user, "opening_rule.read", "opening_rule", rule.id)
    return OpeningRuleView.of(rule)


@router.put("/opening-rules/{rule_id}", summary="修改、停用立案规则")
def change_rule(
    rule_id: ObjectId, body: OpeningRuleIn, user: Manager, session: SessionDep
) -> OpeningRuleView:
    """Replaces the rule. Rules are switched off, never deleted: cases name the one that opened them."""
    rule = fetch(session, OpeningRule, rule_id, user, kind="立案规则")
    after = body.model_dump(mode="json")
    before = {name: getattr(rule, name) for name in after}
    for name, value in after.items():
        setattr(rule, name, value)
    record(session, user, "opening_rule.change", "opening_rule", rule.id, before=before, after=after)
    return OpeningRuleView.of(rule)
