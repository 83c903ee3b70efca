"""Put a tested draft in force, or withdraw one: each makes a new version of the lexicon."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.audit.record import record
from api.auth.principal import Principal
from api.errors import ApiError
from api.lexicon.drafts import decide, lock
from api.lexicon.in_force import drafts_of, newest_number
from api.lexicon.scanners import fitting
from api.store.rules import DraftStatus, LexiconAct, LexiconVersion, RuleDraft
from scanner.lexicon import Lexicon
from scanner.lexicon.selftest import Failure


def lexicon_with(shipped: Lexicon, drafts: Iterable[RuleDraft]) -> Lexicon:
    """The lexicon in which these drafts are in force, as far as they fit the shipped one."""
    return shipped.changed(fitting(shipped, drafts)[0])


def activate(
    session: Session, who: Principal, draft: RuleDraft, shipped: Lexicon, reason: str
) -> LexiconVersion:
    """The version with this draft. Raises ApiError E680, E681 (no valid test), E682 (examples fail)."""
    lock(session, draft, DraftStatus.PROPOSED, "启用")
    number = newest_number(session)
    drafts = dict(drafts_of(session, number))
    if not draft.test or draft.test["base"] != lexicon_with(shipped, drafts.values()).version:
        raise ApiError("E681")
    refuse_failing([Failure(**one) for one in draft.test["failures"]])
    if replaced := drafts.pop(draft.rule_id, None):
        replaced.status = DraftStatus.SUPERSEDED
    decide(draft, who, DraftStatus.ACTIVE, reason)
    drafts[draft.rule_id] = draft
    return _add_version(session, who, LexiconAct.ACTIVATE, draft, drafts, shipped, number)


def without(session: Session, draft: RuleDraft) -> tuple[int, Mapping[str, RuleDraft]]:
    """The number of the version in force, and the drafts that stay when this one is withdrawn.

    Its rule is then what it was before: an earlier draft, as shipped, or gone.
    """
    number = newest_number(session)
    drafts = dict(drafts_of(session, number))
    drafts.pop(draft.rule_id, None)
    made = select(LexiconVersion.number).where(
        LexiconVersion.draft_id == draft.id, LexiconVersion.act == LexiconAct.ACTIVATE
    )
    if (since := session.scalar(made.order_by(LexiconVersion.number.desc()).limit(1))) is not None:
        earlier = drafts_of(session, since - 1)
        drafts |= {name: one for name, one in earlier.items() if name == draft.rule_id}
    return number, drafts


def withdraw(
    session: Session, who: Principal, draft: RuleDraft, shipped: Lexicon, reason: str, tested: int
) -> LexiconVersion:
    """The version without this draft. `tested` is the number of the version from which it was found that
    nothing breaks. Raises ApiError E680, and E611 where another version is in force by now."""
    lock(session, draft, DraftStatus.ACTIVE, "撤回")
    number, drafts = without(session, draft)
    if number != tested:
        raise ApiError("E611")
    if earlier := drafts.get(draft.rule_id):
        earlier.status = DraftStatus.ACTIVE
    decide(draft, who, DraftStatus.WITHDRAWN, reason)
    return _add_version(session, who, LexiconAct.WITHDRAW, draft, drafts, shipped, number)


def refuse_failing(failing: Sequence[Failure]) -> None:
    """Raises ApiError E682 that names each example, unless there are none."""
    if failing:
        detail = [{"where": failure.rule, "problem": sentence(failure)} for failure in failing]
        raise ApiError("E682", count=len(failing), detail=detail)


def sentence(failure: Failure) -> str:
    """例句“…”应报出“限男性”，实际没有报出."""
    expected, found = (
        "、".join(f"“{words}”" for words in given) for given in (failure.expected, failure.found)
    )
    should = f"应报出{expected}" if expected else "不应报出"
    return f"例句“{failure.example}”{should}，实际{f'报出{found}' if found else '没有报出'}"


def _add_version(
    session: Session,
    who: Principal,
    act: LexiconAct,
    draft: RuleDraft,
    drafts: Mapping[str, RuleDraft],
    shipped: Lexicon,
    number: int,
) -> LexiconVersion:
    version = LexiconVersion(
        number=number + 1,
        created_by=who.user_id,
        name=lexicon_with(shipped, drafts.values()).version,
        act=act,
        draft_id=draft.id,
        reason=draft.decision,
        drafts={name: one.id for name, one in drafts.items()},
    )
    session.add(version)
    session.flush()
    told = {
        "number": version.number,
        "lexicon": version.name,
        "rule_id": draft.rule_id,
        "reason": version.reason,
    }
    record(session, who, f"rule_draft.{act.value}", "rule_draft", draft.id, after=told)
    return version
