"""Counts as they go out."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from api.cases.agreement import Agreement


class GroupView(BaseModel):
    """One row of counts: findings or cases, and their reach."""

    key: str | None = Field(description="组的键；为空则不详")
    name: str
    counts: dict[str, int] = Field(
        description="findings 线索，violations 涉嫌违法，pending 待核，reviewed 已有人复核，cases 案件，"
        "open 未结，overdue 逾期，ads 广告，groups 去掉近似副本后的广告，employers 用人单位，publishers 发布者，"
        "regions 地区",
        examples=[{"findings": 12, "violations": 9, "ads": 8, "groups": 5, "employers": 3, "publishers": 2}],
    )


class StatisticsView(BaseModel):
    """Counts in groups: at most 200, those with most ads first, periods latest first."""

    by: str
    groups: list[GroupView]


class AgreementView(BaseModel):
    """How far two reviewers agree."""

    model_config = ConfigDict(from_attributes=True)

    first_id: str
    second_id: str
    findings: int = Field(description="两人都复核过的线索，近似副本合为一条")
    observed: float = Field(description="结论相同的比例")
    kappa: float | None = Field(description="Cohen's kappa，扣除偶然一致；两人结论全部相同且只有一种时为空")

    @classmethod
    def of(cls, found: Agreement) -> AgreementView:
        """From the computation."""
        return cls.model_validate(found)
