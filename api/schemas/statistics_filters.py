"""Which findings and cases the page of statistics, its workbook and the monthly report count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated

from fastapi import Query
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.auth.principal import Principal
from api.auth.scope import visible
from api.cases.periods import Period, midnight
from api.schemas.case_filters import CaseFilters
from api.schemas.finding_filters import FindingFilters
from api.schemas.ids import ID_PATTERN
from api.store.ads import Publisher

FIRST, LAST = date(2000, 1, 1), date(2099, 12, 31)


@dataclass
class StatisticsFilters:
    """All that are given must fit. Days are those of China, the first and the last among them."""

    first: Annotated[date | None, Query(alias="from", ge=FIRST, le=LAST, description="自（含）")] = None
    last: Annotated[date | None, Query(alias="to", ge=FIRST, le=LAST, description="至（含）")] = None
    region: Annotated[str | None, Query(min_length=1, max_length=40, description="地区")] = None
    publisher_id: Annotated[str | None, Query(pattern=ID_PATTERN, description="发布者")] = None
    period: Annotated[Period, Query(description="按日、周、月或年")] = Period.MONTH

    def findings(self) -> FindingFilters:
        """By the time at which they were found."""
        filters = FindingFilters(region=self.region, publisher_id=self.publisher_id)
        filters.since = midnight(self.first) if self.first else None
        filters.until = midnight(self.last + timedelta(days=1)) if self.last else None
        return filters

    def cases(self) -> CaseFilters:
        """By the time at which they were opened."""
        found = self.findings()
        return CaseFilters(
            region=self.region, publisher_id=self.publisher_id, since=found.since, until=found.until
        )

    @property
    def narrow(self) -> bool:
        """Whether anything was asked for but the length of periods."""
        return bool(self.first or self.last or self.region or self.publisher_id)

    def in_words(self, session: Session, user: Principal) -> list[str]:
        """What was asked for, for people."""
        days = f"{self.first or '最早'} 至 {self.last or '今'}" if self.first or self.last else "全部"
        known = select(Publisher.name).where(Publisher.id == self.publisher_id, visible(Publisher, user))
        named = self.publisher_id and (session.scalar(known) or self.publisher_id)
        asked = [
            f"时间：{days}",
            f"地区：{self.region}" if self.region else "",
            f"发布平台：{named}" if named else "",
        ]
        return [line for line in asked if line]

    def told(self) -> dict[str, str]:
        """What was asked for, as the query's own parameters; blanks left out."""
        given = {
            "from": self.first,
            "to": self.last,
            "region": self.region,
            "publisher_id": self.publisher_id,
        }
        return {name: str(value) for name, value in given.items() if value is not None} | {
            "period": self.period.value
        }
