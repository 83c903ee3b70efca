"""Which findings: the query parameters that lists and exports share."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Annotated

from fastapi import Query
from pydantic import AwareDatetime
from sqlalchemy import ColumnElement, exists, select

from api.schemas.ids import ID_PATTERN
from api.store.ads import Capture, Review, StoredAd, StoredFinding
from api.store.cases import CaseFinding
from scanner.findings import Category, Direction, Disposition

_Id = Query(pattern=ID_PATTERN)


@dataclass
class FindingFilters:
    """All that are given must fit."""

    category: Annotated[Category | None, Query(description="类别")] = None
    direction: Annotated[Direction | None, Query(description="方向")] = None
    disposition: Annotated[Disposition | None, Query(description="处置")] = None
    severity: Annotated[str | None, Query(pattern="^S[123]$", description="严重程度：S1、S2、S3")] = None
    ad_id: Annotated[str | None, _Id] = None
    employer_id: Annotated[str | None, _Id] = None
    publisher_id: Annotated[str | None, _Id] = None
    batch_id: Annotated[str | None, _Id] = None
    case_id: Annotated[str | None, _Id] = None
    reviewed: Annotated[bool | None, Query(description="是否已有人复核")] = None
    since: Annotated[AwareDatetime | None, Query(description="发现时间自（含）")] = None
    until: Annotated[AwareDatetime | None, Query(description="发现时间至（不含）")] = None

    def criteria(self) -> list[ColumnElement[bool]]:
        """As conditions on the table of findings."""
        same = ("category", "direction", "disposition", "severity", "ad_id")
        found = [getattr(StoredFinding, n) == v for n in same if (v := getattr(self, n)) is not None]
        if self.since:
            found.append(StoredFinding.created_at >= self.since)
        if self.until:
            found.append(StoredFinding.created_at < self.until)
        if self.reviewed is not None:
            spoken = exists().where(Review.finding_id == StoredFinding.id)
            found.append(spoken if self.reviewed else ~spoken)
        return found + self._elsewhere()

    def _elsewhere(self) -> list[ColumnElement[bool]]:
        """Conditions that stand in other tables."""
        found: list[ColumnElement[bool]] = []
        for name in ("employer_id", "publisher_id"):
            if (value := getattr(self, name)) is not None:
                ads = select(StoredAd.id).where(getattr(StoredAd, name) == value)
                found.append(StoredFinding.ad_id.in_(ads))
        if self.batch_id:
            versions = select(Capture.version_id).where(Capture.batch_id == self.batch_id)
            found.append(StoredFinding.version_id.in_(versions))
        if self.case_id:
            of_case = select(CaseFinding.finding_id).where(CaseFinding.case_id == self.case_id)
            found.append(StoredFinding.id.in_(of_case))
        return found

    def told(self) -> dict[str, str]:
        """What was asked for, for the audit log."""
        given = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: str(value) for name, value in given.items() if value is not None}
