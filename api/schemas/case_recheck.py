"""Second looks at the ads of a case, and two versions of an ad compared, as they go in and out."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BaseModel, Field

from api.cases.changes import Change, changes
from api.cases.recheck import OUTCOME_NAMES, Outcome, Recheck
from api.schemas.accounts import Id, Strict
from api.schemas.ads import VersionView
from api.schemas.fields import Reason
from api.store.ads import AdVersion
from api.store.base import now
from api.store.cases import CaseStatus


def _not_to_come(at: datetime) -> datetime:
    if at > now():
        raise ValueError("采集时间不能晚于现在")
    return at


class NewCapture(Strict):
    """What an ad of the case says now."""

    ad_id: Id
    text: str = Field(min_length=1, max_length=1_000_000, examples=["招保安两名，男女不限，有保安证"])
    title: str = Field("", max_length=1000)
    fields: dict[str, str] = Field({}, max_length=100)
    captured_at: Annotated[AwareDatetime, AfterValidator(_not_to_come)] | None = Field(
        None, description="采集时间；不填为现在"
    )


class RecheckIn(Strict):
    """A second look. Without captures, what was taken in since the last change of status counts."""

    reason: Reason
    captures: list[NewCapture] = Field([], max_length=20)
    accept: bool = Field(False, description="是否按复查结果转为建议的状态")


class AdCheckView(BaseModel):
    """One ad of the case, then and now."""

    ad_id: str
    outcome: Outcome
    outcome_name: str
    old_version: int
    new_version: int
    captured_at: datetime | None
    diff: list[str] = Field(description="逐行差异")
    gone: list[str] = Field(description="已删去的词句")
    remaining: list[str] = Field(description="仍在的词句")
    new_finding_ids: list[str]


class RecheckView(BaseModel):
    """What a second look found."""

    outcome: Outcome
    outcome_name: str
    proposed: CaseStatus | None = Field(description="建议转为的状态；为空则无")
    ads: list[AdCheckView]

    @classmethod
    def of(cls, found: Recheck) -> RecheckView:
        """From the comparison."""
        ads = [
            AdCheckView(
                ad_id=one.ad_id,
                outcome=one.outcome,
                outcome_name=OUTCOME_NAMES[one.outcome],
                old_version=one.old_version,
                new_version=one.new_version,
                captured_at=one.captured_at,
                diff=list(one.diff),
                gone=list(one.gone),
                remaining=list(one.remaining),
                new_finding_ids=list(one.new_finding_ids),
            )
            for one in found.ads
        ]
        name = OUTCOME_NAMES[found.outcome]
        return cls(outcome=found.outcome, outcome_name=name, proposed=found.proposed, ads=ads)


class PieceView(BaseModel):
    """A stretch of text."""

    text: str
    changed: bool = Field(description="另一版本没有这段文字")


class ChangeView(BaseModel):
    """One part of an ad before and after."""

    name: str = Field(description="title、text 或栏目名")
    differs: bool
    before: list[PieceView]
    after: list[PieceView]

    @classmethod
    def of(cls, change: Change) -> ChangeView:
        """From the comparison."""
        sides = {"before": change.before, "after": change.after}
        told = {side: [piece._asdict() for piece in pieces] for side, pieces in sides.items()}
        return cls.model_validate({"name": change.name, "differs": change.differs, **told})


class ChangesView(BaseModel):
    """Two versions of an ad, compared character by character."""

    ad_id: str
    title: str
    old: VersionView
    new: VersionView
    changes: list[ChangeView]

    @classmethod
    def of(cls, old: AdVersion, new: AdVersion) -> ChangesView:
        """From the two versions."""
        return cls(
            ad_id=new.ad_id,
            title=new.title or old.title,
            old=VersionView.of(old),
            new=VersionView.of(new),
            changes=[ChangeView.of(change) for change in changes(old, new)],
        )
