"""The first page says what waits for whom."""

from __future__ import annotations

import re

from fastapi.testclient import TestClient

from api.store.accounts import Role
from tests.service_fixtures import LoginAs

MALE = {"title": "保安", "text": "招保安两名，限男性。", "employer": "样例物业有限公司", "store": True}
TILE = re.compile(r'<a class="tile[^"]*" href="([^"]+)"><b>([\d,]+)</b>([^<]+)</a>')


def tiles(client: TestClient) -> dict[str, tuple[int, str]]:
    """Count and address by label."""
    found = TILE.findall(client.get("/").text)
    return {label: (int(count), address.replace("&amp;", "&")) for address, count, label in found}


def test_home_of_an_empty_service_teaches_the_first_step(login_as: LoginAs) -> None:
    inspector = login_as(Role.INSPECTOR).get("/").text
    assert "从这里开始" in inspector
    assert 'href="/batches"' in inspector
    auditor = login_as(Role.AUDITOR).get("/").text
    assert "还没有数据" in auditor
    assert "从这里开始" not in auditor
    assert "眼下没有待办" in login_as(Role.COMPLAINT_DESK).get("/").text


def test_home_counts_what_waits_and_leads_there(login_as: LoginAs) -> None:
    supervisor = login_as(Role.SUPERVISOR)
    supervisor.post("/v1/scan", json=MALE)
    finding = supervisor.get("/v1/findings").json()["items"][0]["id"]
    case = supervisor.post("/v1/cases", json={"finding_ids": [finding]}).json()
    shown = tiles(supervisor)
    assert shown["涉嫌违法未核查"] == (1, "/review?disposition=violation")
    assert shown["未分派案件"] == (1, "/cases?unassigned=true&view=list")
    assert shown["我的未结案件"][0] == 0
    me = supervisor.get("/v1/me").json()["user"]["id"]
    given = supervisor.post(f"/v1/cases/{case['id']}/assignee", json={"assignee_id": me, "reason": "交办"})
    assert given.status_code == 200
    shown = tiles(supervisor)
    assert (shown["未分派案件"][0], shown["我的未结案件"][0]) == (0, 1)
    assert case["number"] in supervisor.get("/").text
    for count, address in shown.values():
        page = supervisor.get(address)
        assert (page.status_code, count == 0 or "样例物业" in page.text) == (200, True)


def test_home_shows_each_role_only_what_it_may_open(login_as: LoginAs) -> None:
    agency = login_as(Role.AGENCY, organisation="甲人力")
    agency.post("/v1/scan", json=MALE)
    assert tiles(agency)["涉嫌违法线索"][0] == 1
    assert tiles(login_as(Role.AGENCY, organisation="乙人力")) == {}
    assert not [label for label in tiles(agency) if "案件" in label]
    desk = tiles(login_as(Role.COMPLAINT_DESK))
    assert desk["涉嫌违法线索"][0] == 1
    assert "正在扫描" not in desk
    for client in (agency, login_as(Role.INSPECTOR), login_as(Role.AUDITOR)):
        page = client.get("/").text
        links = set(re.findall(r'<a href="(/[^"]*)"', page)) | {
            address for _, address in tiles(client).values()
        }
        assert {client.get(link).status_code for link in links} == {200}
