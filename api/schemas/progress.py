"""A batch as it is shown: its row, and the speed reckoned from it."""

from __future__ import annotations

from api.schemas.batches import BatchShown
from api.store.base import now
from api.store.batches import Batch, BatchStatus

_MIN_SECONDS = 0.5
"""Before that nothing is said of the speed."""


def shown(batch: Batch) -> BatchShown:
    """The batch with its rate (rows a second since the present start) and the time left at that rate."""
    rate = _rate(batch)
    left = None
    if rate and batch.rows_total is not None and batch.status == BatchStatus.RUNNING:
        left = round((batch.rows_total - batch.rows_done) / rate, 1)
    told = {name: getattr(batch, name) for name in BatchShown.model_fields if hasattr(batch, name)}
    return BatchShown(**told, rate=rate, seconds_left=left)


def _rate(batch: Batch) -> float | None:
    if batch.started_at is None:
        return None
    seconds = ((batch.finished_at or now()) - batch.started_at).total_seconds()
    rows = batch.rows_done - batch.rows_before
    return round(rows / seconds, 1) if rows and seconds >= _MIN_SECONDS else None
