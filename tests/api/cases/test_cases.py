"""Cases over the API: opened once for all copies, followed step by step, every act on record."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from api.cases.workflow import today
from api.store.accounts import Role, User
from api.store.cases import Case

if TYPE_CHECKING:
    from collections.abc import Callable

    from fastapi.testclient import TestClient

    from api.store.engine import Store
    from tests.api.cases.conftest import Keep, Open
    from tests.service_fixtures import LoginAs

    Step = Callable[..., Any]

LATER = (today() + timedelta(days=30)).isoformat()
REASON = "工作需要"


def test_cases_statuses_have_chinese_names_and_limits(client: TestClient) -> None:
    statuses = {one["name"]: one for one in client.get("/v1/case-statuses").json()}
    assert list(statuses) == [
        "待核查", "不成立", "属例外", "已核实", "约谈", "责令改正", "移送", "已整改", "拒不改正", "结案",
    ]  # fmt: skip
    assert statuses["已核实"]["limit_days"] == 60
    assert "第十七条" in statuses["已核实"]["basis"]
    assert statuses["结案"]["next"] == []


def test_cases_open_has_number_title_and_deadline(client: TestClient, open_case: Open) -> None:
    first, second = open_case(), open_case(text="聘司机，限男性，有A2证，长途。", employer="另一样例公司")
    assert first["title"] == "样例物业有限公司：限定性别"
    assert first["status_name"] == "待核查"
    assert date.fromisoformat(first["deadline"]) > today()
    year, number = first["number"].split("-")
    assert second["number"] == f"{year}-{int(number) + 1:06d}"


def test_cases_copies_of_an_ad_make_one_case(client: TestClient, keep: Keep) -> None:
    text = "招保安两名，限男性，包吃住，月薪四千五，做六休一，有保安证优先，地点在样例大街。"
    one, two = (keep(text=text, url=f"https://board{n}.example/1", publisher=f"板{n}") for n in (1, 2))
    cases = [client.post("/v1/cases", json={"finding_ids": ad.finding_ids}).json() for ad in (one, two)]
    assert cases[0]["id"] == cases[1]["id"]
    detail = client.get(f"/v1/cases/{cases[0]['id']}").json()
    assert {finding["ad_id"] for finding in detail["findings"]} == {one.ad_id, two.ad_id}


def test_cases_findings_of_unlike_ads_are_e667(client: TestClient, keep: Keep) -> None:
    one, two = keep(), keep(text="幼儿园招老师，未婚未育者优先。", employer="某幼儿园")
    answer = client.post("/v1/cases", json={"finding_ids": one.finding_ids + two.finding_ids})
    assert (answer.status_code, answer.json()["code"]) == (422, "E667")
    assert client.get("/v1/cases").json()["total"] == 0


def test_cases_findings_of_the_same_employer_can_be_added(
    client: TestClient, keep: Keep, open_case: Open
) -> None:
    case = open_case()
    same, other = (
        keep(text="招客服，已婚已育优先。"),
        keep(text="招钳工，限男性，倒班。", employer="另一家厂"),
    )
    path = f"/v1/cases/{case['id']}/findings"
    assert client.post(path, json={"finding_ids": same.finding_ids}).status_code == 200
    assert client.post(path, json={"finding_ids": other.finding_ids}).json()["code"] == "E667"
    assert client.post(path, json={"finding_ids": ["0" * 32]}).status_code == 404


def test_cases_whole_course_leaves_a_trail(
    client: TestClient, open_case: Open, step: Step, actions: Callable[[str], list[str]]
) -> None:
    case = open_case("confirmed")
    for status, more in [
        ("verified", {}),
        ("interview", {"deadline": LATER}),
        ("rectification_order", {"deadline": LATER}),
        ("rectified", {}),
        ("closed", {}),
    ]:
        answer = step(case, status, **more)
        assert answer.status_code == 200, answer.text
        assert answer.json()["status"] == status
    detail = client.get(f"/v1/cases/{case['id']}").json()
    assert detail["case"]["closed_at"] is not None
    assert detail["case"]["deadline"] is None
    assert detail["next"] == []
    steps = [event for event in detail["events"] if event["kind"] == "status"]
    assert [event["details"]["to"]["status"] for event in steps][-1] == "closed"
    assert all(event["reason"] and event["user_id"] for event in steps)
    assert actions(case["id"]).count("case.status") == 5


@pytest.mark.parametrize(
    ("decision", "status", "code"),
    [
        ("", "verified", "E661"),
        ("", "unfounded", "E661"),
        ("dismissed", "verified", "E661"),
        ("confirmed", "unfounded", "E661"),
        ("dismissed", "exception", "E661"),
        ("confirmed", "closed", "E660"),
        ("confirmed", "interview", "E660"),
        ("dismissed", "unfounded", None),
        ("exception", "exception", None),
        ("confirmed", "verified", None),
    ],
)
def test_cases_step_needs_a_persons_review(
    decision: str, status: str, code: str | None, open_case: Open, step: Step
) -> None:
    answer = step(open_case(decision), status)
    assert answer.json().get("code") == code
    assert answer.status_code == (409 if code else 200)


def test_cases_interview_needs_a_deadline_to_come(open_case: Open, step: Step) -> None:
    case = open_case("confirmed")
    step(case, "verified")
    assert step(case, "interview").json()["code"] == "E662"
    assert step(case, "interview", deadline="2020-01-01").json()["code"] == "E663"
    assert step(case, "interview", deadline=LATER).json()["deadline"] == LATER


@pytest.mark.parametrize("reason", ["", " ", "好"])
def test_cases_step_without_a_reason_is_refused(reason: str, open_case: Open, step: Step) -> None:
    assert step(open_case("confirmed"), "verified", reason=reason).status_code == 422


def test_cases_deadline_can_be_extended_and_lifted(client: TestClient, open_case: Open) -> None:
    path = f"/v1/cases/{open_case()['id']}/deadline"
    assert client.post(path, json={"deadline": LATER, "reason": REASON}).json()["deadline"] == LATER
    assert client.post(path, json={"deadline": None, "reason": REASON}).json()["deadline"] is None


def test_cases_closed_case_changes_no_more_and_the_next_one_is_a_repeat(
    client: TestClient, open_case: Open, keep: Keep, step: Step
) -> None:
    case = open_case("dismissed")
    step(case, "unfounded")
    step(case, "closed")
    path = f"/v1/cases/{case['id']}"
    refused = [
        client.post(f"{path}/deadline", json={"deadline": LATER, "reason": REASON}),
        client.post(f"{path}/assignee", json={"assignee_id": None, "reason": REASON}),
        client.post(f"{path}/recheck", json={"reason": REASON}),
        client.post(f"{path}/attachments", files={"file": ("记录.txt", b"x")}),
    ]
    assert [answer.json()["code"] for answer in refused] == ["E664"] * 4
    again = client.post("/v1/cases", json={"finding_ids": keep().finding_ids}).json()
    assert again["id"] != case["id"]
    assert again["labels"] == ["复发"]


def test_cases_labels_notes_and_filters(client: TestClient, open_case: Open) -> None:
    case, other = open_case(), open_case(text="招焊工，限男性，自带工具。", employer="另一样例公司")
    path = f"/v1/cases/{case['id']}"
    labelled = client.put(f"{path}/labels", json={"labels": ["劳务派遣", "重点", "劳务派遣"]}).json()
    assert labelled["labels"] == ["劳务派遣", "重点"]
    note = client.post(f"{path}/notes", json={"text": "周三上午再联系"})
    assert (note.status_code, note.json()["kind"]) == (201, "note")

    def listed(**filters: Any) -> list[str]:
        return [one["id"] for one in client.get("/v1/cases", params=filters).json()["items"]]

    assert listed() == [other["id"], case["id"]]
    assert listed(label="重点") == [case["id"]]
    assert listed(label="重") == []
    assert listed(words=case["number"]) == [case["id"]]
    assert listed(words="%") == []
    assert listed(employer_id=other["employer_id"]) == [other["id"]]
    assert listed(status="closed") == listed(overdue=True) == []
    assert len(listed(unassigned=True)) == 2


def test_cases_handover_moves_all_open_cases(
    client: TestClient, login_as: LoginAs, open_case: Open, step: Step, store: Store
) -> None:
    ids = {name: _user(store, name) for name in ("张", "李")}
    first = open_case("dismissed")
    second = open_case(text="招搬运工，限男性，能吃苦。", employer="另一样例公司")
    for case in (first, second):
        body = {"assignee_id": ids["张"], "reason": REASON}
        assert client.post(f"/v1/cases/{case['id']}/assignee", json=body).status_code == 200
    step(first, "unfounded")
    step(first, "closed")
    body = {"from_id": ids["张"], "to_id": ids["李"], "reason": "调离"}
    assert client.post("/v1/cases:handover", json=body).json() == {"case_ids": [second["id"]]}
    assert [
        one["id"] for one in client.get("/v1/cases", params={"assignee_id": ids["李"]}).json()["items"]
    ] == [second["id"]]


@pytest.mark.parametrize(("role", "active"), [(Role.AUDITOR, True), (Role.INSPECTOR, False)])
def test_cases_are_given_only_to_those_who_work_on_them(
    role: Role, active: bool, client: TestClient, open_case: Open, store: Store
) -> None:
    body = {"assignee_id": _user(store, "某", role, active=active), "reason": REASON}
    answer = client.post(f"/v1/cases/{open_case()['id']}/assignee", json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, "E665")


def test_cases_are_nothing_to_an_agency(client: TestClient, login_as: LoginAs, open_case: Open) -> None:
    case = open_case()
    agency = login_as(Role.AGENCY, organisation="样例人力")
    for path in ("/v1/cases", f"/v1/cases/{case['id']}", f"/v1/cases/{case['id']}/recheck"):
        assert agency.get(path).status_code == 403
    assert agency.get(f"/v1/cases/{case['id']}/evidence").status_code == 404
    assert agency.get("/v1/statistics/cases").json()["groups"] == []


def _user(store: Store, name: str, role: Role = Role.INSPECTOR, *, active: bool = True) -> str:
    with store.session() as session:
        user = User(name=name, role=role, password_hash="", active=active)
        session.add(user)
        session.flush()
        return user.id


def test_cases_next_statuses_say_what_they_need(client: TestClient, open_case: Open, step: Step) -> None:
    def following(case: dict[str, Any]) -> dict[str, dict[str, Any]]:
        return {one["status"]: one for one in client.get(f"/v1/cases/{case['id']}").json()["next"]}

    fresh, reviewed = open_case(), open_case("confirmed", text="聘司机，限男性，跑长途。", employer="另一家")
    assert all(one["missing"] for one in following(fresh).values())
    told = following(reviewed)
    assert {status for status, one in told.items() if not one["missing"]} == {"verified"}
    assert date.fromisoformat(told["verified"]["deadline"]) > today()
    step(reviewed, "verified")
    told = following(reviewed)
    assert {status for status, one in told.items() if one["needs_deadline"]} == {
        "interview",
        "rectification_order",
    }
    assert {one["deadline"] for one in told.values()} == {None}


def test_cases_list_by_deadline_and_near_ones(client: TestClient, open_case: Open, store: Store) -> None:
    texts = ("招司机，限男性。", "招电工，限男性，持证。", "招门卫，限男性，夜班。")
    cases = [open_case(text=text, employer=f"{at}号样例厂") for at, text in enumerate(texts)]
    with store.session() as session:
        for case, days in zip(cases, (9, -1, 3), strict=True):
            session.get_one(Case, case["id"]).deadline = today() + timedelta(days=days)

    def listed(**query: Any) -> list[str]:
        found = client.get("/v1/cases", params=query).json()["items"]
        return [case["employer"][0] for case in found]

    assert listed() == ["2", "1", "0"]
    assert listed(order="deadline") == ["1", "2", "0"]
    assert listed(near=True) == ["2"]
    assert listed(overdue=True) == ["1"]
    assert listed(employer="0号") == ["0"]
    first = client.get("/v1/cases", params={"order": "deadline"}).json()["items"]
    assert [(one["days_left"], one["overdue"], one["near"]) for one in first] == [
        (-1, True, False), (3, False, True), (9, False, False),
    ]  # fmt: skip


def test_cases_name_who_works_on_them(client: TestClient, open_case: Open) -> None:
    case = open_case()
    me = client.get("/v1/me").json()["user"]["id"]
    assert case["assignee"] is None
    given = client.post(f"/v1/cases/{case['id']}/assignee", json={"assignee_id": me, "reason": REASON})
    assert given.json()["assignee"] == "admin"
    events = client.get(f"/v1/cases/{case['id']}").json()["events"]
    assert {event["by"] for event in events} == {"admin"}
