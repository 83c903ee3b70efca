"""Reports counted, and the days on which something falls due."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from api.cases.workflow import today
from api.complaints.calendar import calendar
from api.complaints.statistics import ComplaintBy, ComplaintGroup, complaint_statistics
from api.store.accounts import Role
from api.store.complaints import Complaint, ComplaintEvent, ComplaintStatus
from api.store.engine import Store
from scanner.complaint.channels import ReportKind
from scanner.complaint.understanding import Stage
from tests.api.complaints.stored import RECEIVED, a_complaint, an_officer

DAY = timedelta(days=1)


@pytest.fixture
def filled(store: Store) -> Store:
    """Three reports and one of spam."""
    with store.session() as session:
        first = a_complaint(
            session,
            kind=ReportKind.COMPLAINT,
            categories=["gender_restriction", "marital_birth_inquiry"],
            stages=[Stage.AD, Stage.INTERVIEW],
            level="urgent",
            route="labour_inspection",
            due_on=today() - DAY,
        )
        second = a_complaint(
            session,
            at=datetime(2026, 10, 31, 20, 0, tzinfo=UTC),
            status=ComplaintStatus.ANSWERED,
            kind=ReportKind.REPORT,
        )
        third = a_complaint(
            session,
            at=datetime(2026, 9, 1, tzinfo=UTC),
            status=ComplaintStatus.CLOSED,
            categories=[],
            stages=[],
            level="urgent",
            due_on=date(2026, 9, 8),
        )
        a_complaint(session, status=ComplaintStatus.SPAM)
        for complaint, days, kind in (
            (second, 4, "reply"),
            (second, 2, "status"),
            (third, 5, "reply"),
            (first, 0, "note"),
        ):
            at = complaint.received_at + days * DAY
            session.add(ComplaintEvent(complaint_id=complaint.id, kind=kind, details={}, created_at=at))
    return store


def counted(store: Store, by: ComplaintBy) -> dict[str, ComplaintGroup]:
    with store.session() as session:
        return {group.name: group for group in complaint_statistics(session, [by])[by]}


@pytest.mark.parametrize(
    ("by", "totals"),
    [
        (ComplaintBy.ALL, {"合计": 3}),
        (ComplaintBy.MONTH, {"2026-09": 1, "2026-11": 2}),
        (ComplaintBy.KIND, {"投诉": 1, "举报": 1, "未定": 1}),
        (ComplaintBy.CATEGORY, {"限定性别": 2, "询问婚育": 1, "其他事项": 1}),
        (ComplaintBy.STAGE, {"面试": 2, "招聘广告": 1, "环节不明": 1}),
        (ComplaintBy.LEVEL, {"急": 2, "一般": 1}),
        (ComplaintBy.ROUTE, {"人力资源和社会保障部门（劳动保障监察）": 1, "尚未确定": 2}),
        (ComplaintBy.STATUS, {"待受理": 1, "已答复": 1, "办结": 1, "无效信息": 1}),
    ],
)
def test_statistics_of_reports(filled: Store, by: ComplaintBy, totals: dict[str, int]) -> None:
    """20:00 UTC on the last of October is November in China; spam counts by status only."""
    assert {name: group.total for name, group in counted(filled, by).items()} == totals


def test_statistics_tell_what_is_open_urgent_overdue_and_answered(filled: Store) -> None:
    (group,) = counted(filled, ComplaintBy.ALL).values()
    assert (group.open, group.urgent, group.overdue) == (2, 1, 1)
    assert (group.answered, group.days_to_answer) == (2, 3.5)


def test_statistics_without_answers_have_no_time_to_answer(filled: Store) -> None:
    assert counted(filled, ComplaintBy.STATUS)["待受理"].days_to_answer is None


def test_statistics_months_in_order_and_the_unknown_last(filled: Store) -> None:
    assert list(counted(filled, ComplaintBy.MONTH)) == ["2026-09", "2026-11"]
    assert list(counted(filled, ComplaintBy.CATEGORY))[-1] == "其他事项"


def test_statistics_of_some_reports_in_several_ways_at_once(filled: Store) -> None:
    with filled.session() as session:
        ways = [ComplaintBy.KIND, ComplaintBy.LEVEL]
        found = complaint_statistics(session, ways, [Complaint.received_at >= RECEIVED])
        assert {by: [group.total for group in groups] for by, groups in found.items()} == {
            ComplaintBy.KIND: [1],
            ComplaintBy.LEVEL: [1],
        }


def test_calendar_shows_decisions_due_and_terms_that_press(store: Store) -> None:
    with store.session() as session:
        officer = an_officer(session)
        first = a_complaint(session, due_on=date(2026, 11, 30), deadline="周五前签字")
        second = a_complaint(session, due_on=date(2026, 11, 30))
        a_complaint(session, due_on=date(2026, 12, 1), deadline="下月3号之前答复")
        a_complaint(session, due_on=date(2026, 11, 30), status=ComplaintStatus.CLOSED)
        a_complaint(session, deadline="不签就不办入职")
        days = calendar(session, officer, date(2026, 11, 9))
        assert [(day.day, len(day.due), len(day.pressing)) for day in days] == [
            (date(2026, 11, 27), 0, 1),
            (date(2026, 11, 30), 2, 0),
        ]
        assert {one.id for one in days[1].due} == {first.id, second.id}
        december = calendar(session, officer, date(2026, 12, 31))
        assert [(day.day.day, len(day.due), len(day.pressing)) for day in december] == [(1, 1, 0), (3, 0, 1)]


def test_calendar_is_not_for_agencies(store: Store) -> None:
    with store.session() as session:
        a_complaint(session, due_on=date(2026, 11, 30))
        assert calendar(session, an_officer(session, Role.AGENCY), date(2026, 11, 1)) == []
