"""Files of ads: uploaded, scanned in the background, followed, stopped and taken up again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.concurrency import run_in_threadpool
from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.datastructures import FormData, UploadFile

from api.audit.record import record
from api.auth.deps import allowed
from api.auth.permissions import Permission
from api.auth.principal import Principal
from api.auth.scope import fetch, visible
from api.deps import ReadSessionDep, ServicesDep, SessionDep
from api.errors import ApiError
from api.intake.uploads import shown_name
from api.jobs import control
from api.jobs.progress import UNFINISHED
from api.schemas.batches import BatchOptions, BatchShown
from api.schemas.page import Page, PagingDep
from api.schemas.progress import shown
from api.state import Services
from api.store.batches import Batch, BatchStatus
from api.wording import problem_of

router = APIRouter(prefix="/v1/batches", tags=["批次"])
Reader = Annotated[Principal, Depends(allowed(Permission.BATCH_READ))]
Maker = Annotated[Principal, Depends(allowed(Permission.BATCH_CREATE))]
BatchId = Annotated[str, Path(max_length=32, description="批次编号")]
KIND = "批次"
_LOOK_SECONDS = 1.0
OPTIONS_BYTES = 1 << 16
"""Of the form's field `options`."""
_EXAMPLE = '{"map": {"text": "岗位描述"}}'
FORM: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {
                        "file": {
                            "type": "string",
                            "format": "binary",
                            "description": "csv、tsv、xlsx、xls、json、jsonl、txt 或 html",
                        },
                        "options": {
                            "type": "string",
                            "description": f"JSON：map、scan、encoding、deep、publisher，如 {_EXAMPLE}",
                            "example": _EXAMPLE,
                        },
                    },
                }
            }
        },
    }
}
"""The form with `file` and `options`, for OpenAPI."""


@router.post("", status_code=202, summary="上传文件，建立批次", openapi_extra=FORM)
async def create_batch(request: Request, user: Maker, services: ServicesDep) -> BatchShown:
    """The file is kept and its batch queued; the caller is known before the first byte is taken."""
    async with request.form(max_files=1, max_fields=1, max_part_size=OPTIONS_BYTES) as form:
        return await run_in_threadpool(_create, form, user, services)


@router.get("", summary="批次列表")
def list_batches(
    user: Reader,
    session: ReadSessionDep,
    paging: PagingDep,
    status: Annotated[BatchStatus | None, Query(description="只列这一状态的")] = None,
) -> Page[BatchShown]:
    """Newest first."""
    query = select(Batch).where(visible(Batch, user)).order_by(Batch.created_at.desc(), Batch.id)
    if status is not None:
        query = query.where(Batch.status == status)
    return paging.of(session, query, shown)


@router.get("/{batch_id}", summary="一个批次和它的进度")
def read_batch(batch_id: BatchId, user: Reader, session: ReadSessionDep) -> BatchShown:
    """How far it is, with rate and time left."""
    return shown(fetch(session, Batch, batch_id, user, kind=KIND))


@router.get(
    "/{batch_id}/events",
    summary="进度（server-sent events）",
    response_class=EventSourceResponse,
    responses={200: {"description": "事件 progress，每秒一次；最后一个是 end，内容同“一个批次”"}},
)
def follow_batch(
    batch_id: BatchId, user: Reader, session: ReadSessionDep, services: ServicesDep
) -> EventSourceResponse:
    """One event a second while the batch is unfinished, and one at its end."""
    fetch(session, Batch, batch_id, user, kind=KIND)
    return EventSourceResponse(_events(batch_id, user, services))


@router.post("/{batch_id}/cancel", summary="取消批次")
def cancel_batch(batch_id: BatchId, user: Maker, session: SessionDep) -> BatchShown:
    """What was scanned stays."""
    return _changed(session, batch_id, user, "batch.cancel", control.cancel)


@router.post("/{batch_id}/retry", summary="重试失败或已取消的批次")
def retry_batch(batch_id: BatchId, user: Maker, services: ServicesDep) -> BatchShown:
    """Goes on where it stopped, if its file is still there."""

    def again(session: Session, batch: Batch) -> None:
        control.retry(session, batch)
        if services.blobs.path(batch.file_sha256) is None:
            raise ApiError("E647", name=batch.file_name)

    with services.store.session() as session:
        changed = _changed(session, batch_id, user, "batch.retry", again)
    services.queue.put(batch_id)
    return changed


def _create(form: FormData, user: Principal, services: Services) -> BatchShown:
    file, options = form.get("file"), options_of(form.get("options"))
    if not isinstance(file, UploadFile):
        raise ApiError("E640")
    name = shown_name(file.filename or "")
    stored = services.blobs.put(file.file, services.settings.max_upload_bytes)
    with services.store.session() as session:
        batch = control.new_batch(user, name, stored, options)
        session.add(batch)
        session.flush()
        record(session, user, "batch.create", "batch", batch.id, after={"sha256": stored.sha256})
    services.queue.put(batch.id)
    return shown(batch)


def options_of(given: object) -> BatchOptions:
    """What the form's `options` say. Raises ApiError E646."""
    if given is None or given == "":
        return BatchOptions()
    try:
        return BatchOptions.model_validate_json(given if isinstance(given, str) else "")
    except ValidationError as error:
        first = error.errors()[0]
        problem = "：".join(filter(None, [".".join(map(str, first["loc"])), problem_of(first)]))
        raise ApiError("E646", problem=problem, example=_EXAMPLE) from None


def _changed(
    session: Session,
    batch_id: str,
    user: Principal,
    action: str,
    change: Callable[[Session, Batch], None],
) -> BatchShown:
    batch = fetch(session, Batch, batch_id, user, kind=KIND)
    change(session, batch)
    record(session, user, action, "batch", batch.id, after={"status": batch.status})
    return shown(batch)


async def _events(batch_id: str, user: Principal, services: Services) -> AsyncIterator[ServerSentEvent]:
    def look() -> BatchShown:
        with services.store.reading() as session:
            return shown(fetch(session, Batch, batch_id, user, kind=KIND))

    while True:
        seen = await run_in_threadpool(look)
        over = seen.status not in UNFINISHED
        yield ServerSentEvent(seen.model_dump_json(), event="end" if over else "progress")
        if over:
            return
        await asyncio.sleep(_LOOK_SECONDS)
