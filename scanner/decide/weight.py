"""How heavy a finding is: its disposition, its severity, and the message that says why."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from scanner.decide.fusion import Evidence
from scanner.decide.standards import Bar, as_for_retirement, bar, women_get_fewer
from scanner.findings import Category, Direction, Disposition, ExceptionHint
from scanner.lexicon import Hit

SURE = 0.99
"""Calibrated precision from which a finding of the model alone is a violation."""
_SEVERITIES: dict[Bar, str] = {"women": "S1", "men": "S3", "body": "S3", "unclear": "S2"}
_NOTES: dict[Bar, str] = {
    "women": "女性的条件更高",
    "men": "男性的条件更高",
    "body": "身高、体重、视力分列并不当然提高对女性的标准，请核对是否为岗位所需",
    "unclear": "",
}
_RETIREMENT = "与法定退休年龄相近的，也不得以性别区别对待"
_FEWER = "女性名额较少"
_UNSEEN = "规则命中而模型未见问题，请人工核对"
_FIELD = "单列婚姻状况是否属于个人基本信息尚无官方口径，请核对是否只问女性、是否影响录用"
_MARITAL_FIELD = re.compile(r"婚姻(?:状况|情况)?$|婚况$|婚否$")
_FURTHER = re.compile(r"[育孕孩胎恋]|(?<!男)女|配偶|爱人|老公")


@dataclass(frozen=True, slots=True)
class Weight:
    """The judgement on one finding.

    `against_women`: a standard or quota given for both sexes that is worse for women. `outside`: no
    employment post or no employer, so that no article applies.
    """

    disposition: Disposition
    severity: str
    message: str
    against_women: bool = False
    outside: bool = False

    @classmethod
    def of(cls, evidence: Evidence, quote: str, clause: str, hints: Sequence[ExceptionHint]) -> Self:
        """Weigh the words `quote` of `clause` with the grounds that stand around them."""
        standard = bar(quote) if _sets_standards(evidence.hit) else None
        fewer = _sets_quota(evidence.hit) and women_get_fewer(quote)
        field = _is_field(evidence.hit, quote, clause)
        notes = [_NOTES[standard]] if standard else []
        notes += [_RETIREMENT] if standard == "women" and as_for_retirement(quote) else []
        notes += [_FEWER] * fewer + [_FIELD] * field
        effects = {hint.effect for hint in hints}
        return cls(
            disposition=_disposition(evidence, effects, advisory=field or standard == "body"),
            severity="S3" if field else _severity(evidence.hit, effects, standard),
            message=_message(evidence, quote, hints, notes),
            against_women=standard == "women" or fewer,
            outside="out_of_scope" in effects,
        )


def _sets_standards(hit: Hit) -> bool:
    """Whether a standard is given for both sexes; pay is judged by another article."""
    standard = hit.rule.category is Category.DIFFERENTIAL_STANDARD and hit.direction is Direction.BOTH
    return standard and hit.rule.subtype != "pay_diff_by_sex"


def _sets_quota(hit: Hit) -> bool:
    return hit.rule.category is Category.GENDER_RESTRICTION and hit.direction is Direction.BOTH


def _is_field(hit: Hit, quote: str, clause: str) -> bool:
    """Whether all that is asked, of everyone, is one neutral 婚姻状况 (REFERENCE 7.1, T1)."""
    asked = hit.rule.category is Category.MARITAL_BIRTH_INQUIRY and _MARITAL_FIELD.search(quote)
    return bool(asked) and not _FURTHER.search(clause)


def _disposition(evidence: Evidence, effects: set[str], *, advisory: bool) -> Disposition:
    """Cleared only by an exception that says so; any other possible ground must be asked about.

    What another authority must judge (`route`: the civil service) is cleared by nothing.

    So must what is advisory by itself, what the model doubts, and what only the model found, unless it is as
    sure as rules are.
    """
    if "out_of_scope" in effects or ("clear" in effects and "route" not in effects):
        return Disposition.EXEMPT
    unsure = not evidence.by_rule and (evidence.model or 0.0) < SURE
    ask = advisory or effects & {"review", "downgrade", "route"} or evidence.hit.rule.review
    return Disposition.REVIEW if ask or evidence.doubted or unsure else Disposition.VIOLATION


def _severity(hit: Hit, effects: set[str], standard: Bar | None) -> str:
    if "downgrade" in effects:
        return "S3"
    return _SEVERITIES[standard] if standard else str(hit.rule.by_direction("severity", hit.direction))


def _message(evidence: Evidence, quote: str, hints: Sequence[ExceptionHint], notes: list[str]) -> str:
    parts = [f"“{quote}”{evidence.hit.rule.message}", *notes, evidence.hit.rule.review]
    parts += [_UNSEEN] if evidence.doubted else []
    parts += [f"若{hint.name}，所称理由不成立" for hint in hints if hint.effect == "none"]
    return "；".join(part for part in parts if part)
