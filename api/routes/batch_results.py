"""What a batch brought: rows, errors, and the whole as a file."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query
from fastapi.responses import FileResponse
from sqlalchemy import select
from starlette.background import BackgroundTask

from api.audit.record import record
from api.auth.deps import allowed
from api.auth.permissions import Permission
from api.auth.principal import Principal
from api.auth.scope import fetch
from api.deps import ServicesDep, SessionDep
from api.jobs.results import captures_of, rows_of, write_report
from api.routes.batches import KIND, BatchId, Reader
from api.schemas.batches import BatchRow, RowErrorShown
from api.schemas.page import Page, PagingDep
from api.store.ads import Capture, StoredFinding
from api.store.batches import Batch, BatchError
from scanner.findings import Category, Disposition

router = APIRouter(prefix="/v1/batches", tags=["批次"])
Exporter = Annotated[Principal, Depends(allowed(Permission.EXPORT))]
_MEDIA_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/x-ndjson",
    "html": "text/html; charset=utf-8",
}


@router.get("/{batch_id}/results", summary="扫描结果")
def read_results(
    batch_id: BatchId,
    user: Reader,
    session: SessionDep,
    paging: PagingDep,
    all_rows: Annotated[bool, Query(alias="all", description="也列出没有线索的行")] = False,
    category: Annotated[Category | None, Query(description="有这一类别的线索")] = None,
    disposition: Annotated[Disposition | None, Query(description="有这种处置的线索")] = None,
) -> Page[BatchRow]:
    """Rows with findings, or all, in the order of the file."""
    batch = fetch(session, Batch, batch_id, user, kind=KIND)
    wanted = {"category": category, "disposition": disposition}
    asked = {name: value.value for name, value in wanted.items() if value is not None}
    criteria = [getattr(StoredFinding, name) == value for name, value in asked.items()]
    if not criteria and not all_rows:
        criteria = [StoredFinding.id.is_not(None)]
    page = paging.of(session, captures_of(batch, *criteria), _same)
    record(session, user, "batch.read", "batch", batch.id, after={**asked, "page": paging.page})
    rows = rows_of(session, page.items)
    return Page[BatchRow](items=rows, total=page.total, page=page.page, size=page.size)


@router.get("/{batch_id}/errors", summary="未能扫描的行")
def read_errors(
    batch_id: BatchId, user: Reader, session: SessionDep, paging: PagingDep
) -> Page[RowErrorShown]:
    """In the order of the file, each with what to do."""
    batch = fetch(session, Batch, batch_id, user, kind=KIND)
    query = select(BatchError).where(BatchError.batch_id == batch.id).order_by(BatchError.row)
    return paging.of(session, query, RowErrorShown.model_validate)


@router.get(
    "/{batch_id}/export",
    summary="下载报告",
    response_class=FileResponse,
    responses={200: {"content": {kind: {} for kind in _MEDIA_TYPES.values()}}},
)
def export(
    batch_id: BatchId,
    user: Exporter,
    services: ServicesDep,
    format: Annotated[Literal["xlsx", "csv", "jsonl", "html"], Query(description="文件格式")] = "xlsx",
) -> FileResponse:
    """The report that `pingzhao scan` would have written, of the rows scanned so far."""
    path = services.settings.data_dir / f".export-{secrets.token_hex(8)}.{format}"
    with services.store.reading() as session:
        batch = fetch(session, Batch, batch_id, user, kind=KIND)
        write_report(session, batch, format, path, services.scanner.versions)
    with services.store.session() as session:
        record(session, user, "batch.export", "batch", batch.id, after={"format": format})
    name = f"{Path(batch.file_name).stem}-报告.{format}"
    tidy = BackgroundTask(path.unlink, missing_ok=True)
    return FileResponse(path, media_type=_MEDIA_TYPES[format], filename=name, background=tidy)


def _same(capture: Capture) -> Any:
    return capture
