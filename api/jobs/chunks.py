"""One committed step of a batch: its counters, its ads and its errors stand or fall together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from api.cases.opening import open_by_rules
from api.intake.ingest import ingest_many
from api.intake.sighting import Seen, Sighting
from api.intake.storable import storable_text
from api.jobs.progress import Run, advance
from api.store.batches import Batch, BatchError
from scanner.ad import Ad
from scanner.findings import AdReport, Disposition, RowError

Outcome = tuple[Ad, AdReport] | RowError


@dataclass(frozen=True, slots=True)
class Chunk:
    """Rows ready to be stored, and what they add to the counters."""

    counters: dict[str, Any]
    seen: list[Seen]
    failed: list[dict[str, Any]]

    @classmethod
    def of(cls, batch: Batch, first_row: int, outcomes: Sequence[Outcome]) -> Chunk:
        """What became of the rows from `first_row` (from 1) on."""
        numbered = list(enumerate(outcomes, first_row))
        return cls(
            _counted(outcomes),
            [_seen(batch, row, one) for row, one in numbered if not isinstance(one, RowError)],
            [_failed(batch, row, one) for row, one in numbered if isinstance(one, RowError)],
        )

    def store(self, session: Session, run: Run) -> bool:
        """Store the rows and count them; False, and nothing stored, if the run lost its batch."""
        if not advance(session, run, **self.counters):
            return False
        if self.failed:
            session.execute(insert(BatchError), self.failed)
        stored = ingest_many(session, self.seen)
        open_by_rules(session, [finding_id for one in stored for finding_id in one.new_findings])
        return True


def _counted(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    reports = [one[1] for one in outcomes if not isinstance(one, RowError)]
    flagged = sum(any(f.disposition is not Disposition.EXEMPT for f in r.findings) for r in reports)
    return {
        "rows_done": Batch.rows_done + len(outcomes),
        "rows_failed": Batch.rows_failed + len(outcomes) - len(reports),
        "ads_flagged": Batch.ads_flagged + flagged,
        "findings": Batch.findings + sum(len(report.findings) for report in reports),
    }


def _seen(batch: Batch, row: int, outcome: tuple[Ad, AdReport]) -> Seen:
    sighting = Sighting(
        batch.created_at, batch.organisation_id, batch.id, row, batch.file_name, batch.file_sha256
    )
    return Seen.of(*outcome, sighting)


def _failed(batch: Batch, row: int, error: RowError) -> dict[str, Any]:
    return {
        "batch_id": batch.id,
        "row": row,
        "source_row": error.row,
        "source_file": storable_text(error.source),
        "external_id": storable_text(error.id),
        "code": error.code,
        "message": storable_text(error.message),
    }
