"""Standing orders to open cases, as they go in and out."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import ConfigDict, Field, StringConstraints

from api.schemas.accounts import Strict
from api.store.cases import OpeningRule
from scanner.findings import Category, Disposition

RuleName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
Severity = Annotated[str, Field(pattern="^S[123]$")]


class OpeningRuleIn(Strict):
    """A standing order; empty lists mean any. Exempt findings open no case unless asked for."""

    name: RuleName = Field(examples=["严重的涉嫌违法，一律立案"])
    active: bool = True
    categories: list[Category] = Field([], max_length=8)
    dispositions: list[Disposition] = Field([Disposition.VIOLATION], min_length=1, max_length=3)
    severities: list[Severity] = Field([], max_length=3, examples=[["S1"]])
    min_ads: int = Field(1, ge=1, le=10_000, description="同一用人单位至少有几条广告符合")


class OpeningRuleView(OpeningRuleIn):
    """A standing order as shown."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    created_by: str
    created_at: datetime

    @classmethod
    def of(cls, rule: OpeningRule) -> OpeningRuleView:
        """From its row."""
        return cls.model_validate(rule)
