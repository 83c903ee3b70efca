"""Findings and cases as files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import FileResponse

from api.audit.record import record
from api.auth.deps import allowed
from api.auth.permissions import Permission
from api.auth.principal import Principal
from api.auth.scope import visible
from api.cases.workflow import today
from api.deps import ServicesDep
from api.exports import cases, findings
from api.exports.download import sent, temporary_file
from api.exports.table import MEDIA_TYPES, Column, ExportFormat, Row, write_table
from api.schemas.case_filters import CaseFilters
from api.schemas.finding_filters import FindingFilters
from api.state import Services
from api.store.accounts import Role
from api.store.ads import StoredFinding
from api.store.cases import Case

router = APIRouter(prefix="/v1", tags=["导出"])
Exporter = Annotated[Principal, Depends(allowed(Permission.EXPORT))]
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
        criteria = [visible(StoredFinding, user), *filters.criteria()]
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
    """Write the file, then the audit entry; what was not recorded does not leave."""
    with temporary_file(f".{format.value}") as place:
        number = write_table(place, format, title, columns, rows)
        after = asked | {"format": format.value, "rows": number}
        with services.store.session() as session:
            record(session, user, f"export.{action}", "export", "", after=after)
    return sent(place, f"{title}-{today():%Y%m%d}.{format.value}", MEDIA_TYPES[format])
