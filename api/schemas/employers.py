"""Employers and publishers as they go in and out."""

from __future__ import annotations

from pydantic import BaseModel, Field

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
    sightings: int = Field(description="采集到的次数")


class EmployerView(BaseModel):
    """An employer."""

    id: str
    name: str
    normalised: str
    merged_into_id: str | None


class EmployerDetail(BaseModel):
    """An employer with its other names and its reach."""

    employer: EmployerView
    other_names: list[EmployerView] = Field(description="已并入本单位的名称")
    reach: Reach
    case_ids: list[str]


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


class PublisherDetail(BaseModel):
    """A publisher with its reach."""

    publisher: PublisherView
    reach: Reach


class PublisherChange(Strict):
    """What kind a publisher really is."""

    kind: PublisherKind
    reason: Reason
