"""A standing order opens cases for new findings, one for all copies, and no others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from api.store.accounts import Role

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

    from tests.api.cases.conftest import Keep
    from tests.service_fixtures import LoginAs

LONG = "招保安两名，限男性，包吃住，月薪四千五，做六休一，有保安证优先，地点在样例大街。"
CARE = "看守所女监区招民警两名，限女性。"
MARRIED = "招客服，已婚已育优先。"


def order(client: TestClient, **parts: Any) -> dict[str, Any]:
    answer = client.post("/v1/opening-rules", json={"name": "一律立案", **parts})
    assert answer.status_code == 201, answer.text
    rule: dict[str, Any] = answer.json()
    return rule


def opened(client: TestClient) -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = client.get("/v1/cases").json()["items"]
    return cases


@pytest.mark.parametrize(
    ("parts", "texts", "cases"),
    [
        ({}, [LONG], 1),
        ({}, [CARE], 0),
        ({"dispositions": ["exempt", "review"]}, [CARE], 1),
        ({"categories": ["marital_birth_condition"]}, [LONG, MARRIED], 1),
        ({"severities": ["S3"]}, [LONG], 0),
        ({"active": False}, [LONG], 0),
        ({"min_ads": 2}, [LONG], 0),
        ({"min_ads": 2}, [LONG, "招电工，限男性，持证。"], 1),
        ({}, ["招保安，男女不限。"], 0),
    ],
)
def test_opening_rules_open_what_they_say(
    parts: dict[str, Any], texts: list[str], cases: int, client: TestClient, keep: Keep
) -> None:
    rule = order(client, **parts)
    for text in texts:
        keep(text=text)
    found = opened(client)
    assert len(found) == cases
    assert {case["opening_rule_id"] for case in found} <= {rule["id"]}
    assert [case["opened_by"] for case in found] == [None] * cases


def test_opening_rules_open_one_case_for_all_copies(client: TestClient, keep: Keep) -> None:
    order(client)
    order(client, name="另一条")
    ads = [keep(text=LONG, url=f"https://board{n}.example/1", publisher=f"板{n}") for n in range(3)]
    (case,) = opened(client)
    detail = client.get(f"/v1/cases/{case['id']}").json()
    assert {finding["ad_id"] for finding in detail["findings"]} == {ad.ad_id for ad in ads}


def test_opening_rules_leave_what_came_before_alone(client: TestClient, keep: Keep) -> None:
    keep()
    order(client)
    keep()
    assert opened(client) == []


def test_opening_rules_case_still_waits_for_a_person(client: TestClient, keep: Keep) -> None:
    order(client)
    keep()
    (case,) = opened(client)
    body = {"status": "verified", "reason": "机器判断"}
    assert client.post(f"/v1/cases/{case['id']}/status", json=body).json()["code"] == "E661"


def test_opening_rules_are_switched_off_and_audited(client: TestClient, keep: Keep) -> None:
    rule = order(client)
    path = f"/v1/opening-rules/{rule['id']}"
    body = {"name": "停用", "active": False, "severities": ["S1"]}
    assert client.put(path, json=body).json()["active"] is False
    assert client.get(path).json()["name"] == "停用"
    assert [one["id"] for one in client.get("/v1/opening-rules").json()["items"]] == [rule["id"]]
    keep()
    assert opened(client) == []
    (entry,) = client.get("/v1/audit", params={"action": "opening_rule.change"}).json()["items"]
    assert (entry["before"]["active"], entry["after"]["active"]) == (True, False)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"name": ""},
        {"name": "a", "categories": ["x"]},
        {"name": "a", "dispositions": []},
        {"name": "a", "min_ads": 0},
    ],
)
def test_opening_rules_that_mean_nothing_are_422(body: dict[str, Any], client: TestClient) -> None:
    assert client.post("/v1/opening-rules", json=body).json()["code"] == "E601"


def test_opening_rules_are_for_supervisors(login_as: LoginAs) -> None:
    assert login_as(Role.INSPECTOR).get("/v1/opening-rules").status_code == 403
    assert login_as(Role.SUPERVISOR).get("/v1/opening-rules").status_code == 200
