"""Dates as boards write them."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache

_PARTED = re.compile(r"(?<!\d)(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(?<!\d)(\d{4})(\d{2})(\d{2})(?:\d{4}(?:\d{2})?)?(?!\d)")
_SERIAL = re.compile(r"\s*(\d{5})(?:\.\d+)?\s*$")
_EXCEL_EPOCH = date(1899, 12, 30)
_UNIX = re.compile(r"\s*(\d{10})(?:\d{3})?\s*$")
_NO_NUMBER_FROM = 10**15
_CHINA = timezone(timedelta(hours=8))


def parse_date(value: object) -> date | None:
    """The day that `value` names (text, a date, a number); None if it names none.

    Read are 2024-5-1, 2024/05/01, 2024年5月1日, 20240501, with or without words before or a time after it,
    Excel's day numbers, and Unix times in seconds or milliseconds (the day in China).
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        return _from_text(value)
    if isinstance(value, int | float) and 1 < value < _NO_NUMBER_FROM:
        return _from_text(str(int(value)))
    return None


@lru_cache(maxsize=4096)
def _from_text(text: str) -> date | None:
    if serial := _SERIAL.match(text):
        return _EXCEL_EPOCH + timedelta(days=int(serial[1]))
    if unix := _UNIX.match(text):
        return datetime.fromtimestamp(int(unix[1]), _CHINA).date()
    match = _PARTED.search(text) or _COMPACT.search(text)
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None
