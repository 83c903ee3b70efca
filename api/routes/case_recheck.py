"""Re-check: what the ads of a case say now."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from api.audit.record import record
from api.auth.deps import allowed
from api.auth.permissions import Permission
from api.auth.principal import Principal
from api.auth.scope import fetch
from api.cases.changes import version_in_case
from api.cases.recapture import Brought, keep, scan_brought
from api.cases.recheck import apply, recheck
from api.cases.workflow import check_open
from api.deps import ServicesDep, SessionDep
from api.schemas.case_recheck import ChangesView, RecheckIn, RecheckView
from api.schemas.ids import ID_PATTERN, ObjectId
from api.store.cases import Case

router = APIRouter(prefix="/v1", tags=["案件"])
Reader = Annotated[Principal, Depends(allowed(Permission.CASE_READ))]
Writer = Annotated[Principal, Depends(allowed(Permission.CASE_WRITE))]


@router.get("/cases/{case_id}/recheck", summary="预览复查结果")
def preview_recheck(case_id: ObjectId, user: Reader, session: SessionDep) -> RecheckView:
    """What was seen since the last change of status; changes nothing."""
    case = fetch(session, Case, case_id, user, kind="案件")
    found = RecheckView.of(recheck(session, case))
    record(session, user, "case.recheck_read", "case", case.id)
    return found


@router.post("/cases/{case_id}/recheck", summary="复查")
def recheck_case(case_id: ObjectId, body: RecheckIn, user: Writer, services: ServicesDep) -> RecheckView:
    """Keeps new captures, says what changed, and takes the proposed step if `accept` is true."""
    brought = [Brought(**capture.model_dump()) for capture in body.captures]
    with services.store.reading() as session:
        case = fetch(session, Case, case_id, user, kind="案件")
        check_open(case)
        scanned = scan_brought(session, services.blobs, services.scanner, case, brought)
    with services.store.session() as session:
        case = fetch(session, Case, case_id, user, kind="案件")
        session.refresh(case, with_for_update=True)
        check_open(case)
        keep(session, scanned)
        found = recheck(session, case)
        apply(session, user, case, found, reason=body.reason, accept=body.accept)
        return RecheckView.of(found)


@router.get("/cases/{case_id}/changes", summary="比较广告的两个版本")
def compare_versions(
    case_id: ObjectId,
    ad_id: Annotated[str, Query(pattern=ID_PATTERN)],
    old: Annotated[int, Query(ge=1, le=1_000_000)],
    new: Annotated[int, Query(ge=1, le=1_000_000)],
    user: Reader,
    session: SessionDep,
) -> ChangesView:
    """Character by character; `old` and `new` are numbers of versions."""
    case = fetch(session, Case, case_id, user, kind="案件")
    before, after = (version_in_case(session, case, ad_id, number) for number in (old, new))
    asked = {"ad_id": ad_id, "old": old, "new": new}
    record(session, user, "case.changes_read", "case", case.id, after=asked)
    return ChangesView.of(before, after)
