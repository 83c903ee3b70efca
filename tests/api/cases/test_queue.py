"""The review queue: the weightiest first, near-copies as one, blind second reviews, acts taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from api.store.accounts import Role
from tests.api.cases.conftest import MALE

if TYPE_CHECKING:
    from collections.abc import Callable

    from fastapi.testclient import TestClient

    from tests.api.cases.conftest import Keep, Kept, Open
    from tests.service_fixtures import LoginAs

COPY = "招保安两名，限男性，包吃住，负责小区东门的门岗值守、车辆登记和夜间巡逻，每班十二小时，月休四天，联系物业办公室王经理{}。"


def queue(client: TestClient, **filters: Any) -> list[dict[str, Any]]:
    answer = client.get("/v1/queue", params=filters)
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


def judge(client: TestClient, ids: list[str], decision: str = "confirmed") -> dict[str, Any]:
    body = {"ids": ids, "decision": decision, "reason": "看过原文"}
    answer = client.post("/v1/queue/reviews", json=body)
    assert answer.status_code == 201, answer.text
    act: dict[str, Any] = answer.json()
    return act


@pytest.fixture
def copies(keep: Keep) -> list[Kept]:
    """Three near-copies on three boards."""
    return [keep(text=COPY.format(mark), publisher=f"{mark}招聘网") for mark in "甲乙丙"]


def test_queue_folds_near_copies_into_one_with_their_reach(client: TestClient, copies: list[Kept]) -> None:
    (item,) = queue(client)
    assert (item["ads"], item["unreviewed"]) == (3, 3)
    detail = client.get(f"/v1/queue/{item['id']}").json()
    assert {copy["ad_id"] for copy in detail["copies"]} == {one.ad_id for one in copies}
    assert detail["finding"]["spans"][0]["quote"] == "限男性"


@pytest.mark.parametrize(
    ("text", "employer"),
    [
        (COPY.format("丁"), "另一样例公司"),
        (COPY.format("丁").replace("限男性", "男性优先"), MALE["employer"]),
    ],
    ids=["another employer", "other words"],
)
def test_queue_does_not_fold(
    text: str, employer: str, client: TestClient, keep: Keep, copies: list[Kept]
) -> None:
    keep(text=text, employer=employer)
    assert sorted(item["ads"] for item in queue(client)) == [1, 3]


def test_queue_sorts_by_severity_confidence_and_reach(
    client: TestClient, keep: Keep, copies: list[Kept]
) -> None:
    keep(text="招前台，女士优先。", employer="甲样例公司")
    keep(text="入职须签三年内不得怀孕的协议。", employer="乙样例公司")
    found = queue(client)
    assert [item["priority"] for item in found] == sorted((item["priority"] for item in found), reverse=True)
    weights = {"S1": 3, "S2": 2, "S3": 1}
    single = [item for item in found if item["ads"] == 1]
    for item in single:
        finding = item["finding"]
        expected = weights[finding["severity"]] * finding["confidence"]
        assert item["priority"] == pytest.approx(expected, abs=0.001)
    (folded,) = (item for item in found if item["ads"] == 3)
    alone = weights[folded["finding"]["severity"]] * folded["finding"]["confidence"]
    assert folded["priority"] == pytest.approx(alone * 2.585, abs=0.005)
    assert queue(client, sort="reach")[0]["id"] == folded["id"]
    assert queue(client, sort="newest") == queue(client, sort="oldest")[::-1]


def test_queue_filters(client: TestClient, keep: Keep, copies: list[Kept]) -> None:
    keep(text="招客服，已婚已育优先。", employer="另一样例公司", fields={"工作地点": "吉林省长春市朝阳区"})
    male, married = (
        next(item for item in queue(client) if item["finding"]["category"] == category)
        for category in ("gender_restriction", "marital_birth_condition")
    )
    boards = {one["name"]: one["id"] for one in client.get("/v1/publishers").json()["items"]}
    detail = client.get(f"/v1/queue/{married['id']}").json()
    rule = next(source["id"] for source in detail["finding"]["sources"] if source["kind"] == "rule")
    case = client.post("/v1/cases", json={"finding_ids": [married["finding"]["id"]]}).json()
    me = client.get("/v1/me").json()["user"]
    assigned = {"assignee_id": me["id"], "reason": "本人承办"}
    assert client.post(f"/v1/cases/{case['id']}/assignee", json=assigned).status_code == 200
    expected: list[tuple[dict[str, Any], dict[str, Any]]] = [
        ({"category": "gender_restriction"}, male),
        ({"direction": "male"}, male),
        ({"publisher_id": boards["乙招聘网"]}, male),
        ({"employer_id": male["finding"]["employer_id"]}, male),
        ({"employer": "样例物业"}, male),
        ({"employer": "另一"}, married),
        ({"region": "长春"}, married),
        ({"rule_id": rule}, married),
        ({"assignee_id": me["id"]}, married),
        ({"case_id": case["id"]}, married),
        ({"category": "marital_birth_condition", "disposition": married["finding"]["disposition"]}, married),
    ]
    for filters, wanted in expected:
        assert [item["id"] for item in queue(client, **filters)] == [wanted["id"]], filters
    for nothing in (
        {"region": "北京"},
        {"rule_id": "x"},
        {"since": "2099-01-01T00:00:00Z"},
        {"employer": "%"},
    ):
        assert queue(client, **nothing) == []
    listed = client.get("/v1/findings", params={"region": "长春", "rule_id": rule}).json()["items"]
    assert [one["id"] for one in listed] == [married["finding"]["id"]]


def test_queue_judged_at_one_stroke_and_taken_back(
    client: TestClient, copies: list[Kept], keep: Keep, actions: Callable[[str], list[str]]
) -> None:
    keep(text="招客服，已婚已育优先。", employer="另一样例公司")
    ids = [item["id"] for item in queue(client)]
    act = judge(client, ids, "dismissed")
    assert act["findings"] == 4
    assert queue(client) == []
    assert {item["finding"]["decision"] for item in queue(client, state="reviewed")} == {"dismissed"}
    undone = client.delete(f"/v1/reviews/{act['act_id']}").json()
    assert undone == act
    assert [item["id"] for item in queue(client)] == ids
    assert queue(client, state="mine") == []
    finding = copies[0].finding_ids[0]
    assert actions(finding)[-2:] == ["finding.review", "finding.unreview"]
    assert client.get(f"/v1/findings/{finding}").json()["reviews"] == []


def test_queue_new_copy_of_what_was_judged_comes_back(
    client: TestClient, copies: list[Kept], keep: Keep
) -> None:
    judge(client, [queue(client)[0]["id"]])
    keep(text=COPY.format("丁"))
    (item,) = queue(client)
    assert (item["ads"], item["unreviewed"], item["finding"]["decision"]) == (4, 1, "confirmed")


def test_queue_single_review_by_finding_can_be_taken_back(client: TestClient, copies: list[Kept]) -> None:
    body = {"decision": "exception", "reason": "确有法定依据"}
    made = client.post(f"/v1/findings/{copies[0].finding_ids[0]}/reviews", json=body).json()
    assert queue(client)[0]["unreviewed"] == 2
    assert client.delete(f"/v1/reviews/{made['act_id']}").status_code == 200
    assert queue(client)[0]["unreviewed"] == 3


def test_queue_undo_is_for_ones_own_last_act_only(
    client: TestClient, login_as: LoginAs, copies: list[Kept]
) -> None:
    ids = [queue(client)[0]["id"]]
    first = judge(client, ids)
    other = login_as(Role.INSPECTOR)
    refused = other.delete(f"/v1/reviews/{first['act_id']}")
    assert (refused.status_code, refused.json()["code"]) == (404, "E610")
    second = judge(client, ids, "dismissed")
    assert client.delete(f"/v1/reviews/{first['act_id']}").json()["code"] == "E670"
    assert client.delete(f"/v1/reviews/{second['act_id']}").status_code == 200
    assert client.delete(f"/v1/reviews/{first['act_id']}").status_code == 200
    assert client.delete(f"/v1/reviews/{first['act_id']}").json()["code"] == "E610"


def test_queue_undo_is_refused_once_a_case_went_on(
    client: TestClient, open_case: Open, step: Callable[..., Any]
) -> None:
    case = open_case()
    act = judge(client, [queue(client)[0]["id"]])
    assert step(case, "verified").status_code == 200
    refused = client.delete(f"/v1/reviews/{act['act_id']}").json()
    assert refused["code"] == "E671"
    assert case["number"] in refused["message"]


def test_queue_second_reviewer_is_not_told_what_the_first_said(
    client: TestClient, login_as: LoginAs, copies: list[Kept]
) -> None:
    first, second, third = (login_as(Role.INSPECTOR, name=name) for name in ("first", "second", "third"))
    fold = queue(client)[0]["id"]
    assert queue(second, state="second") == []
    judge(first, [fold], "dismissed")
    assert queue(first, state="second") == []
    (item,) = queue(second, state="second")
    assert (item["finding"]["decision"], item["unreviewed"]) == (None, None)
    told = second.get(f"/v1/queue/{fold}", params={"state": "second"}).json()
    assert (told["judgements"], told["case_ids"], told["item"]["finding"]["decision"]) == ([], [], None)
    judge(second, [fold], "confirmed")
    assert queue(third, state="second") == []
    assert [one["id"] for one in queue(third, state="disputed")] == [fold]
    told = second.get(f"/v1/queue/{fold}").json()
    assert {one["reviewer"]: one["decision"] for one in told["judgements"]} == {
        "first": "dismissed",
        "second": "confirmed",
    }
    judge(third, [fold], "confirmed")
    assert queue(third, state="disputed") == []


def test_queue_agreement_counts_copies_once(
    client: TestClient, login_as: LoginAs, copies: list[Kept], keep: Keep
) -> None:
    keep(text="招客服，已婚已育优先。", employer="另一样例公司")
    ids = [item["id"] for item in queue(client)]
    first, second = login_as(Role.INSPECTOR, name="first"), login_as(Role.INSPECTOR, name="second")
    for by, decisions in ((first, ("confirmed", "dismissed")), (second, ("confirmed", "confirmed"))):
        for fold, decision in zip(ids, decisions, strict=True):
            judge(by, [fold], decision)
    (found,) = first.get("/v1/reviews/agreement").json()
    assert (found["colleague"], found["findings"], found["observed"]) == ("second", 2, 0.5)
    assert client.get("/v1/reviews/agreement").json() == []
    (all_pairs,) = client.get("/v1/statistics/agreement").json()
    assert all_pairs["findings"] == 2


def test_queue_of_an_agency_holds_its_own_and_nothing_of_the_office(
    client: TestClient, login_as: LoginAs, keep: Keep, copies: list[Kept]
) -> None:
    agency, other = (login_as(Role.AGENCY, organisation=name) for name in ("甲人力", "乙人力"))
    keep(by=agency, text="招前台，女士优先。", employer="甲样例公司")
    (own,) = (item["id"] for item in queue(client) if item["finding"]["category"] == "gender_preference")
    judge(client, [own])
    (item,) = queue(agency, state="reviewed")
    assert (item["id"], item["unreviewed"], item["finding"]["decision"]) == (own, None, None)
    assert agency.get(f"/v1/queue/{own}").json()["judgements"] == []
    for office in ({"reviewed": True}, {"assignee_id": "0" * 32}, {"case_id": "0" * 32}):
        assert queue(agency, **office) == []
        assert agency.get("/v1/findings", params=office).json()["items"] == []
    assert queue(other) == []
    assert other.get(f"/v1/queue/{own}").status_code == 404


def test_queue_unknown_id_judges_nothing(client: TestClient, copies: list[Kept]) -> None:
    body = {"ids": [queue(client)[0]["id"], "0" * 32], "decision": "confirmed", "reason": "看过原文"}
    assert client.post("/v1/queue/reviews", json=body).status_code == 404
    assert queue(client)[0]["unreviewed"] == 3


def test_queue_leaves_out_what_the_scanner_cleared_unless_asked(client: TestClient, keep: Keep) -> None:
    keep(text="矿山井下作业岗位，根据国家规定的女职工禁忌劳动范围，限男性。")
    dispositions = {item["finding"]["disposition"] for item in queue(client, state="all")}
    assert "exempt" not in {item["finding"]["disposition"] for item in queue(client)}
    if "exempt" in dispositions:
        assert queue(client, disposition="exempt")
