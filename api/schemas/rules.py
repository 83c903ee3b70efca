"""Rules and articles over the wire."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import Depends, Query
from pydantic import BaseModel, Field

from api.lexicon.browse import EFFECT_NAMES, Effect, RuleFilters, effect_of
from api.lexicon.in_force import content_of
from scanner.findings import CATEGORY_NAMES, Category, Direction
from scanner.law import Article
from scanner.lexicon.lexicon import directions_of
from scanner.lexicon.schema import Rule, Veto


def rule_filters(
    words: Annotated[str, Query(max_length=50, description="编号、写法、说明、例句或法条中的文字")] = "",
    category: Annotated[Category | None, Query(description="只列这一类别")] = None,
    direction: Annotated[Direction | None, Query(description="只列这一方向")] = None,
    effect: Annotated[Effect | None, Query(description="只列这一作用")] = None,
) -> RuleFilters:
    """The filters of a list of rules, from the query."""
    return RuleFilters(words.strip(), category, direction, effect)


RuleFiltersDep = Annotated[RuleFilters, Depends(rule_filters)]


class RuleShown(BaseModel):
    """A rule of the lexicon, or lawful wording that silences rules (no category)."""

    id: str = Field(examples=["only-sex"])
    category: Category | None
    category_name: str = Field(examples=["限定性别"])
    directions: list[Direction] = Field(description="可能的方向；合法用语没有方向")
    effect: Effect
    effect_name: str = Field(examples=["报为线索"])
    message: str = Field(description="说明；合法用语为不报出的理由")
    rewrite: str
    law: list[str] = Field(description="条文编号，见 /v1/laws")
    patterns: list[str] = Field(description="写法")
    flag: list[str] = Field(description="应当报出的例句，方括号内为命中的词")
    silent: list[str] = Field(description="不应报出的例句")
    source: str
    changed: bool = Field(description="本单位新增或改过")
    entry: dict[str, Any] = Field(description="全部内容，写法同规则文件")

    @classmethod
    def of(cls, entry: Rule | Veto, *, changed: bool) -> RuleShown:
        """As an inspector reads it."""
        effect = effect_of(entry)
        shared: dict[str, Any] = {
            "id": entry.id,
            "patterns": entry.patterns,
            "source": entry.source,
            "effect": effect,
            "effect_name": EFFECT_NAMES[effect],
            "changed": changed,
            "entry": content_of(entry),
        }
        if isinstance(entry, Veto):
            return cls(
                **shared,
                category=None,
                category_name="合法用语",
                message=entry.reason,
                rewrite="",
                law=[],
                flag=[],
                silent=entry.silent,
                directions=[],
            )
        return cls(
            **shared,
            category=entry.category,
            category_name=CATEGORY_NAMES[entry.category],
            message=entry.message,
            rewrite=entry.rewrite,
            law=sorted(entry.law_refs()),
            flag=entry.flag,
            silent=entry.pass_,
            directions=list(directions_of(entry)),
        )


class ArticleShown(BaseModel):
    """An article that findings cite. `quotation` is set only where the wording was verified."""

    id: str = Field(examples=["WL43.1"])
    cited_as: str = Field(examples=["《妇女权益保障法》第四十三条第（一）项"])
    role: str
    status: str = Field(description="核对情况")
    valid_from: date
    valid_to: date | None
    region: str | None
    quotation: str | None = Field(description="原文；未与官方文本核对的为 null")
    paraphrase: str | None = Field(description="大意，不是原文")

    @classmethod
    def of(cls, article: Article) -> ArticleShown:
        """As an inspector reads it."""
        same = ("id", "cited_as", "valid_from", "valid_to", "region", "quotation", "paraphrase")
        shown = {name: getattr(article, name) for name in same}
        return cls(role=article.role.value, status=article.status.value, **shown)
