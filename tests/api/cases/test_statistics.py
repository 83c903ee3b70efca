"""Counts with reach, on either database."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from api.cases.statistics import CaseBy, FindingBy
from api.store.accounts import Role
from api.store.ads import StoredFinding

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

    from api.store.engine import Store
    from tests.api.cases.conftest import Keep, Open
    from tests.service_fixtures import LoginAs

LONG = "招保安两名，限男性，包吃住，月薪四千五，做六休一，有保安证优先，地点在样例大街。"


def counted(client: TestClient, what: str, by: str, **filters: Any) -> dict[str, dict[str, int]]:
    answer = client.get(f"/v1/statistics/{what}", params={"by": by, **filters})
    assert answer.status_code == 200, answer.text
    return {group["name"]: group["counts"] for group in answer.json()["groups"]}


@pytest.fixture
def spread(keep: Keep, open_case: Open) -> dict[str, Any]:
    """One ad on two boards with a case, and another employer's."""
    case = open_case("confirmed", text=LONG, url="https://board1.example/1", publisher="甲招聘网")
    keep(text=LONG, url="https://board2.example/1", publisher="乙招聘网")
    keep(text="招客服，已婚已育优先。", employer="另一样例公司", publisher="乙招聘网")
    return case


def test_statistics_findings_by_category_tell_the_reach(client: TestClient, spread: object) -> None:
    groups = counted(client, "findings", "category")
    assert groups["限定性别"] == {
        "findings": 2, "violations": 2, "pending": 0, "reviewed": 1, "ads": 2, "groups": 1, "employers": 1,
        "publishers": 2, "regions": 0,
    }  # fmt: skip
    assert groups["婚育状况作为条件"]["ads"] == 1


@pytest.mark.parametrize(
    ("by", "findings"),
    [
        ("employer", {"样例物业有限公司": 2, "另一样例公司": 1}),
        ("publisher", {"甲招聘网": 1, "乙招聘网": 2}),
        ("severity", {"严重": 3}),
        ("disposition", {"涉嫌违法": 3}),
    ],
)
def test_statistics_findings_by_others(
    by: str, findings: dict[str, int], client: TestClient, spread: object
) -> None:
    assert {name: c["findings"] for name, c in counted(client, "findings", by).items()} == findings


def test_statistics_periods_are_those_of_china(client: TestClient, keep: Keep, store: Store) -> None:
    """20:00 UTC on the last day of the year is the new year in China."""
    (finding_id,) = keep().finding_ids
    with store.session() as session:
        found = session.get_one(StoredFinding, finding_id)
        found.created_at = datetime(2025, 12, 31, 20, 0, tzinfo=UTC)
    for by, name in (
        ("day", "2026-01-01"),
        ("week", "2025-12-29 至 01-04"),
        ("month", "2026-01"),
        ("year", "2026"),
    ):
        assert list(counted(client, "findings", by)) == [name]


def test_statistics_cases_by_status_employer_and_assignee(client: TestClient, spread: dict[str, Any]) -> None:
    assert counted(client, "cases", "status")["待核查"] == {
        "cases": 1, "open": 1, "overdue": 0, "ads": 1, "groups": 1, "employers": 1, "publishers": 1, "regions": 0,
    }  # fmt: skip
    for by, name in [
        ("employer", "样例物业有限公司"),
        ("assignee", "未分派"),
        ("publisher", "甲招聘网"),
        ("category", "限定性别"),
    ]:
        assert {group: c["cases"] for group, c in counted(client, "cases", by).items()} == {name: 1}


def test_statistics_name_an_assignee_without_a_full_name(client: TestClient, open_case: Open) -> None:
    case, me = open_case(), client.get("/v1/me").json()["user"]["id"]
    client.post(f"/v1/cases/{case['id']}/assignee", json={"assignee_id": me, "reason": "分工"})
    assert list(counted(client, "cases", "assignee")) == ["admin"]
    exported = client.get("/v1/exports/cases", params={"format": "jsonl"})
    assert exported.json()["assignee"] == "admin"


@pytest.mark.parametrize(
    ("what", "by"), [("findings", b) for b in FindingBy] + [("cases", b) for b in CaseBy]
)
def test_statistics_of_nothing_are_empty(what: str, by: str, client: TestClient) -> None:
    assert counted(client, what, by) == {}


def test_statistics_filters_narrow_down(client: TestClient, spread: object) -> None:
    assert list(counted(client, "findings", "category", reviewed=True)) == ["限定性别"]
    assert counted(client, "cases", "status", overdue=True) == {}


def test_statistics_agreement_of_two_reviewers(client: TestClient, login_as: LoginAs, keep: Keep) -> None:
    inspector = login_as(Role.INSPECTOR)
    trades = ("焊工", "电工", "钳工", "瓦工")
    ads = [keep(text=f"招{t}，限男性，{t}证。", employer=f"{t}样例公司") for t in trades]
    said = {client: "ccdd", inspector: "cddd"}
    for by, letters in said.items():
        for ad, letter in zip(ads, letters, strict=True):
            body = {"decision": {"c": "confirmed", "d": "dismissed"}[letter], "reason": "看过原文"}
            by.post(f"/v1/findings/{ad.finding_ids[0]}/reviews", json=body)
    (pair,) = client.get("/v1/statistics/agreement").json()
    assert (pair["findings"], pair["observed"], pair["kappa"]) == (4, 0.75, 0.5)
    assert client.get("/v1/statistics/agreement", params={"since": "2999-01-01T00:00:00Z"}).json() == []
    assert inspector.get("/v1/statistics/agreement").status_code == 403


def test_statistics_tell_an_agency_of_its_own_ads_only(
    client: TestClient, login_as: LoginAs, keep: Keep, spread: object
) -> None:
    mine = login_as(Role.AGENCY, organisation="甲人力")
    keep(by=mine, text="招客服，已婚已育优先。", employer="甲客户公司")
    (counts,) = counted(mine, "findings", "employer").values()
    assert counts["findings"] == 1
    assert "reviewed" not in counts
