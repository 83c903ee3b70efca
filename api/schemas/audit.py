"""What goes in and out of the routes for audit and retention."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field

from api.audit.retention import Plan
from api.audit.verify import Verdict
from api.audit.wording import action_name
from api.schemas.accounts import Strict
from api.store.audit import AuditEntry


class AuditView(BaseModel):
    """An audit entry as shown."""

    number: int
    at: datetime
    actor_id: str
    actor_name: str
    address: str
    action: str
    action_name: str
    object_type: str
    object_id: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    hash: str

    @classmethod
    def of(cls, entry: AuditEntry) -> AuditView:
        """From its row."""
        same = {name: getattr(entry, name) for name in cls.model_fields if name != "action_name"}
        return cls.model_validate(same | {"action_name": action_name(entry.action)})


class BreakView(BaseModel):
    """A place where the log was tampered with."""

    number: int
    problem: str


class VerdictView(BaseModel):
    """What the check of the whole log found."""

    intact: bool
    entries: int
    first: int
    last: int
    hash: str = Field(description="最后一条的哈希值；请连同序号另行保存，以便日后核对")
    broken: int
    breaks: list[BreakView] = Field(description="最多列出 100 处")

    @classmethod
    def of(cls, verdict: Verdict) -> VerdictView:
        """As the API shows it."""
        return cls(
            intact=verdict.intact,
            entries=verdict.entries,
            first=verdict.first,
            last=verdict.head.number,
            hash=verdict.head.hash,
            broken=verdict.broken,
            breaks=[BreakView(number=found.number, problem=found.problem) for found in verdict.breaks],
        )


class PlanView(BaseModel):
    """What lies beyond its retention period."""

    ads: int
    ads_before: datetime | None
    audit_entries: int
    audit_before: datetime | None
    files: int = Field(description="上传原件；案件所需的一律保留")
    files_before: datetime
    identities: int = Field(description="举报人身份，连同其材料原件")
    identities_before: datetime | None
    confirmation: str = Field(description="确认清理时原样交回；内容有变化则失效")

    @classmethod
    def of(cls, plan: Plan) -> PlanView:
        """As the API shows it."""
        return cls(
            ads=plan.ads,
            ads_before=plan.ads_before,
            audit_entries=plan.audit_entries,
            audit_before=plan.audit_before,
            files=plan.files,
            files_before=plan.files_before,
            identities=plan.identities,
            identities_before=plan.identities_before,
            confirmation=plan.confirmation,
        )


class Confirmation(Strict):
    """A person's word that the plan they saw may be carried out."""

    confirmation: str = Field(pattern="^[0-9a-f]{16}$", examples=["0123456789abcdef"])
