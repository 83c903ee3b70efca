"""What a person does to a batch: start, cancel, try again."""

from __future__ import annotations

from sqlalchemy.orm import Session

from api.auth.principal import Principal
from api.errors import ApiError
from api.schemas.batches import BatchOptions
from api.store.base import now
from api.store.batches import Batch, BatchStatus
from api.store.blobs import Stored

STATUS_NAMES: dict[str, str] = {
    BatchStatus.QUEUED: "排队中",
    BatchStatus.RUNNING: "扫描中",
    BatchStatus.DONE: "已完成",
    BatchStatus.FAILED: "失败",
    BatchStatus.CANCELLED: "已取消",
}


def new_batch(user: Principal, file_name: str, file: Stored, options: BatchOptions) -> Batch:
    """A batch that waits to be scanned."""
    return Batch(
        organisation_id=user.organisation_id,
        created_by=user.user_id,
        file_name=file_name,
        file_sha256=file.sha256,
        file_bytes=file.size,
        options=options.model_dump(mode="json", by_alias=True),
        notes=[],
    )


def cancel(session: Session, batch: Batch) -> None:
    """Stop the batch: at once if it waits, after the chunk in hand if it runs. Raises ApiError E641."""
    session.refresh(batch, with_for_update=True)
    if batch.status == BatchStatus.QUEUED:
        batch.status, batch.finished_at = BatchStatus.CANCELLED, now()
    elif batch.status == BatchStatus.RUNNING:
        batch.cancel_requested = True
    else:
        raise ApiError("E641", status=STATUS_NAMES[batch.status], action="取消")


def retry(session: Session, batch: Batch) -> None:
    """Go on where a failed or cancelled batch stopped. Raises ApiError E641."""
    session.refresh(batch, with_for_update=True)
    if batch.status not in (BatchStatus.FAILED, BatchStatus.CANCELLED):
        raise ApiError("E641", status=STATUS_NAMES[batch.status], action="重试")
    batch.status, batch.cancel_requested = BatchStatus.QUEUED, False
    batch.error_code = batch.error_message = ""
    batch.finished_at = None
