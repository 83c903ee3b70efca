"""Drafts of rules over the wire: what is proposed, what its test found, what came of it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from api.lexicon.in_force import Entry
from api.lexicon.tryout import Mark, Stretch
from api.schemas.accounts import Strict
from api.schemas.fields import Reason
from api.store.rules import (
    DRAFT_STATUS_NAMES,
    LEXICON_ACT_NAMES,
    DraftKind,
    DraftStatus,
    LexiconAct,
    LexiconVersion,
    RuleDraft,
)
from scanner.findings import Category, Direction, Disposition
from scanner.lexicon.schema import Rule, Slug, Text, Veto

MAX_LINES = 60
_PAGES = ("drafts", "versions")


def _no_page(name: str) -> str:
    if name in _PAGES:
        raise ValueError("这个编号已用作页面地址，请换一个")
    return name


RuleId = Annotated[Slug, StringConstraints(max_length=64), AfterValidator(_no_page)]
_Line = Annotated[Text, StringConstraints(max_length=500)]
_Lines = Annotated[list[_Line], Field(min_length=1, max_length=MAX_LINES)]
_Subtype = Annotated[str, StringConstraints(min_length=1, max_length=60)]
_Refs = Annotated[list[Annotated[str, StringConstraints(max_length=40)]], Field(max_length=20)]
_RULE: dict[str, Any] = {
    "id": "sex-designated-post",
    "type": "phrase",
    "category": "gender_restriction",
    "subtype": {"male": "sex_limit_male", "female": "sex_limit_female"},
    "direction": "same",
    "severity": "S1",
    "law": {"male": ["WL43.1"], "female": ["HRM24"]},
    "message": "把岗位定为某一性别专岗",
    "rewrite": "删去“专岗”字样，写明岗位本身的要求",
    "patterns": ["<{sex_all}[专岗|专属岗位]>"],
    "flag": ["本岗位为[男士专岗]，包住宿"],
    "pass": ["男装专岗导购"],
}
_VETO: dict[str, Any] = {
    "id": "women-jobfair",
    "negative_class": "neg_welfare",
    "reason": "女性专场招聘会是政策支持的活动",
    "patterns": ["[女性|妇女]专场"],
    "silent": ["女性专场招聘会欢迎参加"],
}


class RuleIn(Rule):
    """A rule as a rule file has it, within limits."""

    model_config = ConfigDict(json_schema_extra={"examples": [_RULE]})

    id: RuleId
    subtype: _Subtype | dict[Direction, _Subtype]
    law: _Refs | dict[Direction, _Refs]
    message: _Line
    rewrite: _Line
    review: str = Field("", max_length=500)
    patterns: _Lines
    flag: _Lines
    pass_: Annotated[_Lines, Field(alias="pass")]
    source: str = Field("", max_length=500)


class VetoIn(Veto):
    """Lawful wording as a rule file has it, within limits."""

    model_config = ConfigDict(json_schema_extra={"examples": [_VETO]})

    id: RuleId
    negative_class: RuleId
    reason: _Line
    patterns: _Lines
    silent: _Lines
    source: str = Field("", max_length=500)


class DraftIn(Strict):
    """What is proposed: a rule, or lawful wording; an id that exists already means a change of it."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"rule": _RULE, "reason": "两家单位用了这种写法"}]}
    )

    reason: Reason
    rule: RuleIn | None = None
    veto: VetoIn | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.rule is None) == (self.veto is None):
            raise ValueError("rule 和 veto 须写且只写一个")
        return self

    def entry(self) -> Entry:
        """As the lexicon takes it."""
        given = self.rule or self.veto
        assert given is not None
        kind = Rule if isinstance(given, Rule) else Veto
        return kind.model_validate(given.model_dump(by_alias=True))


class DecisionIn(Strict):
    """Why a draft is put in force, withdrawn or declined."""

    reason: Reason


class TryIn(Strict):
    """A text to try an entry on."""

    text: str = Field(min_length=1, max_length=20_000, examples=["招前台文员一名，限女性，25岁以下。"])


class StretchView(BaseModel):
    """A run of the text: marked by the entry, silenced by lawful wording or a longer word, lawful, or neither."""

    model_config = ConfigDict(from_attributes=True)

    text: str
    mark: Mark


class TryReport(BaseModel):
    """What the entry alone marks, and what the whole lexicon and the model find."""

    alone: list[StretchView]
    hits: int = Field(description="该条目标出几处")
    findings: int = Field(description="全部规则和模型一共报出几条线索")
    html: str = Field(description="全部规则和模型的结果，HTML 片段，无脚本")

    @classmethod
    def of(cls, alone: list[Stretch], findings: int, html: str) -> TryReport:
        """Both results."""
        shown = [StretchView.model_validate(one) for one in alone]
        hits = sum(one.mark in (Mark.HIT, Mark.LAWFUL) for one in alone)
        return cls(alone=shown, hits=hits, findings=findings, html=html)


class FailureView(BaseModel):
    """An example that does not hold, of this entry or of another rule."""

    rule: str
    example: str
    expected: list[str]
    found: list[str]
    own: bool = Field(description="是否本草稿自己的例句")


class DifferenceView(BaseModel):
    """Words in a stored ad that only one of the two lexicons reports; empty where the ad is gone."""

    ad_id: str
    title: str
    field: str
    before: str
    quote: str
    after: str
    category: Category
    direction: Direction
    disposition: Disposition


class SideView(BaseModel):
    """What only one of the two lexicons reports."""

    findings: int
    ads: int
    shown: list[DifferenceView]


class TestView(BaseModel):
    """What a test found. `current` is false once the lexicon changed since."""

    at: datetime
    by: str = Field(description="检验人")
    current: bool = Field(description="检验之后草稿和词库都没有变化")
    failures: list[FailureView]
    ads: int = Field(description="抽查了几条已存广告")
    ads_stored: int = Field(description="一共存有几条广告")
    complete: bool = Field(description="false 表示时间所限，未查完所抽的广告")
    gained: SideView
    lost: SideView


class DraftSummary(BaseModel):
    """A draft in a list."""

    id: str
    rule_id: str
    kind: DraftKind
    status: DraftStatus
    status_name: str
    reason: str
    proposed_by: str = Field(description="提出人")
    proposer_id: str
    proposed_at: datetime
    changed_at: datetime
    decided_by: str | None = Field(description="决定人")
    decided_at: datetime | None
    decision: str = Field(description="启用、撤回或不采纳的理由")

    @classmethod
    def of(cls, draft: RuleDraft) -> DraftSummary:
        """From its row."""
        return cls(**_summary(draft))


class DraftView(DraftSummary):
    """A draft with its content, beside what is in force, and its last test."""

    content: dict[str, Any] = Field(description="条目，写法同规则文件")
    in_force: dict[str, Any] | None = Field(description="现行的同编号条目；新条目为 null")
    test: TestView | None

    @classmethod
    def made(cls, draft: RuleDraft, in_force: dict[str, Any] | None, test: TestView | None) -> DraftView:
        """From its row."""
        return cls(**_summary(draft), content=draft.content, in_force=in_force, test=test)


class LexiconVersionView(BaseModel):
    """One act that changed the lexicon."""

    number: int
    name: str = Field(examples=["lexicon-02a53def"], description="词库版本，线索中也有记载")
    at: datetime
    by: str
    act: LexiconAct
    act_name: str
    rule_id: str
    draft_id: str
    reason: str

    @classmethod
    def of(cls, version: LexiconVersion) -> LexiconVersionView:
        """From its row."""
        return cls(
            number=version.number,
            name=version.name,
            at=version.created_at,
            by=version.user.shown_name,
            act=version.act,
            act_name=LEXICON_ACT_NAMES[LexiconAct(version.act)],
            rule_id=version.draft.rule_id,
            draft_id=version.draft_id,
            reason=version.reason,
        )


def _summary(draft: RuleDraft) -> dict[str, Any]:
    return {
        "id": draft.id,
        "rule_id": draft.rule_id,
        "kind": draft.kind,
        "status": draft.status,
        "status_name": DRAFT_STATUS_NAMES[DraftStatus(draft.status)],
        "reason": draft.reason,
        "proposed_by": draft.proposer.shown_name,
        "proposer_id": draft.proposed_by,
        "proposed_at": draft.created_at,
        "changed_at": draft.changed_at,
        "decided_by": draft.decider.shown_name if draft.decider else None,
        "decided_at": draft.decided_at,
        "decision": draft.decision,
    }
