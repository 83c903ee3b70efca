"""The officer's steps: what may follow what, the term, the weight, the words that are kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.complaints.status import FINISHED, NEXT
from api.store.accounts import Role
from api.store.complaints import ComplaintStatus
from tests.api.complaints.conftest import Send
from tests.service_fixtures import LoginAs

Read = Callable[[str], dict[str, Any]]


@pytest.fixture
def act(desk: TestClient) -> Callable[..., Any]:
    """`act(id, "status", status="accepted")` takes a step with a reason; gives the answer."""

    def acting(key: str, what: str, **body: Any) -> Any:
        answer = desk.post(f"/v1/complaints/{key}/{what}", json={"reason": "核对了材料", **body})
        return answer.json()

    return acting


def test_workflow_every_status_is_reached_and_leads_to_an_end() -> None:
    reached = {status for following in NEXT.values() for status in following}
    assert reached == set(ComplaintStatus)
    assert [status for status, following in NEXT.items() if not following] == [ComplaintStatus.CLOSED]
    assert set(FINISHED) == {ComplaintStatus.CLOSED, ComplaintStatus.SPAM}


def test_workflow_goes_from_receipt_to_closing(send: Send, act: Any, read: Read) -> None:
    key = send()["id"]
    for status in ("accepted", "answered", "closed"):
        seen = act(key, "status", status=status)
        assert seen["status"] == status
    assert seen["closed_at"]
    refused = act(key, "status", status="accepted")
    assert refused["code"] == "E684"
    assert "办结" in refused["message"]
    steps = [e["details"]["to"] for e in read(key)["events"] if e["kind"] == "status"]
    assert steps == ["accepted", "answered", "closed"]


def test_workflow_only_a_complaint_has_a_term_of_five_working_days(send: Send, act: Any) -> None:
    key = send(received_at="2026-09-30T10:00:00+08:00")["id"]
    assert act(key, "kind", kind="report")["due_on"] is None
    seen = act(key, "kind", kind="complaint")
    assert (seen["due_on"], seen["kind_name"]) == ("2026-10-13", "投诉")
    assert seen["overdue"] == (date(2026, 10, 13) < date.today())
    assert act(key, "status", status="accepted")["due_on"] is None


def test_workflow_officer_overrides_the_urgency_and_takes_it_back(send: Send, act: Any, read: Read) -> None:
    key = send()["id"]
    computed = read(key)["complaint"]["level"]
    seen = act(key, "urgency", level="urgent", reason="来电人称明天要签离职协议")
    assert (seen["level"], seen["overridden"], seen["override_reason"]) == (
        "urgent",
        True,
        "来电人称明天要签离职协议",
    )
    back = act(key, "urgency", level=None)
    assert (back["level"], back["overridden"]) == (computed, False)


def test_workflow_route_is_one_that_is_known(send: Send, act: Any, read: Read) -> None:
    key = send()["id"]
    code = read(key)["routes"][0]["code"]
    assert act(key, "route", route=code)["route"] == code
    refused = act(key, "route", route="none")
    assert refused["code"] == "E687"
    assert code in refused["message"]


def test_workflow_is_put_on_a_desk(send: Send, act: Any, login_as: LoginAs, client: TestClient) -> None:
    key = send()["id"]
    users = {user["name"]: user["id"] for user in client.get("/v1/users").json()["items"]}
    assert act(key, "assignee", assignee_id=users["desk"])["assignee"] == "desk"
    assert act(key, "assignee", assignee_id="0" * 32)["code"] == "E610"
    assert act(key, "assignee", assignee_id=None)["assignee"] is None


def test_workflow_whatever_officers_type_is_masked(
    send: Send, act: Any, desk: TestClient, read: Read, client: TestClient
) -> None:
    key = send(name="王翠缇", contact="13800138000")["id"]
    words = "已电话联系王翠缇（13800138000），王女士愿意作证"
    masked = "已电话联系＊＊＊（＊＊＊），＊＊＊愿意作证"
    act(key, "status", status="accepted", reason=words)
    act(key, "urgency", level="soon", reason=words)
    desk.post(f"/v1/complaints/{key}/notes", json={"text": words})
    seen = read(key)
    assert [event["reason"] for event in seen["events"][1:]] == [masked] * 3
    assert seen["complaint"]["override_reason"] == masked
    audit = client.get("/v1/audit", params={"object_id": key, "size": 200}).text
    assert masked in audit
    assert "翠缇" not in audit


@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.AUDITOR, Role.ADMIN])
def test_workflow_readers_may_not_act(role: Role, send: Send, login_as: LoginAs) -> None:
    key = send()["id"]
    reader = login_as(role)
    assert reader.get(f"/v1/complaints/{key}").status_code == 200
    note = reader.post(f"/v1/complaints/{key}/notes", json={"text": "看过"})
    assert note.json()["code"] == "E623"


def test_workflow_list_is_filtered_and_ordered(
    send: Send, act: Any, desk: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = send(employer="甲样例厂")["id"]
    urgent = send(employer="乙样例公司", text="我在乙样例公司上班，怀孕被辞退。")["id"]
    act(plain, "kind", kind="complaint")

    def listed(**filters: Any) -> list[str]:
        return [one["id"] for one in desk.get("/v1/complaints", params=filters).json()["items"]]

    assert listed() == [urgent, plain]
    assert listed(order="due") == [plain, urgent]
    assert listed(order="newest") == [urgent, plain]
    assert listed(category="gender_restriction") == [plain]
    assert listed(employer="乙样例") == [urgent]
    assert listed(kind="complaint") == listed(words="只要男") == [plain]
    assert listed(overdue=True) == listed(suspected=True) == []
    due = date.fromisoformat(act(plain, "kind", kind="complaint")["due_on"])
    for day, near, overdue in ((due, [plain], []), (due + timedelta(days=1), [], [plain])):
        monkeypatch.setattr("api.schemas.complaint_filters.today", lambda day=day: day)
        assert (listed(near=True), listed(overdue=True)) == (near, overdue)
    assert listed(status="spam") == []


def test_workflow_hand_off_names_nobody(send: Send, desk: TestClient, act: Any, read: Read) -> None:
    key = send(name="王翠缇", contact="13800138000", text="我叫王翠缇，公司说只要男的。")["id"]
    desk.post(f"/v1/complaints/{key}/notes", json={"text": "内部意见"})
    answer = desk.post(f"/v1/complaints/{key}/handoff", json={"reason": "移送妇联"})
    copy = answer.json()
    assert copy["text"] == "我叫＊＊＊，公司说只要男的。"
    assert (copy["number"], copy["employer"]) == (read(key)["complaint"]["number"], "长春示例商贸有限公司")
    assert not any(word in answer.text for word in ("翠缇", "13800138000", "内部意见"))
    assert read(key)["events"][-1]["kind"] == "handoff"
