"""Working days in China: without public holidays, with the weekends that are worked instead."""

from __future__ import annotations

from datetime import date
from functools import cache

from holidays import HolidayBase, country_holidays


def after_working_days(start: date, days: int) -> date:
    """The last of `days` working days (at least one), counted from the day after `start`.

    The State Council settles a year's days off in the autumn before; for a later year the days that the law
    names are known, not yet the weekends that are worked instead.
    """
    last: date = _china().get_nth_working_day(start, days)
    return last


@cache
def _china() -> HolidayBase:
    return country_holidays("CN")
