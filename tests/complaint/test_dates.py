"""Day words, seen from Wednesday 25 November 2026."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.complaint.dates import read_day, read_days
from scanner.complaint.numerals import number

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("今晚八点前", "2026-11-25"),
        ("明天中午前不交算放弃", "2026-11-26"),
        ("明儿个就截止", "2026-11-26"),
        ("后天之前", "2026-11-27"),
        ("大后天", "2026-11-28"),
        ("周五前签字", "2026-11-27"),
        ("周三交", "2026-11-25"),
        ("周二交", "2026-12-01"),
        ("本周五下班前", "2026-11-27"),
        ("礼拜五签", "2026-11-27"),
        ("本周日", "2026-11-29"),
        ("这周内", "2026-11-29"),
        ("时效下星期到头", "2026-11-30"),
        ("下周一", "2026-11-30"),
        ("下个星期三", "2026-12-02"),
        ("周末", "2026-11-29"),
        ("3月5日", "2027-03-05"),
        ("12月1日", "2026-12-01"),
        ("十二月三号", "2026-12-03"),
        ("11月20日", "2026-11-20"),
        ("2026年12月1日", "2026-12-01"),
        ("2026-12-01", "2026-12-01"),
        ("明年3月", "2027-03-31"),
        ("30号前", "2026-11-30"),
        ("28日前答复", "2026-11-28"),
        ("12月1日到期", "2026-12-01"),
        ("十二月三十一日前", "2026-12-31"),
        ("8号前离开宿舍", "2026-12-08"),
        ("月底", "2026-11-30"),
        ("下个月底", "2026-12-31"),
        ("年底", "2026-12-31"),
        ("两天内", "2026-11-27"),
        ("３日内到岗", "2026-11-28"),
        ("48小时内回复", "2026-11-27"),
        ("五个工作日内", "2026-12-02"),
        ("十天内", "2026-12-05"),
        ("只剩一周", "2026-12-02"),
        ("工伤申报期限只剩四天", "2026-11-29"),
        ("还有半年多", "2027-05-26"),
        ("半个月后", "2026-12-10"),
        ("半年后", "2027-05-26"),
    ],
)
def test_dates_ahead(words: str, day: str) -> None:
    assert read_day(words, TODAY, ahead=True) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("今天", "2026-11-25"),
        ("昨晚", "2026-11-24"),
        ("就前儿个", "2026-11-23"),
        ("大前天", "2026-11-22"),
        ("前两天", "2026-11-22"),
        ("刚才下午两点", "2026-11-25"),
        ("上周五", "2026-11-20"),
        ("上上周", "2026-11-15"),
        ("周五", "2026-11-20"),
        ("上礼拜三", "2026-11-18"),
        ("本月3日", "2026-11-03"),
        ("3号", "2026-11-03"),
        ("26日", "2026-10-26"),
        ("上月20号", "2026-10-20"),
        ("上个月", "2026-10-31"),
        ("10月底", "2026-10-31"),
        ("九月中旬", "2026-09-20"),
        ("3月5日", "2026-03-05"),
        ("12月3日", "2025-12-03"),
        ("元月9日", "2026-01-09"),
        ("今年夏天", "2026-07-15"),
        ("国庆后", "2026-10-01"),
        ("去年12月", "2025-12-31"),
        ("去年", "2025-07-01"),
        ("前年秋天", "2024-10-15"),
        ("大前年", "2023-07-01"),
        ("3日前", "2026-11-22"),
        ("三年前", "2023-11-26"),
        ("一年半前", "2025-05-26"),
        ("几年前", "2023-11-26"),
        ("事情过了一年", "2025-11-25"),
        ("2021年", "2021-07-01"),
        ("2021年3月", "2021-03-31"),
        ("2025年10月14日", "2025-10-14"),
    ],
)
def test_dates_behind(words: str, day: str) -> None:
    assert read_day(words, TODAY, ahead=False) == date.fromisoformat(day)


@pytest.mark.parametrize(
    "words",
    [
        "尽快答复", "", "以后天天加班", "以前天天这样", "五一路的店", "坐12号线", "3号楼", "第8号机台", "2月30日",
        "13800000000", "月薪4500", "每月底薪三千", "今年",
    ],
)  # fmt: skip
@pytest.mark.parametrize("ahead", [True, False])
def test_dates_none_where_no_day_is_named(words: str, ahead: bool) -> None:
    assert read_day(words, TODAY, ahead=ahead) is None


def test_dates_each_word_is_read_once_by_its_fullest_form() -> None:
    days = read_days("2022年6月我怀孕，上周五说12月1日前走人", TODAY, ahead=True)
    assert sorted(days) == [date(2022, 6, 30), date(2026, 11, 20), date(2026, 12, 1)]


@pytest.mark.parametrize(
    ("words", "value"),
    [("3", 3), ("半", 0.5), ("两", 2), ("十", 10), ("十二", 12), ("二十", 20), ("三十一", 31), ("两三", 3)],
)
def test_numerals(words: str, value: float) -> None:
    assert number(words) == value


@given(st.text("一二三十两半几上下这本前后大昨今明去周星期礼拜月年日号天底初内剩0123456789", max_size=14))
def test_dates_read_anything(words: str) -> None:
    """Nonsense is no error."""
    for ahead in (True, False):
        assert all(isinstance(day, date) for day in read_days(words, TODAY, ahead=ahead))


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 20))
def test_dates_written_out_are_that_day(today: date, away: int) -> None:
    day = today + timedelta(days=away)
    for words in (f"{day.year}年{day.month}月{day.day}日", f"{day.month}月{day.day}号", f"{day.day}号前"):
        assert read_day(words, today, ahead=True) == day
