"""The days that people name: 明天, 下周一, 3月5日, 只剩一周, 前年; seen from the day a report came in."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from scanner.complaint.numerals import NUMBER, number

_OVERDUE = timedelta(days=30)
"""A day ahead that passed no longer ago than this is a missed one, not next year's."""
_MID_YEAR = (7, 1)
_YEARS = {"大前年": -3, "前年": -2, "去年": -1, "今年": 0, "明年": 1, "后年": 2}
_DAYS = {"大前": -3, "前": -2, "昨": -1, "今": 0, "明": 1, "大后": 3, "后": 2}
_STEPS = {"上上": -2, "上": -1, "这": 0, "本": 0, "当": 0, "下": 1, "下下": 2}
_WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6, "末": 6}
_PARTS = {"初": 5, "上旬": 10, "中旬": 20, "中": 20}
_SEASONS = {"初": (1, 31), "春": (4, 15), "夏": (7, 15), "秋": (10, 15), "冬": (12, 31), "底": (12, 31)}
_FEASTS = {
    "元旦": (1, 1), "春节": (2, 8), "清明": (4, 5), "五一": (5, 1), "端午": (6, 15), "中秋": (9, 25), "国庆": (10, 1),
    "年底": (12, 31), "年末": (12, 31),
}  # fmt: skip
"""Those of the lunar calendar by the middle of where they fall."""
_UNIT_DAYS = {
    "小时": 1 / 24,
    "工作日": 7 / 5,
    "天": 1,
    "日": 1,
    "周": 7,
    "星期": 7,
    "礼拜": 7,
    "月": 30.4,
    "年": 365,
}
_SPAN = rf"(?<![月\d一二三四五六七八九十])({NUMBER})个?(半)?(小时|工作日|天|日|周|星期|礼拜|月|年)(半)?"
_YEAR = rf"(?:(?<!\d)((?:19|20)\d\d)年|({'|'.join(_YEARS)}))"
_STEP = "(上上|上|这|本|当|下下|下)"

_Reader = Callable[[re.Match[str], date, bool], date | None]


def read_days(text: str, today: date, *, ahead: bool) -> list[date]:
    """The days that `text` names, in its order of forms, not of words.

    `ahead` says which of several is meant: 周五 is the coming one, 3月5日 that of this year or the next. Without
    it they are the last ones. A month stands for its last day, a year for its middle.
    """
    plain = unicodedata.normalize("NFKC", text).replace("元月", "1月")
    found: list[date] = []
    for pattern, reader in _FORMS:
        for match in pattern.finditer(plain):
            day = _safely(reader, match, today, ahead)
            found += [day] if day is not None else []
        plain = pattern.sub(lambda match: "\n" * len(match[0]), plain)
    return found


def read_day(text: str, today: date, *, ahead: bool) -> date | None:
    """The day of `text` that is meant: the nearest to `today` on the side asked for, else on the other.

    A day ahead may have passed yesterday. None where no day is named.
    """
    sign, grace = (1, 1) if ahead else (-1, 0)
    away = [sign * (day - today).days for day in read_days(text, today, ahead=ahead)]
    nearest = min(away, key=lambda days: (days < -grace, abs(days)), default=None)
    return None if nearest is None else today + timedelta(days=sign * nearest)


def _safely(reader: _Reader, match: re.Match[str], today: date, ahead: bool) -> date | None:
    """None for a day that no calendar has (2月30日)."""
    try:
        return reader(match, today, ahead)
    except (ValueError, OverflowError):
        return None


def _of_year(match: re.Match[str], today: date, ahead: bool) -> date | None:
    written, relative, month, part, day, season = match.groups()
    year = int(written) if written else today.year + _YEARS[relative]
    if month is None:
        return _alone(year, season, today)
    return _in_month(year, int(number(month)), part, day)


def _alone(year: int, season: str | None, today: date) -> date | None:
    """今年 alone names no day."""
    if season is None and year == today.year:
        return None
    return date(year, *(_SEASONS[season] if season else _MID_YEAR))


def _in_month(year: int, month: int, part: str | None, day: str | None) -> date:
    if day is not None:
        return date(year, month, int(number(day)))
    return date(year, month, _PARTS.get(part or "", monthrange(year, month)[1]))


def _of_month(match: re.Match[str], today: date, ahead: bool) -> date | None:
    step, part, day = match.groups()
    years, month = divmod(today.month - 1 + _STEPS[step], 12)
    return _in_month(today.year + years, month + 1, part, day)


def _month_and_day(match: re.Match[str], today: date, ahead: bool) -> date | None:
    month, part, day = match.groups()
    return _nearest(
        (_in_month(today.year + n, int(number(month)), part, day) for n in (-1, 0, 1)), today, ahead
    )


def _feast(match: re.Match[str], today: date, ahead: bool) -> date | None:
    month, day = _FEASTS[match[1]]
    return _nearest((date(today.year + n, month, day) for n in (-1, 0, 1)), today, ahead)


def _end_of_month(match: re.Match[str], today: date, ahead: bool) -> date | None:
    return _nearest(_months_around(today, 31), today, ahead)


def _day_of_month(match: re.Match[str], today: date, ahead: bool) -> date | None:
    return _nearest(_months_around(today, int(number(match[1]))), today, ahead)


def _months_around(today: date, day: int) -> Iterator[date]:
    """That day of last month, this one and the next; the last day where a month is too short for 31."""
    if not 1 <= day <= 31:
        raise ValueError(day)
    for step in (-1, 0, 1):
        years, month = divmod(today.month - 1 + step, 12)
        year = today.year + years
        yield date(year, month + 1, min(day, monthrange(year, month + 1)[1]))


def _nearest(days: Iterator[date], today: date, ahead: bool) -> date | None:
    """Of days in their order: the first that is not long past, or the last that is not to come."""
    known = list(days)
    if ahead:
        grace = min(_OVERDUE, (known[1] - known[0]) / 4)
        return next((day for day in known if day >= today - grace), None)
    return next((day for day in reversed(known) if day <= today), None)


def _weekday(match: re.Match[str], today: date, ahead: bool) -> date | None:
    step, name = match.groups()
    monday = today - timedelta(days=today.weekday())
    if step is not None:
        return monday + timedelta(days=7 * _STEPS[step] + _WEEKDAYS[name])
    away = (_WEEKDAYS[name] - today.weekday()) % 7
    return today + timedelta(days=away if ahead or not away else away - 7)


def _whole_week(match: re.Match[str], today: date, ahead: bool) -> date | None:
    """Its last day; of one that is to come the first, to be safe."""
    step = _STEPS[match[1]]
    return today + timedelta(days=7 * step - today.weekday() + (0 if step > 0 else 6))


def _day_word(match: re.Match[str], today: date, ahead: bool) -> date | None:
    return today + timedelta(days=_DAYS[match[1]])


def _lately(match: re.Match[str], today: date, ahead: bool) -> date | None:
    return today - timedelta(days=0 if match[0].startswith("刚") else 3)


def _ago(match: re.Match[str], today: date, ahead: bool) -> date | None:
    """26日前 is a day of the month where one is to come."""
    if ahead and match[3] == "日":
        return _day_of_month(match, today, ahead)
    return today - _length(match)


def _to_come(match: re.Match[str], today: date, ahead: bool) -> date | None:
    """两周后 in a tale of what happened is not counted from today."""
    return today + _length(match) if ahead else None


def _length(match: re.Match[str]) -> timedelta:
    count, half, unit, and_half = match.groups()
    halves = 0.5 if half or and_half else 0.0
    return timedelta(days=round((number(count) + halves) * _UNIT_DAYS[unit]))


_FORMS: list[tuple[re.Pattern[str], _Reader]] = [
    (re.compile(pattern), reader)
    for pattern, reader in (
        (r"(?<!\d)((?:19|20)\d\d)()[-/.](\d{1,2})()[-/.](\d{1,2})()(?!\d)", _of_year),
        (
            rf"{_YEAR}的?(?:({NUMBER})月份?(初|上旬|中旬|下旬|中|底|末)?(?:({NUMBER})[日号]?)?|(初|春|夏|秋|冬|底))?",
            _of_year,
        ),
        (rf"{_STEP}个?月份?(初|上旬|中旬|下旬|中|底|末)?(?:({NUMBER})[日号])?", _of_month),
        (rf"(?:过了|过去了?){_SPAN}", _ago),
        (rf"{_SPAN}(?:多|来)?[以之]?前(?!台|厅|后|需|要|必|应|务|把|交|签|答|回|给)", _ago),
        (rf"(?:剩下?|还有|还差|只有)(?:了|不到)?{_SPAN}", _to_come),
        (rf"(?:限|在|给)?{_SPAN}(?:[以之]?内|[以之]?后|就?到期|就?满|期限)", _to_come),
        (rf"({NUMBER})月份?(初|上旬|中旬|下旬|中|底|末)?(?:({NUMBER})[日号])?", _month_and_day),
        (rf"{_STEP}?个?(?:周|星期|礼拜)([一二三四五六日天末])(?![个天年月次])", _weekday),
        (rf"{_STEP}个?(?:周|星期|礼拜)", _whole_week),
        (
            r"(大前|(?<![以之年月日])前|昨|今|明|大后|(?<![以之产先])后)(?:天(?!天)|日|晚|早|夜|儿个?|个儿)",
            _day_word,
        ),
        (r"刚才|刚刚|[前这]([两几])[天日]|近日|最近", _lately),
        (r"(?<![个每一二三四五六七八九十\d])月[底末](?!薪)", _end_of_month),
        (rf"({'|'.join(_FEASTS)})(?!路|街|大|广|村|厂|店)", _feast),
        (rf"(?<![\d第.:])({NUMBER})[日号](?![线楼店机门厅库院馆床桌车仓工公线岗])", _day_of_month),
    )
]
"""From the fullest form to the barest: words that one has read, the next ones do not see."""
