"""批量扫描: files sent in, looked at first, followed while they are scanned; and what each brought."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse
from sqlalchemy.orm import Session

from api.auth.deps import allowed
from api.auth.permissions import Permission
from api.auth.principal import Principal
from api.auth.scope import visible
from api.cases.statistics import FindingBy, Group, finding_statistics
from api.deps import ReadSessionDep, SessionDep
from api.jobs.control import STATUS_NAMES
from api.jobs.progress import UNFINISHED
from api.routes.batch_preview import MAX_BYTES
from api.routes.batch_results import read_errors, read_results
from api.routes.batches import BatchId, list_batches, read_batch
from api.schemas.finding_filters import FindingFilters
from api.schemas.page import PagingDep
from api.store.ads import StoredFinding
from api.store.batches import BatchStatus
from api.workbench.blanks import PageRoute
from api.workbench.pages import page
from scanner.batch.columns import ROLE_NAMES
from scanner.batch.source import READERS
from scanner.findings import Category, Disposition

router = APIRouter(include_in_schema=False, route_class=PageRoute)
Reader = Annotated[Principal, Depends(allowed(Permission.BATCH_READ))]
_WORDS: dict[str, Any] = {"statuses": STATUS_NAMES, "unfinished": UNFINISHED}
_FORM: dict[str, Any] = {"roles": ROLE_NAMES, "accept": ",".join(READERS), "preview_bytes": MAX_BYTES}
FORMATS = {"xlsx": "Excel 工作簿", "csv": "CSV 表格", "html": "网页报告（可打印）", "jsonl": "JSON Lines"}
"""What a report can be downloaded as."""


class View(StrEnum):
    """What is listed of a batch."""

    RESULTS = "results"
    FAILED = "failed"


@router.get("/batches", summary="批量扫描页面")
def show_batches(
    request: Request,
    user: Reader,
    session: ReadSessionDep,
    paging: PagingDep,
    status: BatchStatus | None = None,
) -> HTMLResponse:
    """The form for files, and all batches."""
    batches = list_batches(user, session, paging, status)
    told: dict[str, Any] = {"batches": batches, "wanted": status, **_WORDS, **_FORM}
    return page(request, "batches.html", user, title="批量扫描", **told)


@router.get("/batches/{batch_id}", summary="批次页面")
def show_batch(
    request: Request,
    batch_id: BatchId,
    user: Reader,
    session: SessionDep,
    paging: PagingDep,
    view: View = View.RESULTS,
    all_rows: Annotated[bool, Query(alias="all")] = False,
    category: Category | None = None,
    disposition: Disposition | None = None,
) -> HTMLResponse:
    """How far it is, what it brought, its failed rows, downloads."""
    batch = read_batch(batch_id, user, session)
    rows: Any
    if view is View.FAILED:
        rows = read_errors(batch_id, user, session, paging)
    else:
        rows = read_results(batch_id, user, session, paging, all_rows, category, disposition)
    told: dict[str, Any] = {"batch": batch, "rows": rows, "view": view, "formats": FORMATS, **_WORDS}
    asked = {"all": all_rows, "category": category, "disposition": disposition}
    groups = _by_category(session, batch_id, user)
    return page(request, "batch.html", user, title=batch.file_name, groups=groups, asked=asked, **told)


def _by_category(session: Session, batch_id: str, user: Principal) -> list[Group]:
    """Counts of what the batch brought, each finding once; exempt ones are left out."""
    criteria = [visible(StoredFinding, user), *FindingFilters(batch_id=batch_id).criteria()]
    return finding_statistics(session, [FindingBy.CATEGORY], criteria)[FindingBy.CATEGORY]
