"""Which changes of the lexicon are in force."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import TypeAdapter
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.store.rules import DraftKind, LexiconVersion, RuleDraft
from scanner.lexicon.schema import Rule, Veto

Entry = Rule | Veto
_KINDS: dict[DraftKind, TypeAdapter[Entry]] = {
    DraftKind.RULE: TypeAdapter(Rule),
    DraftKind.VETO: TypeAdapter(Veto),
}


def newest_number(session: Session) -> int:
    """The number of the version in force; 0 as long as nothing was changed."""
    return session.scalar(select(func.max(LexiconVersion.number))) or 0


def drafts_of(session: Session, number: int) -> Mapping[str, RuleDraft]:
    """The drafts in force in a version, by the id of their rule, oldest first."""
    version = session.get(LexiconVersion, number)
    if version is None:
        return {}
    wanted = select(RuleDraft).where(RuleDraft.id.in_(version.drafts.values()))
    ordered = session.scalars(wanted.order_by(RuleDraft.created_at, RuleDraft.id))
    return {draft.rule_id: draft for draft in ordered}


def entry_of(draft: RuleDraft) -> Entry:
    """What the draft holds. Raises pydantic's ValidationError where rule files have changed since."""
    return _KINDS[DraftKind(draft.kind)].validate_python(draft.content)


def kind_of(entry: Entry) -> DraftKind:
    """Rule or veto."""
    return DraftKind.RULE if isinstance(entry, Rule) else DraftKind.VETO


def content_of(entry: Entry) -> dict[str, object]:
    """The entry as a rule file has it."""
    return entry.model_dump(mode="json", by_alias=True)
