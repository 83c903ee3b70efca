"""How findings are put into Chinese words, the same in every report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from scanner.ad import Ad
from scanner.findings import (
    CATEGORY_NAMES,
    DIRECTION_NAMES,
    DISPOSITION_NAMES,
    SEVERITY_NAMES,
    ExceptionHint,
    Finding,
    LegalBasis,
    Versions,
)
from scanner.report.summary import RunSummary

DISCLAIMER = "命中是线索，不是违法认定；是否违法由执法人员核实后认定。"
UNVERIFIED = "待核原文"
ROLE_NAMES = {"prohibition": "禁止性规定", "sanction": "法律责任", "policy": "政策要求"}
SOURCE_NAMES = {"rule": "规则", "model": "模型"}
SUBTYPE_NAMES = {
    "sex_limit_male": "限定男性",
    "sex_limit_female": "限定女性",
    "sex_quota_split": "按性别分名额",
    "gendered_title": "性别化岗位名称",
    "objectifying_content": "物化女性内容",
    "sex_pref_male": "男性优先",
    "sex_pref_female": "女性优先",
    "sex_suit_male": "适合男性",
    "female_discouraged": "劝退女性",
    "marital_status_condition": "以婚姻、生育状况为条件",
    "birth_restriction": "限制结婚、生育",
    "birth_plan_condition": "以无婚育计划为条件",
    "marital_birth_inquiry": "询问婚育情况",
    "pregnancy_test": "妊娠测试",
    "pregnancy_exclusion": "排斥孕产哺期妇女",
    "diff_standard_age": "男女年龄标准不同",
    "diff_standard_education": "男女学历标准不同",
    "diff_standard_other": "其他差别标准",
    "appearance_female_only": "仅对女性提相貌身高",
    "pay_diff_by_sex": "按性别定薪",
}
_FIELD_NAMES = {"title": "职位名称", "text": "正文"}


def field_name(field: str) -> str:
    """正文 for `text`, the column's own name for `fields.<name>`."""
    return _FIELD_NAMES.get(field) or field.removeprefix("fields.")


def subtype_name(finding: Finding) -> str:
    """The Chinese name of the subtype; a subtype of an edited lexicon shows as it is written there."""
    return SUBTYPE_NAMES.get(finding.subtype, finding.subtype)


def cited(basis: LegalBasis) -> str:
    """《妇女权益保障法》第四十三条第（一）项."""
    name, bracket, document = basis.law_name.partition("（")
    return f"《{name}》{bracket}{document}{basis.article}"


def cited_together(bases: Sequence[LegalBasis]) -> str:
    """《就业促进法》第三条、第二十六条; all of one law."""
    return "、".join([cited(bases[0]), *(basis.article for basis in bases[1:])])


def leading(finding: Finding) -> dict[str, LegalBasis]:
    """The first article of each role, in the order of ROLE_NAMES."""
    firsts: dict[str, LegalBasis] = {}
    for basis in finding.legal_basis:
        firsts.setdefault(basis.role, basis)
    return {role: firsts[role] for role in ROLE_NAMES if role in firsts}


def further(finding: Finding) -> list[list[LegalBasis]]:
    """The articles that do not lead, those of one law together."""
    first = set(leading(finding).values())
    groups: dict[str, list[LegalBasis]] = {}
    for basis in finding.legal_basis:
        if basis not in first:
            groups.setdefault(basis.law_name, []).append(basis)
    return list(groups.values())


def provision(basis: LegalBasis) -> str:
    """What the article says: quoted if its wording was verified, else told and marked 待核原文."""
    told = f"“{basis.quotation}”" if basis.quotation else basis.paraphrase or ""
    note = basis.note or ("" if basis.quotation else UNVERIFIED)
    return f"{told}（{note}）" if note else told


def quotes(finding: Finding) -> str:
    """The words at fault."""
    return "；".join(span.quote for span in finding.spans)


def laws(finding: Finding) -> str:
    """The articles, in order, by name and number; those not verified are marked."""
    return "；".join(
        cited(basis) + ("" if basis.quotation else f"（{UNVERIFIED}）") for basis in finding.legal_basis
    )


def sources(finding: Finding) -> str:
    """规则 bare-sex；模型 0.98."""
    return "；".join(
        f"{SOURCE_NAMES.get(source.kind, source.kind)} {source.id}"
        + ("" if source.score is None else f"（{source.score:.2f}）")
        for source in finding.sources
    )


def ground(hint: ExceptionHint) -> str:
    """A possible exception with what the employer must show, or a claim that is none with the reason."""
    if hint.effect == "none":
        return f"{hint.name}（不成立：{hint.must_show}）"
    return f"{hint.name}（须证明：{hint.must_show}）"


def web_link(url: str) -> str | None:
    """`url` if it is safe to offer as a link (http and https only), else None."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    sound = parts.scheme in ("http", "https") and parts.netloc and url.isprintable()
    return url.strip() if sound else None


def place(ad: Ad) -> str:
    """文件 第 3 行."""
    return f"{ad.source} 第 {ad.row} 行".strip() if ad.row else ad.source


def versions_line(versions: Versions | None) -> str:
    """平招 0.1.0 · 词库 … · 法规库 … · 模型 …."""
    if versions is None:
        return "没有扫描到广告"
    model = versions.model or "未使用"
    return f"平招 {versions.scanner} · 词库 {versions.lexicon} · 法规库 {versions.law} · 模型 {model}"


def counts(summary: RunSummary) -> list[tuple[str, list[tuple[str, int]]]]:
    """The summary as titled lists of (name, count), in the order of the catalogue; zeros stay out."""
    groups: list[tuple[str, Mapping[Any, str], Counter[str]]] = [
        ("处置", DISPOSITION_NAMES, summary.by_disposition),
        ("类别", CATEGORY_NAMES, summary.by_category),
        ("方向", DIRECTION_NAMES, summary.by_direction),
        ("严重程度", SEVERITY_NAMES, summary.by_severity),
    ]
    return [
        (title, [(name, counter[key]) for key, name in names.items() if counter[key]])
        for title, names, counter in groups
    ]
