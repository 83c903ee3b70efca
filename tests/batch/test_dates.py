"""Dates as boards write them."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.batch.dates import parse_date

DAY = date(2024, 5, 1)


@pytest.mark.parametrize(
    "written",
    [
        "2024-05-01",
        "2024-5-1",
        " 2024-05-01 ",
        "2024/05/01",
        "2024/5/1 9:30",
        "2024.05.01",
        "2024.5.1",
        "2024年5月1日",
        "2024 年 05 月 01 日",
        "2024年5月1日 08:00:00",
        "2024-05-01T10:20:30Z",
        "2024-05-01 10:20:30.5",
        "2024-05-01发布",
        "更新于2024-05-01",
        "发布日期：2024年5月1日",
        "2024-05-01至2024-06-01",
        "20240501",
        "202405011230",
        "20240501123000",
        "45413",
        "45413.75",
        "1714521600",
        "1714521600000",
        DAY,
        datetime(2024, 5, 1, 23, 59),
        45413,
        45413.75,
        20240501,
        1714521600,
        1714521600000,
        1714521600000.0,
    ],
)
def test_dates_are_read(written: object) -> None:
    assert parse_date(written) == DAY


NO_DAYS = [
    "",
    "长期",
    "今天",
    "3天前",
    "2024",
    "2024-13-01",
    "2024-02-30",
    "05-01",
    "0",
    "123",
    "2024-05-011",
]
NO_NUMBERS = [True, float("nan"), float("inf"), -1, 1e300, 10**400]


@pytest.mark.parametrize("written", [*NO_DAYS, "1" * 40, "1" * 5000, None, [], {}, *NO_NUMBERS])
def test_dates_that_name_no_day_are_none(written: object) -> None:
    assert parse_date(written) is None


@given(st.one_of(st.text(), st.integers(), st.floats(), st.booleans(), st.none()))
def test_dates_never_raise(value: object) -> None:
    found = parse_date(value)
    assert found is None or isinstance(found, date)


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)))
def test_dates_come_back_from_every_form(day: date) -> None:
    forms = [day.isoformat(), f"{day:%Y%m%d}", f"{day.year}年{day.month}月{day.day}日", f"{day:%Y/%m/%d}"]
    assert {parse_date(form) for form in forms} == {day}
