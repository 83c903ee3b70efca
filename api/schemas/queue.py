"""The review queue, and acts of review, as they go in and out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Self

from fastapi import Depends, Query
from pydantic import BaseModel, Field
from sqlalchemy import Select

from api.auth.principal import Principal
from api.cases.agreement import Agreement
from api.cases.dossier import Dossier, Judgement
from api.cases.queue import Entry, QueueSort, QueueState, blind, queue, without_cleared
from api.cases.reviews import DECISION_NAMES
from api.schemas.accounts import Id, Strict
from api.schemas.fields import Reason
from api.schemas.finding_filters import FindingFilters
from api.schemas.findings import FindingView
from api.store.ads import Decision, StoredFinding

MAX_FOLDS = 200


@dataclass
class QueueFilters:
    """What is in the queue and what comes first; dates are those of the last finding."""

    findings: Annotated[FindingFilters, Depends()]
    state: Annotated[QueueState, Query(description="等谁的结论")] = QueueState.OPEN
    sort: Annotated[QueueSort, Query(description="什么在前")] = QueueSort.PRIORITY

    def queue(self, user: Principal) -> Select[str]:
        """The ids of the folds that fit, in order."""
        cleared = without_cleared(self.findings.disposition, self.state)
        return queue(user, [*self.findings.on_folds(user), *cleared], self.state, self.sort)

    def blind(self, user: Principal) -> bool:
        """Whether what people said is kept from this user here."""
        return blind(user, self.state)

    def told(self) -> dict[str, str]:
        """What was asked for, for the audit log."""
        return self.findings.told() | {"state": self.state.value, "sort": self.sort.value}


class QueueItem(BaseModel):
    """One thing to judge: a finding with those of the near-copies of its ad."""

    id: str
    finding: FindingView = Field(description="其中最新的一条线索")
    title: str
    publisher: str | None
    region: str
    ads: int = Field(description="涉及的广告数，含近似副本")
    unreviewed: int | None = Field(description="尚无人复核的线索数；不便告知时为空")
    priority: float = Field(description="严重程度（3、2、1）×置信度×（1+log2(广告数)）")

    @classmethod
    def of(cls, entry: Entry, decision: Decision | None, *, blind: bool) -> Self:
        """From its rows and the last word on it."""
        ad = entry.finding.version.ad
        return cls(
            id=entry.fold.id,
            finding=FindingView.of(entry.finding, decision),
            title=entry.finding.version.title,
            publisher=ad.publisher.name if ad.publisher else None,
            region=ad.region,
            ads=entry.fold.ads,
            unreviewed=None if blind else entry.fold.unreviewed,
            priority=round(entry.fold.priority, 3),
        )


class CopyView(BaseModel):
    """A near-copy of the ad with the same finding."""

    finding_id: str
    ad_id: str
    title: str
    publisher: str | None
    region: str
    url: str
    found_at: datetime

    @classmethod
    def of(cls, finding: StoredFinding) -> Self:
        """From its row."""
        ad = finding.version.ad
        return cls(
            finding_id=finding.id,
            ad_id=ad.id,
            title=finding.version.title,
            publisher=ad.publisher.name if ad.publisher else None,
            region=ad.region,
            url=ad.url,
            found_at=finding.created_at,
        )


class JudgementView(BaseModel):
    """What one person decided at one stroke."""

    act_id: str
    reviewer_id: str
    reviewer: str
    decision: Decision
    decision_name: str
    reason: str
    at: datetime
    findings: int

    @classmethod
    def of(cls, judgement: Judgement) -> Self:
        """From what was found."""
        told = {name: getattr(judgement, name) for name in cls.model_fields if name != "decision_name"}
        return cls(**told, decision_name=DECISION_NAMES[judgement.decision])


class QueueDetail(BaseModel):
    """One thing to judge, in full."""

    item: QueueItem
    finding: dict[str, Any] = Field(description="扫描结果原样，见扫描报告的 JSON 约定")
    copies: list[CopyView] = Field(description="最近的 50 条近似副本，含本条")
    judgements: list[JudgementView] = Field(description="各人的结论；双人复核时不给出")
    case_ids: list[str]

    @classmethod
    def of(cls, item: QueueItem, found: Dossier) -> Self:
        """From what was found."""
        return cls(
            item=item,
            finding=found.entry.finding.payload,
            copies=[CopyView.of(copy) for copy in found.copies],
            judgements=[JudgementView.of(one) for one in found.judgements],
            case_ids=[case.id for case in found.cases],
        )


class FoldsReviewIn(Strict):
    """One decision on several things at once, each with its near-copies."""

    ids: list[Id] = Field(
        min_length=1,
        max_length=MAX_FOLDS,
        description="队列中的编号",
        examples=[["8d3c5f0a9b7e4c1d8f2a6b5c4d3e2f10"]],
    )
    decision: Decision = Field(examples=[Decision.DISMISSED])
    reason: Reason


class ActView(BaseModel):
    """What one act decided, or took back."""

    act_id: str = Field(description="撤销时用")
    findings: int = Field(description="涉及的线索数，含近似副本")


class OwnAgreementView(BaseModel):
    """How far a colleague agrees with the one who asks."""

    colleague_id: str
    colleague: str
    findings: int = Field(description="两人都复核过的线索，近似副本合为一条")
    observed: float = Field(description="结论相同的比例")
    kappa: float | None = Field(description="Cohen's kappa，扣除偶然一致；两人结论全部相同且只有一种时为空")

    @classmethod
    def of(cls, found: Agreement, user_id: str, names: dict[str, str]) -> Self:
        """From the computation, of which `user_id` is one side."""
        other = found.second_id if found.first_id == user_id else found.first_id
        told = {name: getattr(found, name) for name in ("findings", "observed", "kappa")}
        return cls(colleague_id=other, colleague=names[other], **told)
