"""Findings, cases and the audit log as files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import FileResponse

from api.audit.record import record
from api.auth.deps import allowed
from api.auth.permissions import Permission
from api.auth.principal import Principal
from api.auth.scope import visible
from api.cases.overview import NOTES, overview
from api.cases.workflow import today
from api.complaints import tables as complaints
from api.deps import ServicesDep
from api.exports import audit, cases, findings
from api.exports.download import sent, temporary_file
from api.exports.table import MEDIA_TYPES, Column, ExportFormat, Row, write_table
from api.exports.workbook import write_workbook
from api.schemas.audit_filters import AuditFilters
from api.schemas.case_filters import CaseFilters
from api.schemas.complaint_filters import ComplaintFilters
from api.schemas.finding_filters import FindingFilters
from api.schemas.statistics_filters import StatisticsFilters
from api.state import Services
from api.store.accounts import Role
from api.store.cases import Case

router = APIRouter(prefix="/v1", tags=["导出"])
Exporter = Annotated[Principal, Depends(allowed(Permission.EXPORT))]
ComplaintReader = Annotated[Principal, Depends(allowed(Permission.COMPLAINT_READ))]
Auditor = Annotated[Principal, Depends(allowed(Permission.AUDIT_READ))]
Format = Annotated[ExportFormat, Query(description="xlsx、csv 或 jsonl")]


@router.get("/exports/findings", summary="导出线索", response_class=FileResponse)
def export_findings(
    user: Exporter,
    services: ServicesDep,
    filters: Annotated[FindingFilters, Depends()],
    format: Format = ExportFormat.XLSX,
) -> FileResponse:
    """One row a finding; an agency's has neither reviews nor cases."""
    with services.store.reading() as session:
        criteria = filters.visible_to(user)
        columns = findings.OF_AGENCY if user.role == Role.AGENCY else findings.COLUMNS
        rows = findings.finding_rows(session, criteria)
        return _file(services, user, "线索", "findings", format, columns, rows, filters.told())


@router.get("/exports/cases", summary="导出案件", response_class=FileResponse)
def export_cases(
    user: Exporter,
    services: ServicesDep,
    filters: Annotated[CaseFilters, Depends()],
    format: Format = ExportFormat.XLSX,
) -> FileResponse:
    """One row a case."""
    with services.store.reading() as session:
        rows = cases.case_rows(session, [visible(Case, user), *filters.criteria(session)])
        return _file(services, user, "案件", "cases", format, cases.COLUMNS, rows, filters.told())


@router.get("/exports/audit", summary="导出审计日志", response_class=FileResponse)
def export_audit(
    user: Auditor,
    services: ServicesDep,
    filters: Annotated[AuditFilters, Depends()],
    format: Format = ExportFormat.XLSX,
) -> FileResponse:
    """One row an entry; oldest first."""
    with services.store.reading() as session:
        rows = audit.audit_rows(session, filters.criteria())
        return _file(services, user, "审计日志", "audit", format, audit.COLUMNS, rows, filters.told())


@router.get("/exports/statistics", summary="导出统计表", response_class=FileResponse)
def export_statistics(
    user: Exporter, services: ServicesDep, filters: Annotated[StatisticsFilters, Depends()]
) -> FileResponse:
    """A workbook with a sheet a table, and one that says what the figures mean."""
    with services.store.reading() as session:
        criteria = filters.findings().criteria(), filters.cases().criteria(session)
        found = overview(session, user, *criteria, filters.period)
        asked = filters.in_words(session, user)
    notes, tables = [*asked, *NOTES], list(found.tables.values())
    kind = ExportFormat.XLSX
    return _sent(
        services,
        user,
        "统计",
        "statistics",
        kind,
        filters.told(),
        lambda at: write_workbook(at, notes, tables),
    )


@router.get("/exports/complaint-statistics", summary="导出投诉举报统计表", response_class=FileResponse)
def export_complaint_statistics(
    user: ComplaintReader, services: ServicesDep, filters: Annotated[ComplaintFilters, Depends()]
) -> FileResponse:
    """Counts alone: no report, nobody's name."""
    with services.store.reading() as session:
        _, found = complaints.complaint_tables(session, filters.criteria())
    kind, title, asked = ExportFormat.XLSX, "投诉举报统计", filters.told()

    def write(place: Path) -> int:
        return write_workbook(place, complaints.NOTES, found)

    return _sent(services, user, title, "complaint_statistics", kind, asked, write)


def _file(
    services: Services,
    user: Principal,
    title: str,
    action: str,
    format: ExportFormat,
    columns: Sequence[Column],
    rows: Iterable[Row],
    asked: dict[str, str],
) -> FileResponse:
    def write(place: Path) -> int:
        return write_table(place, format, title, columns, rows)

    return _sent(services, user, title, action, format, asked, write)


def _sent(
    services: Services,
    user: Principal,
    title: str,
    action: str,
    format: ExportFormat,
    asked: dict[str, str],
    write: Callable[[Path], int],
) -> FileResponse:
    """Write the file, then the audit entry; what was not recorded does not leave. `write` gives the rows."""
    with temporary_file(f".{format.value}") as place:
        after = asked | {"format": format.value, "rows": write(place)}
        with services.store.session() as session:
            record(session, user, f"export.{action}", "export", "", after=after)
    return sent(place, f"{title}-{today():%Y%m%d}.{format.value}", MEDIA_TYPES[format])
