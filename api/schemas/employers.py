"""Employers and publishers as they go in and out."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from api.cases.repeats import Repeat
from api.schemas.accounts import Id, Strict
from api.schemas.fields import Reason
from api.store.ads import PublisherKind

KIND_NAMES = {PublisherKind.PLATFORM: "招聘平台", PublisherKind.AGENCY: "人力资源服务机构"}


class Reach(BaseModel):
    """How widely ads were spread: what 公益诉讼 asks for."""

    ads: int = Field(description="广告条数")
    flagged_ads: int = Field(description="其中有涉嫌违法或待核线索的")
    violations: int = Field(description="涉嫌违法的线索")
    groups: int = Field(description="去掉近似副本后的条数")
    counterparts: int = Field(description="涉及的发布者数（对用人单位）或用人单位数（对发布者）")
    regions: int = Field(description="涉及的地区数")
    sightings: int = Field(description="采集到的次数")


class EmployerView(BaseModel):
    """An employer."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    name: str
    normalised: str
    merged_into_id: str | None


class Counted(BaseModel):
    """How much there is of one employer or publisher."""

    ads: int = Field(description="广告条数")
    findings: int = Field(description="涉嫌违法和待核的线索")
    violations: int = Field(description="其中涉嫌违法的")
    last_seen: datetime | None = Field(description="最近一次见到其广告")


class EmployerListed(EmployerView, Counted):
    """An employer as listed."""


class WrittenName(BaseModel):
    """A name as it stood in ads."""

    name: str
    sightings: int = Field(description="采集到的次数")


class RepeatView(BaseModel):
    """What was found again after a case was corrected; what people dismissed is not counted."""

    model_config = ConfigDict(from_attributes=True)

    case_id: str
    number: str = Field(description="案件编号")
    corrected_at: datetime = Field(description="首次整改的时间")
    findings: int = Field(description="此后发现的线索")
    ads: int = Field(description="涉及的广告")
    alike: int = Field(description="其中与原案同类的")
    earlier: int = Field(description="此后发现、但发布日期早于整改的线索，不计入")
    last_found: datetime | None

    @classmethod
    def of(cls, found: Repeat) -> RepeatView:
        """From the computation."""
        return cls.model_validate(found)


class EmployerDetail(BaseModel):
    """An employer with its names, its reach, its cases."""

    employer: EmployerView
    other_names: list[EmployerView] = Field(description="已并入本单位的名称")
    written: list[WrittenName] = Field(description="广告中的写法，多的在前，至多 20 种")
    reach: Reach
    openings: int = Field(description="有线索的广告写明的招聘人数合计，近似副本计一次")
    case_ids: list[str]
    repeats: list[RepeatView] = Field(description="整改后又发现的线索，每件整改过的案件一项")


class SuggestionView(BaseModel):
    """An employer that may be the same."""

    employer: EmployerView
    score: float = Field(description="名称相似度，0 到 100")


class MergeIn(Strict):
    """A person's word that one employer is another."""

    into_id: Id = Field(description="并入的用人单位")
    reason: Reason


class PublisherView(BaseModel):
    """A job board or agency."""

    id: str
    name: str
    kind: PublisherKind
    kind_name: str


class PublisherListed(PublisherView, Counted):
    """A publisher as listed."""


class PublisherDetail(BaseModel):
    """A publisher with its reach."""

    publisher: PublisherView
    reach: Reach


class PublisherChange(Strict):
    """What kind a publisher really is."""

    kind: PublisherKind
    reason: Reason
