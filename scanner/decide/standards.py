"""What a standard or quota given by sex does to women (妇女权益保障法 43(5); REFERENCE 7.3)."""

from __future__ import annotations

import re
from typing import Literal

Bar = Literal["women", "men", "body", "unclear"]
"""Who faces the higher bar; `body`: only height, weight or sight is told apart, which says nothing by itself."""

_SIDE = re.compile(r"([男女])[^男女]*")
_OTHER = re.compile(
    r"(?:身高|体重|视力)\D{0,4}\d+(?:\.\d+)?|\d+\.\d+米?"
    r"|\d+(?:\s*[-~至到—]\s*\d+)?\s*(?:cm|公分|厘米|米|m|kg|公斤|千克|斤|元|块|k|名|人|个|位)"
    r"|\d+\s*/\s*(?:天|日|时|小时|h|月|晚|班|件|次)"
)
_BODY = re.compile(
    r"身高|体重|视力|\d\s*(?:cm|公分|厘米|米|m|kg|公斤|千克|斤)|(?<![\d薪资])1[4-9]\d(?!\d|元|块|/)"
)
_AGE = re.compile(r"(?<!\d)([1-6]\d)(?!\d)")
_COUNT = re.compile(r"\d+|[一二两三四五六七八九十]")
_NUMERALS = {numeral: value for value, numeral in enumerate("一二三四五六七八九十", 1)} | {"两": 2}
_SCHOOLING = (
    ("小学",),
    ("初中",),
    ("高中", "中专", "中技", "职高", "技校"),
    ("大专", "专科"),
    ("本科", "学士", "双非", "一本", "二本"),
    ("985", "211", "双一流"),
    ("硕士", "研究生"),
    ("博士",),
)
_FREE = re.compile(r"不限|无要求|没有要求|不要求|零基础|随意")


def bar(words: str) -> Bar:
    """男50岁以下,女45岁以下 → women: a lower age ceiling, a higher floor or more schooling is asked of them.

    Pay is not judged here: it is "unclear".
    """
    sides = _sides(words)
    if sides is None:
        return "unclear"
    if _shut_out(sides["女"], sides["男"]):
        return "women"
    if _shut_out(sides["男"], sides["女"]):
        return "men"
    return "body" if _BODY.search(words) else "unclear"


def as_for_retirement(words: str) -> bool:
    """Whether the ages end where the sexes retire (男60岁女55岁): still a lower ceiling, to be noted."""
    sides = _sides(words) or {}
    ceilings = {sex: ages[1] for sex, side in sides.items() if (ages := _ages(side))}
    return ceilings.get("男") in (60, 63) and ceilings.get("女") in (50, 55, 58)


def women_get_fewer(words: str) -> bool:
    """男3名女1名 → True, and 男女比例7:3; a quota that names no numbers gives False."""
    ratio = re.search(r"男女[^\d]*(\d+)\s*[:：比]\s*(\d+)", words)
    if ratio:
        return int(ratio[1]) > int(ratio[2])
    sides = _sides(words) or {}
    counts = {sex: _COUNT.search(side) for sex, side in sides.items()}
    men, women = counts.get("男"), counts.get("女")
    return bool(men and women and _number(men.group()) > _number(women.group()))


def _sides(words: str) -> dict[str, str] | None:
    """What is said of 男 and of 女; None unless both are spoken of."""
    sides: dict[str, str] = {}
    for match in _SIDE.finditer(words):
        sides[match.group(1)] = sides.get(match.group(1), "") + match.group()
    return sides if set(sides) == {"男", "女"} else None


def _shut_out(these: str, others: str) -> bool:
    """Whether some of the one sex fail where the other passes."""
    if _FREE.search(others) and not _FREE.search(these):
        return True
    return _narrower(_ages(these), _ages(others)) or _schooling(these) > _schooling(others) >= 0


def _ages(side: str) -> tuple[int, int] | None:
    """(floor, ceiling) in years, 0 and 99 where open; None where no age stands there."""
    plain = _OTHER.sub("", side)
    ages = [int(age) for age in _AGE.findall(plain)]
    if not ages:
        return None
    if len(ages) == 1:
        return (ages[0], 99) if re.search(r"以上|起|至少|满", plain) else (0, ages[0])
    return min(ages), max(ages)


def _narrower(these: tuple[int, int] | None, others: tuple[int, int] | None) -> bool:
    return bool(these and others and (these[0] > others[0] or these[1] < others[1]))


def _schooling(side: str) -> int:
    known = [level for level, names in enumerate(_SCHOOLING) if any(name in side for name in names)]
    return max(known, default=-1)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else _NUMERALS[text]
