"""The lawful rewrite a finding suggests: the rule's advice, and the clause without the words at fault."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from scanner.findings import Category, Direction
from scanner.lexicon import Hit

_WHOLE = {Category.MARITAL_BIRTH_INQUIRY, Category.PREGNANCY_EXCLUSION}
_WARNING = re.compile("慎|不|三思|清楚|斟酌")
"""With these, and in those categories, what is left between two marks makes no sense and goes too."""
_MENDED = "。可改为："
_STOP = r"\s，,、;；。.!！?？：:（()）【】\[\]"
_SEX = re.compile(r"^[男女](?:性|士|生(?![活产物态鲜命])|工$)?的?")
_EMPTY = re.compile(r"[(（【\[]\s*[)）】\]]")
_DOUBLE = re.compile(r"[，,、;；]\s*(?=[，,、;；。.])|(?<=[：:])\s*[，,、;；]+")
_HALF = re.compile(rf"(?:[{_STOP}]|^)(?:因为?|由于|鉴于|考虑到|出于)[^{_STOP}]+$|^虽然?(?!.*但)")
_CLAIM = re.compile("[男女孕育婚]|哺乳|孩子")
_LEADING = re.compile(r"^((?:\(?\d{1,2}[.、)]|[①-⑳])?)\s*[，,、;；]+\s*")
_LEFT = re.compile(
    rf"(?:(?<=[{_STOP}])|^)(?:但|故|现)?(?:我们|我司|公司|本公司|本店|[本该此](?:岗位?|职位))[^{_STOP}]*$|[^{_STOP}]{{0,4}}或$"
    r"|(?:故|因此|所以|但是?|且|并|以及|[及和与]|同等条件下?|限定|要求|现|就是|想|请|[仅只需须的])+$"
)
_RIGHT = re.compile(
    r"(?:者|考生|求职者|应聘者|人员)?(?:优先)?"
    r"(?:考[虑慮]|录用|录取|报考|报名|应聘|投[递遞]|入场|参加|从事|再[投来]|若干名?)?(?:[该此本]?(?:岗位|岗|职位))?"
    rf"(?=[{_STOP}]|$)|(?:从事|担任|做)的?"
)


@dataclass(frozen=True, slots=True)
class Fault:
    """Words at fault, by their half-open offsets in the clause; `sex_only`: just their 男/女 is."""

    start: int
    end: int
    sex_only: bool = False


def suggest(hit: Hit, mended: str, effects: set[str]) -> str:
    """The advice of the hit's rule, with the mended clause where there is one.

    `effects` of exceptions that may apply: what they clear may stay, what they leave open may need no change,
    and a reason that holds not (保护女性) must not stay either.
    """
    if effects & {"clear", "out_of_scope"}:
        return "核对属实的，无须修改"
    if "none" in effects and _CLAIM.search(mended):
        mended = ""
    advice = f"{hit.rule.rewrite}{_MENDED}{mended}" if mended else hit.rule.rewrite
    return f"例外不能证明的，{advice}" if "review" in effects else advice


def mended_in(suggestion: str) -> str:
    """The mended clause that a suggestion of `suggest` ends with; "" if it has none."""
    return suggestion.partition(_MENDED)[2]


def mendable(hit: Hit) -> bool:
    """Whether taking words out leaves a lawful clause; numbers given by sex must be written anew."""
    return hit.rule.edit != "advise" and hit.direction is not Direction.BOTH


def fault(hit: Hit, clause: str, start: int, end: int) -> Fault:
    """What of `clause` must go for `hit`, whose words stand at [start, end)."""
    warned = hit.rule.category is Category.GENDER_PREFERENCE and _WARNING.search(clause[start:end])
    if warned or hit.rule.category in _WHOLE:
        before = re.split(rf"[{_STOP}]", clause[:start])[-1]
        after = re.split(rf"[{_STOP}]", clause[end:])[0]
        return Fault(start - len(before), end + len(after))
    return Fault(start, end, hit.rule.edit == "drop_sex")


def mend(clause: str, faults: Sequence[Fault]) -> str:
    """`clause` without its `faults`, the words that hang on them and stray marks; "" if little is left."""
    text = clause
    for gone in reversed(_apart(faults)):
        text = _without(text, gone)
    text = _DOUBLE.sub("", _LEADING.sub(r"\1", _EMPTY.sub("", text))).strip(" \t　，,、;；")
    text = _HALF.sub("", text)
    complete = (
        not text.endswith(("：", ":", "前", "后")) and len(re.findall(r"[\u4e00-\u9fffA-Za-z]", text)) > 1
    )
    return text if complete else ""


def _apart(faults: Sequence[Fault]) -> list[Fault]:
    """The faults in text order, those that overlap made one."""
    apart: list[Fault] = []
    for gone in sorted(faults, key=lambda f: f.start):
        if apart and gone.start < apart[-1].end:
            last = apart.pop()
            gone = Fault(last.start, max(last.end, gone.end))
        apart.append(gone)
    return apart


def _without(text: str, gone: Fault) -> str:
    before, after = text[: gone.start], text[gone.end :]
    if gone.sex_only:
        return before + _SEX.sub("", text[gone.start : gone.end]) + after
    hanging = _RIGHT.match(after)
    after = after[hanging.end() :] if hanging else after
    ends_here = not after or re.match(rf"[{_STOP}]", after)
    return (_LEFT.sub("", before) if ends_here else before) + after
