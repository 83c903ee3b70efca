"""Findings and what people say of them, as they go in and out."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field

from api.cases.reviews import DECISION_NAMES
from api.schemas.accounts import Strict
from api.schemas.fields import Reason
from api.store.ads import Decision, Review, StoredFinding
from scanner.findings import CATEGORY_NAMES, DIRECTION_NAMES, Category, Direction, Disposition


class FindingView(BaseModel):
    """A finding as listed. `decision` is what the last person said; null means that no person has looked."""

    id: str
    ad_id: str
    version_id: str
    category: Category
    category_name: str
    subtype: str
    direction: Direction
    direction_name: str
    disposition: Disposition
    severity: str
    confidence: float
    quotes: list[str] = Field(description="违规词句", examples=[["限男性"]])
    message: str
    employer_id: str | None
    employer: str | None
    found_at: datetime
    decision: Decision | None = Field(description="最近一次人工复核的结论；机器判断不算复核")

    @classmethod
    def of(cls, finding: StoredFinding, decision: Decision | None) -> FindingView:
        """From its row and the last word on it."""
        category, direction = Category(finding.category), Direction(finding.direction)
        employer = finding.version.ad.employer
        return cls(
            id=finding.id,
            ad_id=finding.ad_id,
            version_id=finding.version_id,
            category=category,
            category_name=CATEGORY_NAMES[category],
            subtype=finding.subtype,
            direction=direction,
            direction_name=DIRECTION_NAMES[direction],
            disposition=Disposition(finding.disposition),
            severity=finding.severity,
            confidence=finding.confidence,
            quotes=[span["quote"] for span in finding.payload["spans"]],
            message=finding.payload["message"],
            employer_id=employer.id if employer else None,
            employer=employer.name if employer else None,
            found_at=finding.created_at,
            decision=decision,
        )


class ReviewView(BaseModel):
    """One decision of one person."""

    id: str
    act_id: str = Field(description="同一次操作的复核共用；撤销时用")
    finding_id: str
    reviewer_id: str
    decision: Decision
    decision_name: str
    reason: str
    at: datetime

    @classmethod
    def of(cls, review: Review) -> ReviewView:
        """From its row."""
        decision = Decision(review.decision)
        return cls(
            id=review.id,
            act_id=review.act_id,
            finding_id=review.finding_id,
            reviewer_id=review.reviewer_id,
            decision=decision,
            decision_name=DECISION_NAMES[decision],
            reason=review.reason,
            at=review.created_at,
        )


class FindingDetail(BaseModel):
    """A finding in full."""

    summary: FindingView
    finding: dict[str, Any] = Field(description="扫描结果原样，见扫描报告的 JSON 约定")
    versions: dict[str, Any] = Field(description="生成该线索的程序、词库、法规库和模型版本")
    reviews: list[ReviewView]
    case_ids: list[str]


class ReviewIn(Strict):
    """A person's decision on a finding."""

    decision: Decision = Field(examples=[Decision.CONFIRMED])
    reason: Reason
