"""What a batch brought, in the order of its file: as rows to show, and as the scanner's reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from heapq import merge
from pathlib import Path

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.orm import Session

from api.intake.rebuild import ad_of, report_of
from api.schemas.batches import BatchRow
from api.store.ads import AdVersion, Capture, StoredAd, StoredFinding
from api.store.batches import Batch, BatchError
from scanner.ad import Ad
from scanner.findings import AdReport, RowError, Versions
from scanner.report import open_writer
from scanner.report.summary import RunSummary

_AT_ONCE = 500
_Found = dict[str, list[StoredFinding]]
_Numbered = tuple[int, tuple[Ad, AdReport] | RowError]


def captures_of(batch: Batch, *criteria: ColumnElement[bool]) -> Select[Capture]:
    """The rows of a batch in order; those with findings that meet all `criteria`, if there are any."""
    query = select(Capture).where(Capture.batch_id == batch.id).order_by(Capture.row)
    if not criteria:
        return query
    return query.where(exists().where(StoredFinding.version_id == Capture.version_id, *criteria))


def rows_of(session: Session, captures: Sequence[Capture]) -> list[BatchRow]:
    """What is shown of each row."""
    versions, ads, findings = _parts(session, captures)
    return [
        BatchRow(
            row=capture.row or 0,
            source_row=capture.source_row,
            external_id=capture.external_id,
            ad_id=capture.ad_id,
            version_id=capture.version_id,
            title=versions[capture.version_id].title,
            employer=capture.employer_name,
            publisher=capture.publisher_name,
            url=ads[capture.ad_id].url,
            findings=[{**f.payload, "finding_id": f.id} for f in findings[capture.version_id]],
        )
        for capture in captures
    ]


def write_report(session: Session, batch: Batch, format: str, path: Path, scanned_with: Versions) -> None:
    """The batch as the report that `pingzhao scan` would have written. Raises PingzhaoError E201, E202."""
    summary = RunSummary(notes=batch.notes)
    with open_writer(format, path) as writer:
        for _, outcome in merge(
            _reports(session, batch, scanned_with), _errors(session, batch), key=lambda one: one[0]
        ):
            if isinstance(outcome, RowError):
                summary.count_error(outcome)
                writer.add_error(outcome)
            else:
                ad, report = outcome
                summary.count(report)
                writer.add(ad, report)
        writer.finish(summary)


def _reports(session: Session, batch: Batch, scanned_with: Versions) -> Iterator[_Numbered]:
    done = 0
    query = captures_of(batch).limit(_AT_ONCE)
    while captures := session.scalars(query.where(Capture.row > done)).all():
        versions, ads, findings = _parts(session, captures)
        for one in captures:
            version = versions[one.version_id]
            ad = ad_of(ads[one.ad_id], version, one)
            done = one.row or 0
            yield done, (ad, report_of(ad.id, version, findings[version.id], scanned_with))
        session.expunge_all()


def _errors(session: Session, batch: Batch) -> Iterator[_Numbered]:
    query = select(BatchError).where(BatchError.batch_id == batch.id).order_by(BatchError.row)
    for one in session.scalars(query.execution_options(yield_per=_AT_ONCE)):
        yield one.row, RowError(one.external_id, one.code, one.message, one.source_row, one.source_file)


def _parts(
    session: Session, captures: Sequence[Capture]
) -> tuple[dict[str, AdVersion], dict[str, StoredAd], _Found]:
    version_ids = {capture.version_id for capture in captures}
    versions = session.scalars(select(AdVersion).where(AdVersion.id.in_(version_ids)))
    ads = session.scalars(select(StoredAd).where(StoredAd.id.in_({one.ad_id for one in captures})))
    found: _Found = defaultdict(list)
    order = (StoredFinding.created_at, StoredFinding.ordinal)
    for one in session.scalars(
        select(StoredFinding).where(StoredFinding.version_id.in_(version_ids)).order_by(*order)
    ):
        found[one.version_id].append(one)
    return {v.id: v for v in versions}, {ad.id: ad for ad in ads}, found
