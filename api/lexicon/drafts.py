"""Drafts before they are decided on: proposed, changed, tested, declined. Every step is audited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from pydantic import ValidationError
from sqlalchemy.orm import Session

from api.audit.record import record
from api.auth.permissions import Permission
from api.auth.principal import Principal
from api.errors import ApiError
from api.lexicon.in_force import Entry, content_of, drafts_of, entry_of, kind_of, newest_number
from api.lexicon.scanners import fitting
from api.lexicon.trial import Comparison
from api.store.base import now
from api.store.rules import DRAFT_STATUS_NAMES, DraftStatus, RuleDraft
from scanner.lexicon import Lexicon
from scanner.lexicon.lexicon import Fault
from scanner.lexicon.selftest import Failure

_EXAMPLES = ("flag", "pass", "silent")


def candidate(session: Session, shipped: Lexicon, entry: Entry) -> Lexicon:
    """The lexicon in force with this entry in its place. Raises ApiError E601, which names each fault."""
    others = {
        name: one for name, one in drafts_of(session, newest_number(session)).items() if name != entry.id
    }
    base = shipped.changed(fitting(shipped, others.values())[0])
    if faults := base.faults_of_change(entry):
        raise ApiError("E601", detail=[_told(entry, fault) for fault in faults])
    return base.changed([entry])


def proposed(draft: RuleDraft) -> Entry:
    """What the draft holds. Raises ApiError E601 where rule files have changed since it was written."""
    try:
        return entry_of(draft)
    except ValidationError:
        raise ApiError("E601", detail=[{"where": draft.rule_id, "problem": "不符合现在的规则格式"}]) from None


def propose(session: Session, who: Principal, entry: Entry, reason: str) -> RuleDraft:
    """A new draft."""
    draft = RuleDraft(
        rule_id=entry.id,
        kind=kind_of(entry),
        content=content_of(entry),
        reason=reason,
        proposed_by=who.user_id,
        test={},
    )
    session.add(draft)
    session.flush()
    record(session, who, "rule_draft.create", "rule_draft", draft.id, after=_written(draft))
    return draft


def change(session: Session, who: Principal, draft: RuleDraft, entry: Entry, reason: str) -> None:
    """Replace what a proposed draft holds; its test is void. Raises ApiError E680, E683."""
    lock(session, draft, DraftStatus.PROPOSED, "修改")
    _check_own(who, draft, "修改")
    before = _written(draft)
    draft.rule_id, draft.kind = entry.id, kind_of(entry)
    draft.content, draft.reason, draft.changed_at, draft.test = content_of(entry), reason, now(), {}
    record(session, who, "rule_draft.change", "rule_draft", draft.id, before=before, after=_written(draft))


def keep_test(
    session: Session,
    who: Principal,
    draft: RuleDraft,
    tested: dict[str, Any],
    versions: tuple[str, str],
    failing: Sequence[Failure],
    compared: Comparison,
) -> None:
    """Write down what a test found; `tested` is the content it was made with, `versions` the lexicon in force
    and the one tried. Raises ApiError E680, and E611 where the draft was changed meanwhile."""
    lock(session, draft, DraftStatus.PROPOSED, "检验")
    if draft.content != tested:
        raise ApiError("E611")
    base, tried = versions
    draft.test = {
        "at": now().isoformat(),
        "by": who.user_id,
        "base": base,
        "lexicon": tried,
        "failures": [asdict(failure) for failure in failing],
        "compared": asdict(compared),
    }
    told = {
        "lexicon": tried,
        "failures": len(failing),
        "ads": compared.ads,
        "gained": compared.gained.findings,
        "lost": compared.lost.findings,
    }
    record(session, who, "rule_draft.test", "rule_draft", draft.id, after=told)


def lock(session: Session, draft: RuleDraft, status: DraftStatus, action: str) -> None:
    """Hold the draft until the transaction ends. Raises ApiError E680 where it has another status."""
    session.refresh(draft, with_for_update=True)
    if draft.status != status:
        raise ApiError("E680", status=DRAFT_STATUS_NAMES[DraftStatus(draft.status)], action=action)


def decide(draft: RuleDraft, who: Principal, status: DraftStatus, reason: str) -> None:
    """Write down who decided what, and why."""
    draft.status, draft.decision = status, reason
    draft.decided_by, draft.decided_at = who.user_id, now()


def decline(session: Session, who: Principal, draft: RuleDraft, reason: str) -> None:
    """Close a proposed draft unused. Raises ApiError E680, E683."""
    lock(session, draft, DraftStatus.PROPOSED, "关闭")
    _check_own(who, draft, "关闭")
    decide(draft, who, DraftStatus.DECLINED, reason)
    record(session, who, "rule_draft.decline", "rule_draft", draft.id, after={"reason": reason})


def _written(draft: RuleDraft) -> dict[str, Any]:
    """What the audit log keeps of it: examples are left out, since people copy them from ads."""
    content = {name: value for name, value in draft.content.items() if name not in _EXAMPLES}
    return {"reason": draft.reason, "content": content}


def _check_own(who: Principal, draft: RuleDraft, action: str) -> None:
    if draft.proposed_by != who.user_id and not who.may(Permission.RULE_ACTIVATE):
        raise ApiError("E683", action=action)


def _told(entry: Entry, fault: Fault) -> dict[str, str]:
    """As a refused body is told: body.rule.patterns.1."""
    where = ["body", kind_of(entry).value, fault.key, *([] if fault.at is None else [str(fault.at)])]
    return {"where": ".".join(where), "problem": f"{fault.problem}。{fault.cure}"}
