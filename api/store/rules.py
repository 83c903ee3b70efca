"""Changes to the lexicon: proposed as drafts, and the versions that those in force make."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from api.store.accounts import User
from api.store.base import Base, Keyed, now


class DraftStatus(StrEnum):
    """Where a draft stands."""

    PROPOSED = "proposed"
    ACTIVE = "active"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    DECLINED = "declined"


DRAFT_STATUS_NAMES: dict[DraftStatus, str] = {
    DraftStatus.PROPOSED: "待启用",
    DraftStatus.ACTIVE: "已启用",
    DraftStatus.SUPERSEDED: "已被后来的修改替代",
    DraftStatus.WITHDRAWN: "启用后已撤回",
    DraftStatus.DECLINED: "不采纳",
}


class DraftKind(StrEnum):
    """What a draft holds: wording to report, or lawful wording that silences rules."""

    RULE = "rule"
    VETO = "veto"


class RuleDraft(Keyed, Base):
    """An entry of the lexicon as somebody would have it. Once it was in force, its content stays as it is."""

    __tablename__ = "rule_draft"
    __table_args__ = (Index(None, "status", "created_at"),)

    rule_id: Mapped[str] = mapped_column(String(64), index=True)
    kind: Mapped[DraftKind] = mapped_column(String(4))
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    """The entry as a rule file has it, in that order, which JSONB would lose."""
    reason: Mapped[str] = mapped_column(Text)
    status: Mapped[DraftStatus] = mapped_column(String(12), default=DraftStatus.PROPOSED)
    proposed_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    changed_at: Mapped[datetime] = mapped_column(default=now)
    test: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What the last test of this content found (`api.lexicon.trial`); empty before it."""
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    decided_at: Mapped[datetime | None]
    decision: Mapped[str] = mapped_column(Text, default="")
    """Why it was put in force, withdrawn or declined, whichever came last."""
    proposer: Mapped[User] = relationship(foreign_keys=[proposed_by])
    decider: Mapped[User | None] = relationship(foreign_keys=[decided_by])


class LexiconAct(StrEnum):
    """What made a version."""

    ACTIVATE = "activate"
    WITHDRAW = "withdraw"


LEXICON_ACT_NAMES: dict[LexiconAct, str] = {
    LexiconAct.ACTIVATE: "启用",
    LexiconAct.WITHDRAW: "撤回",
}


class LexiconVersion(Base):
    """The lexicon from one act on: the shipped one with the drafts that are in force."""

    __tablename__ = "lexicon_version"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """From 1; the highest is in force."""
    created_at: Mapped[datetime] = mapped_column(default=now)
    created_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    name: Mapped[str] = mapped_column(String(40))
    """As findings carry it: lexicon-02a53def."""
    act: Mapped[LexiconAct] = mapped_column(String(12))
    draft_id: Mapped[str] = mapped_column(ForeignKey("rule_draft.id"), index=True)
    reason: Mapped[str] = mapped_column(Text)
    drafts: Mapped[dict[str, Any]]
    """The id of the draft in force, by the id of its rule."""
    draft: Mapped[RuleDraft] = relationship()
    user: Mapped[User] = relationship()
