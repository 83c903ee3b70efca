"""词库: rules found and tried, changes proposed, tested and put in force, the record of all that."""

from __future__ import annotations

from typing import Annotated, Any

import yaml
from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse

from api.auth.deps import allowed
from api.auth.permissions import Permission
from api.auth.principal import Principal
from api.deps import ReadSessionDep, ServicesDep, SessionDep
from api.errors import ApiError
from api.lexicon.activation import sentence
from api.lexicon.browse import EFFECT_NAMES
from api.lexicon.in_force import Entry, kind_of
from api.lexicon.tryout import marked_example
from api.routes.rule_drafts import list_drafts, read_draft
from api.routes.rules import RuleName, entry_in, list_rules, list_versions
from api.schemas.ids import ObjectId
from api.schemas.page import MAX_SIZE, Paging, PagingDep
from api.schemas.rule_drafts import RuleId
from api.schemas.rules import RuleFiltersDep
from api.state import Services
from api.store.rules import DRAFT_STATUS_NAMES, DraftKind, DraftStatus
from api.workbench import rule_rows
from api.workbench.blanks import PageRoute
from api.workbench.pages import page
from scanner.lexicon.lexicon import example_spans
from scanner.lexicon.schema import Rule
from scanner.report.wording import SUBTYPE_NAMES

router = APIRouter(include_in_schema=False, route_class=PageRoute)
Reader = Annotated[Principal, Depends(allowed(Permission.RULE_READ))]
Proposer = Annotated[Principal, Depends(allowed(Permission.RULE_PROPOSE))]
ALL = Paging(page=1, size=MAX_SIZE)
TERMS_SHOWN = 8
"""Wordings of a term set that the help shows."""


@router.get("/lexicon", summary="词库页面")
def show_lexicon(
    request: Request, user: Reader, services: ServicesDep, filters: RuleFiltersDep
) -> HTMLResponse:
    """Every rule that fits the filters."""
    held = services.scanners.current()
    told: dict[str, Any] = {
        "rules": list_rules(user, services, ALL, filters),
        "filters": filters,
        "effects": EFFECT_NAMES,
        "left_out": held.left_out,
        "version": held.scanner.versions.lexicon,
        "known": len(held.scanner.lexicon.rules) + len(held.scanner.lexicon.vetoes),
        "example": _example,
    }
    return page(request, "lexicon.html", user, title="词库", **told)


@router.get("/lexicon/versions", summary="词库变动记录页面")
def show_versions(
    request: Request, user: Proposer, session: ReadSessionDep, paging: PagingDep
) -> HTMLResponse:
    """Who changed what, when and why."""
    versions = list_versions(user, session, paging)
    return page(request, "lexicon_versions.html", user, title="词库变动记录", versions=versions)


@router.get("/lexicon/drafts", summary="规则草稿页面")
def show_drafts(
    request: Request,
    user: Proposer,
    session: SessionDep,
    paging: PagingDep,
    status: DraftStatus | None = None,
) -> HTMLResponse:
    """Newest first."""
    drafts = list_drafts(user, session, paging, status)
    told: dict[str, Any] = {"drafts": drafts, "statuses": DRAFT_STATUS_NAMES, "chosen": status}
    return page(request, "lexicon_drafts.html", user, title="规则草稿", **told)


@router.get("/lexicon/drafts/new", summary="提出规则草稿页面")
def show_new_draft(
    request: Request,
    user: Proposer,
    services: ServicesDep,
    rule: Annotated[RuleId | None, Query()] = None,
    kind: DraftKind = DraftKind.RULE,
) -> HTMLResponse:
    """Empty, or with the rule that is to be changed."""
    given: dict[str, Any] = {}
    if rule is not None:
        entry = entry_in(services.scanner, rule)
        given, kind = _content(entry), kind_of(entry)
    title = f"修改规则 {rule}" if rule else ("提出合法用语" if kind is DraftKind.VETO else "提出新规则")
    told = _form(services, given, kind) | {"draft": None, "known": rule is not None, "reason": ""}
    return page(request, "lexicon_form.html", user, title=title, **told)


@router.get("/lexicon/drafts/{draft_id}", summary="规则草稿详情页面")
def show_draft(
    request: Request, draft_id: ObjectId, user: Proposer, services: ServicesDep, session: SessionDep
) -> HTMLResponse:
    """Content beside what is in force, the last test, and what can be done."""
    draft = read_draft(draft_id, user, services, session)
    compared = None if draft.status == DraftStatus.ACTIVE else draft.in_force
    told: dict[str, Any] = {
        "draft": draft,
        "rows": rule_rows.rows(draft.content, services.scanner.laws, compared),
        "compared": compared is not None,
        "lists": rule_rows.LISTS,
        "example": _example,
        "sentence": sentence,
        "file_text": _as_file(draft.content, draft.kind),
        "own": draft.proposer_id == user.user_id or user.may(Permission.RULE_ACTIVATE),
        "sampled": services.settings.rule_test_ads,
    }
    return page(request, "lexicon_draft.html", user, title=f"草稿：{draft.rule_id}", **told)


@router.get("/lexicon/drafts/{draft_id}/edit", summary="修改规则草稿页面")
def show_draft_form(
    request: Request, draft_id: ObjectId, user: Proposer, services: ServicesDep, session: SessionDep
) -> HTMLResponse:
    """The form, filled in. Raises ApiError E680 where the draft is closed."""
    draft = read_draft(draft_id, user, services, session)
    if draft.status != DraftStatus.PROPOSED:
        raise ApiError("E680", status=draft.status_name, action="修改")
    told = _form(services, draft.content, draft.kind)
    told |= {"draft": draft, "known": draft.in_force is not None, "reason": draft.reason}
    return page(request, "lexicon_form.html", user, title=f"修改草稿：{draft.rule_id}", **told)


@router.get("/lexicon/{rule_id}", summary="规则页面")
def show_rule(
    request: Request, rule_id: RuleName, user: Reader, services: ServicesDep, session: ReadSessionDep
) -> HTMLResponse:
    """What it says, why, and its changes; a text to try it on."""
    scanner = services.scanner
    entry = entry_in(scanner, rule_id)
    content = _content(entry)
    told: dict[str, Any] = {
        "entry": entry,
        "kind": kind_of(entry),
        "rows": rule_rows.rows(content, scanner.laws),
        "lists": rule_rows.LISTS,
        "example": _example,
        "articles": [scanner.laws.article(ref) for ref in sorted(entry.law_refs())]
        if isinstance(entry, Rule)
        else [],
        "versions": list_versions(user, session, ALL, rule_id).items
        if user.may(Permission.RULE_PROPOSE)
        else [],
        "version": scanner.versions.lexicon,
        "changed": rule_id in scanner.lexicon.changes,
        "file_text": _as_file(content, kind_of(entry)),
    }
    return page(request, "lexicon_rule.html", user, title=f"规则 {rule_id}", **told)


def _form(services: Services, given: dict[str, Any], kind: DraftKind) -> dict[str, Any]:
    """What the form offers to choose from."""
    scanner = services.scanner
    return {
        "given": given,
        "kind": kind,
        "names": rule_rows,
        "subtypes": SUBTYPE_NAMES,
        "terms_shown": TERMS_SHOWN,
        "sets": {name: one.terms[:TERMS_SHOWN] for name, one in scanner.lexicon.sets.items()},
        "articles": scanner.laws.articles(),
    }


def _content(entry: Entry) -> dict[str, Any]:
    return entry.model_dump(mode="json", by_alias=True)


def _example(text: str) -> Any:
    """An example in stretches, the words to report marked."""
    return marked_example(*example_spans(text))


def _as_file(content: dict[str, Any], kind: DraftKind) -> str:
    """The entry as it would stand in a rule file."""
    told = {name: value for name, value in content.items() if value not in ("", None)}
    listed = {"vetoes" if kind == DraftKind.VETO else "rules": [told]}
    return yaml.safe_dump(listed, allow_unicode=True, sort_keys=False, width=110)
