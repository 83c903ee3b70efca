"""Where a batch stands, and the changes of it that only its present runner may make.

Every start of a batch has a number (`attempts`). A runner that lost its batch to a later one, or that was
cancelled, finds that its change meets no row, and stops: so nothing is lost or doubled, whoever was killed when.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import false, select, update
from sqlalchemy.orm import Session

from api.store.base import now
from api.store.batches import Batch, BatchStatus

UNFINISHED = (BatchStatus.QUEUED, BatchStatus.RUNNING)


@dataclass(frozen=True, slots=True)
class Run:
    """One start of a batch."""

    batch: Batch
    attempt: int


def unfinished(session: Session) -> list[str]:
    """The ids of all batches that wait or were under way, oldest first."""
    query = select(Batch.id).where(Batch.status.in_(UNFINISHED)).order_by(Batch.created_at)
    return list(session.scalars(query))


def claim(session: Session, batch_id: str) -> Run | None:
    """Take the batch over from whoever runs it; None if there is nothing to do."""
    batch = session.scalar(select(Batch).where(Batch.id == batch_id).with_for_update())
    if batch is None or batch.status not in UNFINISHED:
        return None
    if batch.cancel_requested:
        batch.status, batch.finished_at = BatchStatus.CANCELLED, now()
        return None
    batch.status = BatchStatus.RUNNING
    batch.attempts += 1
    batch.started_at, batch.rows_before = now(), batch.rows_done
    return Run(batch, batch.attempts)


def advance(session: Session, run: Run, **values: Any) -> bool:
    """Change the batch, if this run still has it and nobody asked to cancel; whether it did."""
    return _change(session, run, values, Batch.cancel_requested.is_(false()))


def settle(session: Session, run: Run, status: BatchStatus, **values: Any) -> bool:
    """End the run, if it still has the batch; whether it did."""
    return _change(session, run, {"status": status, "finished_at": now(), **values})


def _change(session: Session, run: Run, values: dict[str, Any], *conditions: Any) -> bool:
    mine = (Batch.id == run.batch.id, Batch.attempts == run.attempt, Batch.status == BatchStatus.RUNNING)
    result: Any = session.execute(update(Batch).where(*mine, *conditions).values(**values))
    return bool(result.rowcount)
