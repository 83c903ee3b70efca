"""Whether a standard given by sex sets the higher bar for women (妇女权益保障法 43(5); REFERENCE 7.3)."""

from __future__ import annotations

import re

_SIDE = re.compile(r"(男|女)[^男女]*")
_AGE = re.compile(r"(?<!\d)([1-6]\d)(?!\d|cm|公分|kg|公斤|斤|元)")
_SCHOOLING = ("小学", "初中", "高中", "中专", "大专", "专科", "本科", "硕士", "研究生", "博士")


def raises_bar_for_women(words: str) -> bool:
    """男50岁以下,女45岁以下 → True: women face a lower age ceiling or a higher schooling floor.

    Heights and pay say nothing of the kind by themselves and give False.
    """
    sides = {match.group(1): match.group() for match in _SIDE.finditer(words)}
    if set(sides) != {"男", "女"}:
        return False
    ages = {sex: [int(a) for a in _AGE.findall(side)] for sex, side in sides.items()}
    if ages["男"] and ages["女"] and max(ages["女"]) < max(ages["男"]):
        return True
    levels = {
        sex: max((_SCHOOLING.index(s) for s in _SCHOOLING if s in side), default=-1)
        for sex, side in sides.items()
    }
    return levels["女"] > levels["男"] >= 0
