"""Numbers in the words of people: 3, 十二, 两三, 半, 好几."""

from __future__ import annotations

NUMBER = r"(?:\d{1,3}|好几|几|数|半|十[几来]|[一二两三四五六七八九十]{1,3})"
"""A regular expression for what `number` reads."""
_DIGITS = {numeral: value for value, numeral in enumerate("一二三四五六七八九", 1)} | {"两": 2}
_VAGUE = {"半": 0.5, "几": 3.0, "数": 3.0, "好几": 4.0, "十几": 15.0, "十来": 11.0}


def number(words: str) -> float:
    """The number that `NUMBER` matched; of 两三 the larger, of a vague one what is likely meant."""
    if words in _VAGUE:
        return _VAGUE[words]
    if words.isdecimal():
        return float(int(words))
    tens, ten, ones = words.rpartition("十")
    if not ten:
        return float(_DIGITS[words[-1]])
    return 10.0 * _DIGITS.get(tens[-1:], 1) + _DIGITS.get(ones[:1], 0)
