"""Which findings: the query parameters that lists, the review queue, exports and statistics share."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Annotated, Any

from fastapi import Query
from pydantic import AwareDatetime
from sqlalchemy import ColumnElement, Select, exists, false, select

from api.auth.principal import Principal
from api.auth.scope import visible
from api.schemas.ids import ID_PATTERN
from api.store.accounts import Role
from api.store.ads import Capture, Employer, FindingRule, Review, StoredAd, StoredFinding
from api.store.cases import Case, CaseFinding
from api.store.folds import Fold
from scanner.findings import Category, Direction, Disposition

_Id = Query(pattern=ID_PATTERN)
_ALIKE = ("category", "direction", "disposition", "severity")
"""What all findings of a fold have in common."""


@dataclass
class FindingFilters:
    """All that are given must fit."""

    category: Annotated[Category | None, Query(description="类别")] = None
    direction: Annotated[Direction | None, Query(description="方向")] = None
    disposition: Annotated[Disposition | None, Query(description="处置")] = None
    severity: Annotated[str | None, Query(pattern="^S[123]$", description="严重程度：S1、S2、S3")] = None
    ad_id: Annotated[str | None, _Id] = None
    employer_id: Annotated[str | None, _Id] = None
    employer: Annotated[str | None, Query(min_length=1, max_length=50, description="单位名称含有")] = None
    publisher_id: Annotated[str | None, _Id] = None
    region: Annotated[str | None, Query(min_length=1, max_length=40, description="地区")] = None
    rule_id: Annotated[str | None, Query(min_length=1, max_length=100, description="命中的规则")] = None
    assignee_id: Annotated[str | None, Query(pattern=ID_PATTERN, description="所在案件的承办人")] = None
    batch_id: Annotated[str | None, _Id] = None
    case_id: Annotated[str | None, _Id] = None
    reviewed: Annotated[bool | None, Query(description="是否已有人复核")] = None
    since: Annotated[AwareDatetime | None, Query(description="发现时间自（含）")] = None
    until: Annotated[AwareDatetime | None, Query(description="发现时间至（不含）")] = None

    def visible_to(self, user: Principal) -> list[ColumnElement[bool]]:
        """As conditions on the table of findings, with what this user may see."""
        return [visible(StoredFinding, user), *self._allowed(user), *self.criteria()]

    def on_folds(self, user: Principal) -> list[ColumnElement[bool]]:
        """As conditions on the table of folds, as far as this user may ask them."""
        return [*self._allowed(user), *self.of_folds()]

    def _allowed(self, user: Principal) -> list[ColumnElement[bool]]:
        """An agency that asks for what the office made of its ads finds nothing."""
        of_office = (self.reviewed, self.case_id, self.assignee_id) != (None, None, None)
        return [false()] if of_office and user.role == Role.AGENCY else []

    def criteria(self) -> list[ColumnElement[bool]]:
        """As conditions on the table of findings."""
        found = self._equal(StoredFinding, (*_ALIKE, "ad_id")) + self._within(StoredFinding.created_at)
        if self.reviewed is not None:
            spoken = exists().where(Review.finding_id == StoredFinding.id)
            found.append(spoken if self.reviewed else ~spoken)
        return found + self._elsewhere()

    def of_folds(self) -> list[ColumnElement[bool]]:
        """As conditions on the table of folds: one of its findings fits, and the last was found in time."""
        found = self._equal(Fold, _ALIKE) + self._within(Fold.last_found)
        if self.reviewed is not None:
            found.append(Fold.unreviewed == 0 if self.reviewed else Fold.unreviewed > 0)
        if within := self._equal(StoredFinding, ("ad_id",)) + self._elsewhere():
            found.append(Fold.id.in_(select(StoredFinding.fold_id).where(*within)))
        return found

    def _equal(self, model: Any, names: tuple[str, ...]) -> list[ColumnElement[bool]]:
        return [getattr(model, name) == value for name in names if (value := getattr(self, name)) is not None]

    def _within(self, column: Any) -> list[ColumnElement[bool]]:
        found: list[ColumnElement[bool]] = [column >= self.since] if self.since else []
        return [*found, column < self.until] if self.until else found

    def _elsewhere(self) -> list[ColumnElement[bool]]:
        """Conditions that stand in other tables."""
        ads = self._equal(StoredAd, ("employer_id", "publisher_id", "region"))
        if self.employer:
            named = Employer.name.contains(self.employer, autoescape=True)
            ads.append(StoredAd.employer_id.in_(select(Employer.id).where(named)))
        found: list[ColumnElement[bool]] = []
        if ads:
            found.append(StoredFinding.ad_id.in_(select(StoredAd.id).where(*ads)))
        if self.batch_id:
            versions = select(Capture.version_id).where(Capture.batch_id == self.batch_id)
            found.append(StoredFinding.version_id.in_(versions))
        found += [StoredFinding.id.in_(ids) for ids in self._named()]
        return found

    def _named(self) -> list[Select[str]]:
        """The ids of findings that must fit."""
        of_case = select(CaseFinding.finding_id)
        found: list[Select[str]] = []
        if self.rule_id:
            found.append(select(FindingRule.finding_id).where(FindingRule.rule_id == self.rule_id))
        if self.case_id:
            found.append(of_case.where(CaseFinding.case_id == self.case_id))
        if self.assignee_id:
            theirs = select(Case.id).where(Case.assignee_id == self.assignee_id)
            found.append(of_case.where(CaseFinding.case_id.in_(theirs)))
        return found

    def told(self) -> dict[str, str]:
        """What was asked for, for the audit log."""
        given = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: str(value) for name, value in given.items() if value is not None}
