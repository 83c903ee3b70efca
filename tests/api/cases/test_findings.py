"""Findings: lists narrow down, people review, a machine's label is no review."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from api.store.accounts import Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from fastapi.testclient import TestClient

    from tests.api.cases.conftest import Keep, Open
    from tests.service_fixtures import LoginAs

NOW = datetime.now(UTC)


@pytest.fixture
def three(keep: Keep) -> dict[str, str]:
    """Name → finding id."""
    ads = {
        "male": keep(text="招保安两名，限男性。", publisher="甲招聘网"),
        "married": keep(text="招客服，已婚已育优先。", employer="另一样例公司"),
        "female": keep(text="女装导购若干，限女性。", publisher="乙招聘网"),
    }
    return {name: ad.finding_ids[0] for name, ad in ads.items()}


def listed(client: TestClient, **filters: Any) -> set[str]:
    answer = client.get("/v1/findings", params=filters)
    assert answer.status_code == 200, answer.text
    return {one["id"] for one in answer.json()["items"]}


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        ({}, {"male", "married", "female"}),
        ({"category": "marital_birth_condition"}, {"married"}),
        ({"direction": "female"}, {"female"}),
        ({"category": "gender_restriction", "direction": "male"}, {"male"}),
        ({"reviewed": True}, set()),
        ({"reviewed": False}, {"male", "married", "female"}),
        ({"since": (NOW + timedelta(days=1)).isoformat()}, set()),
        ({"until": (NOW - timedelta(days=1)).isoformat()}, set()),
        ({"employer_id": "0" * 32}, set()),
        ({"batch_id": "0" * 32}, set()),
        ({"case_id": "0" * 32}, set()),
    ],
)
def test_findings_filters(
    filters: dict[str, Any], names: set[str], client: TestClient, three: dict[str, str]
) -> None:
    assert listed(client, **filters) == {three[name] for name in names}


def test_findings_filter_by_employer_publisher_and_case(client: TestClient, three: dict[str, str]) -> None:
    case = client.post("/v1/cases", json={"finding_ids": [three["married"]]}).json()
    boards = {one["name"]: one["id"] for one in client.get("/v1/publishers").json()["items"]}
    assert listed(client, case_id=case["id"]) == {three["married"]}
    assert listed(client, employer_id=case["employer_id"]) == {three["married"]}
    assert listed(client, publisher_id=boards["甲招聘网"]) == {three["male"]}


@pytest.mark.parametrize(
    "filters", [{"category": "x"}, {"severity": "S9"}, {"ad_id": "'; --"}, {"since": "2026-01-01T00:00:00"}]
)
def test_findings_filter_that_means_nothing_is_422(filters: dict[str, Any], client: TestClient) -> None:
    assert client.get("/v1/findings", params=filters).json()["code"] == "E601"


def test_findings_review_is_a_persons_and_the_latest_holds(
    client: TestClient, login_as: LoginAs, three: dict[str, str], actions: Callable[[str], list[str]]
) -> None:
    path = f"/v1/findings/{three['male']}"
    assert client.get(path).json()["summary"]["decision"] is None
    inspector = login_as(Role.INSPECTOR)
    for by, decision in ((inspector, "confirmed"), (client, "dismissed"), (inspector, "exception")):
        answer = by.post(f"{path}/reviews", json={"decision": decision, "reason": "看过原文"})
        assert answer.status_code == 201
    detail = client.get(path).json()
    assert detail["summary"]["decision"] == "exception"
    assert [one["decision"] for one in detail["reviews"]] == ["confirmed", "dismissed", "exception"]
    held = client.get(f"{path}/reviews").json()
    assert [one["decision_name"] for one in held] == ["不成立", "属例外"]
    assert actions(three["male"]).count("finding.review") == 3
    assert listed(client, reviewed=True) == {three["male"]}


@pytest.mark.parametrize("body", [{"decision": "confirmed"}, {"decision": "yes", "reason": "看过原文"}, {}])
def test_findings_review_without_decision_or_reason_is_422(
    body: dict[str, str], client: TestClient, three: dict[str, str]
) -> None:
    assert client.post(f"/v1/findings/{three['male']}/reviews", json=body).status_code == 422


def test_findings_detail_is_what_the_scanner_said(client: TestClient, keep: Keep) -> None:
    ad = keep()
    detail = client.get(f"/v1/findings/{ad.finding_ids[0]}").json()
    said = client.post("/v1/scan", json={"text": "招保安两名，限男性，包吃住。", "title": "保安"}).json()
    assert detail["finding"] == said["findings"][0]
    assert detail["versions"] == said["versions"]


def test_findings_of_one_agency_are_unknown_to_another(
    client: TestClient, login_as: LoginAs, keep: Keep, open_case: Open
) -> None:
    mine, other = (login_as(Role.AGENCY, organisation=name) for name in ("甲人力", "乙人力"))
    ad = keep(by=mine)
    path = f"/v1/findings/{ad.finding_ids[0]}"
    client.post(f"{path}/reviews", json={"decision": "confirmed", "reason": "看过原文"})
    client.post("/v1/cases", json={"finding_ids": ad.finding_ids})
    seen = mine.get(path).json()
    assert (seen["summary"]["decision"], seen["reviews"], seen["case_ids"]) == (None, [], [])
    assert other.get(path).status_code == 404
    assert listed(other) == set()
    assert mine.post(f"{path}/reviews", json={"decision": "dismissed", "reason": "不是"}).status_code == 403
