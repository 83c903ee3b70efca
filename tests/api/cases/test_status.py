"""The course of a case as a table: nothing is a dead end, nothing skips the person."""

from __future__ import annotations

from datetime import date

import pytest

from api.cases.deadlines import LIMITS, Limit, Unit
from api.cases.status import NEXT, check_reviewed, check_step
from api.errors import ApiError
from api.store.ads import Decision
from api.store.cases import CASE_STATUS_NAMES, CaseStatus

S = CaseStatus


def test_status_tables_cover_every_status() -> None:
    assert set(NEXT) == set(LIMITS) == set(CASE_STATUS_NAMES) == set(CaseStatus)


@pytest.mark.parametrize("status", CaseStatus)
def test_status_every_case_can_be_closed(status: CaseStatus) -> None:
    reached, seen = {status}, set()
    while reached - seen:
        seen |= reached
        reached |= {target for source in seen for target in NEXT[source]}
    assert S.CLOSED in reached


@pytest.mark.parametrize("status", [S.INTERVIEW, S.RECTIFICATION_ORDER, S.TRANSFERRED, S.REFUSED])
def test_status_measures_come_only_after_verified(status: CaseStatus) -> None:
    assert status not in NEXT[S.TO_VERIFY]


@pytest.mark.parametrize(
    ("source", "target"), [(a, b) for a in CaseStatus for b in CaseStatus if b not in NEXT[a]]
)
def test_status_any_other_step_is_e660(source: CaseStatus, target: CaseStatus) -> None:
    with pytest.raises(ApiError) as caught:
        check_step(source, target)
    assert caught.value.code == "E660"
    assert CASE_STATUS_NAMES[target] in caught.value.message


@pytest.mark.parametrize(
    ("target", "decisions", "enough"),
    [
        (S.VERIFIED, [Decision.CONFIRMED, None], True),
        (S.VERIFIED, [None], False),
        (S.VERIFIED, [], False),
        (S.UNFOUNDED, [Decision.DISMISSED, Decision.EXCEPTION], True),
        (S.UNFOUNDED, [Decision.DISMISSED, None], False),
        (S.EXCEPTION, [Decision.EXCEPTION, Decision.DISMISSED], True),
        (S.EXCEPTION, [Decision.EXCEPTION, Decision.CONFIRMED], False),
        (S.CLOSED, [None], True),
    ],
)
def test_status_review_needed(target: CaseStatus, decisions: list[Decision | None], enough: bool) -> None:
    if enough:
        check_reviewed(target, decisions)
        return
    with pytest.raises(ApiError) as caught:
        check_reviewed(target, decisions)
    assert caught.value.code == "E661"


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (date(2026, 11, 25), 1, date(2026, 11, 26)),
        (date(2026, 11, 25), 5, date(2026, 12, 2)),
        (date(2026, 11, 27), 1, date(2026, 11, 30)),
        (date(2026, 11, 28), 5, date(2026, 12, 4)),
        (date(2026, 11, 29), 5, date(2026, 12, 4)),
        (date(2026, 11, 25), 60, date(2027, 2, 24)),  # 元旦 and 春节, two days of it made up for
    ],
)
def test_deadlines_count_working_days_from_the_next_day(start: date, days: int, end: date) -> None:
    assert Limit(Unit.WORKING_DAYS, days).end(start) == end


@pytest.mark.parametrize("unit", [Unit.NONE, Unit.SET_BY_PERSON])
def test_deadlines_without_a_number_have_no_end(unit: Unit) -> None:
    assert Limit(unit).end(date(2026, 11, 25)) is None
