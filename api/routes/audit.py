"""The audit log: read it, check it; remove what is beyond its retention period."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from sqlalchemy import select

from api.audit import retention
from api.audit.record import record
from api.audit.verify import Anchor, verify
from api.auth.deps import allowed
from api.auth.permissions import Permission
from api.auth.principal import Principal
from api.deps import ReadSessionDep, ServicesDep, SessionDep
from api.schemas.audit import AuditView, Confirmation, PlanView, VerdictView
from api.schemas.audit_filters import AuditFilters
from api.schemas.page import Page, PagingDep
from api.store.audit import AuditEntry

router = APIRouter(prefix="/v1", tags=["审计"])
Auditor = Annotated[Principal, Depends(allowed(Permission.AUDIT_READ))]
Keeper = Annotated[Principal, Depends(allowed(Permission.RETENTION_MANAGE))]


@router.get("/audit", summary="审计日志")
def read_audit(
    user: Auditor, session: SessionDep, paging: PagingDep, filters: Annotated[AuditFilters, Depends()]
) -> Page[AuditView]:
    """Newest first. Reading it is itself an entry."""
    wanted = select(AuditEntry).where(*filters.criteria()).order_by(AuditEntry.number.desc())
    page = paging.of(session, wanted, AuditView.of)
    record(session, user, "audit.read", "audit", "", after=filters.told() | {"page": paging.page})
    return page


@router.get("/audit/verification", summary="校验审计日志")
def verify_audit(
    user: Auditor,
    services: ServicesDep,
    number: Annotated[int | None, Query(ge=1, le=2**62, description="另行保存的序号")] = None,
    hash: Annotated[str | None, Query(pattern="^[0-9a-f]{64}$", description="另行保存的哈希值")] = None,
) -> VerdictView:
    """Recomputes every hash; compares with a number and hash written down earlier where both are given."""
    anchor = Anchor(number, hash) if number is not None and hash is not None else None
    with services.store.reading() as session:
        verdict = verify(session, anchor)
    with services.store.session() as session:
        after = {"intact": verdict.intact, "broken": verdict.broken}
        record(session, user, "audit.verify", "audit", str(verdict.head.number), after=after)
    return VerdictView.of(verdict)


@router.get("/retention", summary="查看超过保存期限的数据")
def read_retention(user: Keeper, session: ReadSessionDep, services: ServicesDep) -> PlanView:
    """Says what would be removed; removes nothing."""
    return PlanView.of(retention.plan(session, services.blobs, services.settings))


@router.post("/retention", summary="清理超过保存期限的数据")
def execute_retention(body: Confirmation, user: Keeper, services: ServicesDep) -> PlanView:
    """Cannot be undone. Takes the `confirmation` of the plan that was shown."""
    parts = services.store, services.blobs, services.settings
    return PlanView.of(retention.execute(*parts, user, body.confirmation))
