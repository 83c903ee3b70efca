"""Working days in China, with public holidays and the weekends that are worked instead."""

from __future__ import annotations

from datetime import date

import pytest

from api.cases.working_days import after_working_days


@pytest.mark.parametrize(
    ("start", "days", "last"),
    [
        (date(2026, 11, 18), 5, date(2026, 11, 25)),
        (date(2026, 11, 21), 1, date(2026, 11, 23)),
        (date(2026, 9, 30), 5, date(2026, 10, 13)),
        (date(2026, 2, 13), 1, date(2026, 2, 14)),
        (date(2026, 4, 3), 1, date(2026, 4, 7)),
        (date(2026, 12, 31), 1, date(2027, 1, 4)),
    ],
    ids=["plain week", "from a Saturday", "National Day", "worked Saturday", "Qingming", "New Year"],
)
def test_working_days_leave_out_holidays(start: date, days: int, last: date) -> None:
    assert after_working_days(start, days) == last
