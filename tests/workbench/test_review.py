"""线索核查 as the server writes it: who sees what, empty states that teach, filters that stay."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from api.store.accounts import Role

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

    from tests.service_fixtures import LoginAs

pytestmark = pytest.mark.parametrize("database", ["sqlite"])
MALE = {"title": "保安", "text": "招保安两名，限男性，包吃住。", "employer": "样例物业有限公司"}


def keep(client: TestClient, **parts: Any) -> None:
    assert client.post("/v1/scan", json={**MALE, **parts, "store": True}).status_code == 200


def shown(client: TestClient, path: str = "/review", **asked: Any) -> str:
    answer = client.get(path, params=asked)
    assert answer.status_code == 200, answer.text
    return answer.text


def first(client: TestClient) -> str:
    return str(client.get("/v1/queue", params={"state": "all"}).json()["items"][0]["id"])


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ({}, "上传招聘信息扫描后"),
        ({"state": "second"}, "同事核查过、您还没有核查的线索会列在这里"),
        ({"state": "disputed"}, "由第三人判断"),
        ({"state": "mine"}, "核查过的线索会列在这里"),
        ({"category": "pregnancy_test"}, "清除全部条件后重新筛选"),
    ],
)
def test_review_empty_page_says_what_to_do(asked: dict[str, str], text: str, client: TestClient) -> None:
    assert text in shown(client, **asked)


def test_review_page_has_the_words_marked_and_the_law_beside(client: TestClient) -> None:
    keep(client)
    page = shown(client)
    assert re.search(r'<mark class="violation chosen">限男性</mark>', page)
    assert "《妇女权益保障法》第四十三条第（一）项" in page
    assert 'data-decide="confirmed"' in page


def test_review_blank_filters_and_days_are_understood(client: TestClient) -> None:
    keep(client)
    blank = {"category": "", "employer": "", "from": "", "to": "", "rule_id": "", "state": "open"}
    assert "样例物业" in shown(client, **blank)
    found = client.get("/v1/queue").json()["items"][0]["finding"]["found_at"]
    assert "样例物业" in shown(client, **{"from": "2020-01-01", "to": "2099-01-01"})
    assert "没有符合条件的线索" in shown(client, **{"from": "2099-01-01"})
    assert "没有符合条件的线索" in shown(client, to="2020-01-01"), found


def test_review_narrowed_to_an_employer_says_so_and_leads_back(client: TestClient) -> None:
    keep(client)
    employer = client.get("/v1/queue").json()["items"][0]["finding"]["employer_id"]
    page = shown(client, employer_id=employer)
    assert "限于一家单位" in page
    assert f'name="employer_id" value="{employer}"' in page


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.COMPLAINT_DESK])
def test_review_page_of_those_who_only_read_offers_no_judgement(
    role: Role, client: TestClient, login_as: LoginAs
) -> None:
    keep(client)
    page = shown(login_as(role))
    assert "限男性" in page
    for button in ("data-decide", "data-bulk", "data-open-case", "state=second"):
        assert button not in page


def test_review_page_of_an_agency_holds_its_own_and_nothing_of_the_office(
    client: TestClient, login_as: LoginAs
) -> None:
    agency = login_as(Role.AGENCY, organisation="甲人力")
    keep(client, text="招前台，女士优先。", employer="别家样例公司")
    keep(agency)
    own = next(
        item["id"]
        for item in client.get("/v1/queue").json()["items"]
        if item["finding"]["category"] == "gender_restriction"
    )
    body = {"ids": [own], "decision": "dismissed", "reason": "内部的理由"}
    assert client.post("/v1/queue/reviews", json=body).status_code == 201
    page = shown(agency)
    assert "样例物业" in page
    assert "别家样例公司" not in page
    assert "内部的理由" not in page
    assert "已核查" not in page


def test_review_second_reviewer_gets_nothing_of_the_first(client: TestClient, login_as: LoginAs) -> None:
    keep(client)
    fold = first(client)
    body = {"ids": [fold], "decision": "dismissed", "reason": "第一人的理由"}
    assert client.post("/v1/queue/reviews", json=body).status_code == 201
    second = login_as(Role.INSPECTOR)
    pages = shown(second, state="second"), shown(second, f"/review/items/{fold}", state="second")
    for page in pages:
        assert "限男性" in page
        assert "第一人的理由" not in page
        assert "admin" not in page
    assert "第一人的理由" in shown(second, f"/review/items/{fold}", state="all")


@pytest.mark.parametrize("path", ["/review?item=" + "0" * 32, "/review/items/" + "0" * 32])
def test_review_unknown_item_is_a_page_that_says_so(path: str, client: TestClient) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "E610" in answer.text


def test_review_copy_that_is_asked_for_is_shown(client: TestClient) -> None:
    text = "招保安两名，限男性，包吃住，负责小区东门的门岗值守、车辆登记和夜间巡逻，每班十二小时，月休四天，联系人{}。"
    for mark in "甲乙":
        keep(client, text=text.format(mark), publisher=f"{mark}招聘网")
    (item,) = client.get("/v1/queue").json()["items"]
    copies = client.get(f"/v1/queue/{item['id']}").json()["copies"]
    for copy in copies:
        page = shown(client, f"/review/items/{item['id']}", finding=copy["finding_id"])
        assert f"联系人{copy['publisher'][0]}。" in page
        assert "近似广告 2 条" in page
