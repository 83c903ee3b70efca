"""Cases as people see them: roles, filters, words for deadlines and steps, what hostile text does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest

from api.cases.workflow import today
from api.store.accounts import Role
from api.store.cases import Case

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

    from api.store.engine import Store
    from tests.service_fixtures import LoginAs

pytestmark = pytest.mark.parametrize("database", ["sqlite"])
ATTACK = "<img src=x onerror=alert(1)><script>alert(2)</script>"
AD = {"title": "保安", "text": "招保安两名，限男性，包吃住。", "employer": "样例物业有限公司"}
PAGES = ["/cases", "/cases?view=list", "/cases/{case}", "/cases/{case}/recheck"]
OpenCase = Callable[..., dict[str, Any]]


@pytest.fixture
def open_case(client: TestClient) -> OpenCase:
    """`open_case(employer=…)` keeps an ad and opens its case."""

    def opening(**parts: str) -> dict[str, Any]:
        kept = client.post("/v1/scan", json={**AD, **parts, "store": True}).json()["stored"]["ad_id"]
        found = client.get("/v1/findings", params={"ad_id": kept}).json()["items"]
        answer = client.post("/v1/cases", json={"finding_ids": [one["id"] for one in found]})
        case: dict[str, Any] = answer.json()
        return case

    return opening


def due(store: Store, case: dict[str, Any], days: int) -> None:
    with store.session() as session:
        session.get_one(Case, case["id"]).deadline = today() + timedelta(days=days)


def text_of(client: TestClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    return unescape(answer.text)


@pytest.mark.parametrize("role", list(Role))
def test_cases_pages_by_role(role: Role, login_as: LoginAs, open_case: OpenCase) -> None:
    case = open_case()
    who = login_as(role, organisation="某机构" if role is Role.AGENCY else None)
    for path in PAGES:
        answer = who.get(path.format(case=case["id"]))
        assert answer.status_code == (403 if role is Role.AGENCY else 200), path
    for path in ("/cases/handover", "/cases/rules"):
        assert who.get(path).status_code == (200 if role in (Role.SUPERVISOR, Role.ADMIN) else 403), path
    shown = who.get(f"/cases/{case['id']}").text
    writes = role in (Role.INSPECTOR, Role.SUPERVISOR, Role.ADMIN)
    assert ("data-open=" in shown) == ("data-upload" in shown) == writes
    assert ('data-open="assign"' in shown) == (role in (Role.SUPERVISOR, Role.ADMIN))


@pytest.mark.parametrize("path", [*PAGES, "/cases/handover", "/cases/rules"])
def test_cases_pages_send_visitors_to_the_login(path: str, anonymous: TestClient) -> None:
    answer = anonymous.get(path.format(case="0" * 32), follow_redirects=False)
    assert (answer.status_code, answer.headers["location"][:13]) == (303, "/login?next=/")


def test_cases_page_that_is_not_there_is_a_page(client: TestClient) -> None:
    answer = client.get(f"/cases/{'0' * 32}")
    assert answer.status_code == 404
    assert "E610" in answer.text
    assert answer.headers["content-type"].startswith("text/html")


def test_cases_empty_board_teaches(client: TestClient) -> None:
    assert "还没有案件" in text_of(client, "/cases")
    assert "没有符合条件的案件" in text_of(client, "/cases?words=不存在")


@pytest.mark.parametrize(
    ("days", "words"),
    [(-3, "已超期 3 天"), (0, "今天到期"), (5, "还剩 5 天"), (40, "还剩 40 天")],
)
def test_cases_deadlines_in_words_and_colour(
    days: int, words: str, client: TestClient, open_case: OpenCase, store: Store
) -> None:
    due(store, open_case(), days)
    for view in ("board", "list"):
        shown = text_of(client, f"/cases?view={view}")
        kind = {-3: "badge bad", 0: "badge ask", 5: "badge ask", 40: "soft"}[days]
        assert f'class="{kind}">{words}<' in shown


@pytest.mark.parametrize("view", ["board", "list"])
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"甲", "乙"}),
        ("status=&words=&employer=&label=&assignee_id=", {"甲", "乙"}),
        ("employer=甲", {"甲"}),
        ("label=重点", {"乙"}),
        ("overdue=true", {"甲"}),
        ("near=true", {"乙"}),
        ("unassigned=true", {"乙"}),
        ("assignee_id={admin}", {"甲"}),
        ("status=to_verify&words=乙", {"乙"}),
        ("status=closed", set()),
    ],
)
def test_cases_filters(
    view: str, query: str, found: set[str], client: TestClient, open_case: OpenCase, store: Store
) -> None:
    one, two = open_case(employer="甲样例厂"), open_case(employer="乙样例厂", text="聘司机，限男性，跑长途。")
    admin = client.get("/v1/me").json()["user"]["id"]
    client.post(f"/v1/cases/{one['id']}/assignee", json={"assignee_id": admin, "reason": "分派"})
    client.put(f"/v1/cases/{two['id']}/labels", json={"labels": ["重点"]})
    due(store, one, -1)
    due(store, two, 2)
    shown = text_of(client, f"/cases?view={view}&" + query.format(admin=admin))
    assert {name for name in ("甲", "乙") if f"{name}样例厂：限定性别" in shown} == found


def test_cases_only_legal_steps_are_offered_and_blocked_ones_say_why(
    client: TestClient, open_case: OpenCase
) -> None:
    case = open_case()
    path = f"/cases/{case['id']}"
    shown = text_of(client, path)
    assert "须至少一条线索已由人复核为“成立”" in shown
    assert '<dialog id="step-' not in shown
    assert "转为责令改正" not in shown
    review = {"decision": "confirmed", "reason": "已看过原文"}
    client.post(f"/v1/cases/{case['id']}/reviews", json=review)
    shown = text_of(client, path)
    assert '<dialog id="step-verified"' in shown
    assert '<dialog id="step-unfounded"' not in shown


def test_cases_timeline_tells_every_step(client: TestClient, open_case: OpenCase, login_as: LoginAs) -> None:
    login_as(Role.INSPECTOR, name="taker")
    case = open_case()
    base = f"/v1/cases/{case['id']}"
    me = client.get("/v1/me").json()["user"]["id"]
    taker = next(one["id"] for one in client.get("/v1/officers").json()["items"] if one["id"] != me)
    client.post(f"{base}/reviews", json={"decision": "confirmed", "reason": "已看过原文"})
    client.post(f"{base}/assignee", json={"assignee_id": me, "reason": "由我承办"})
    client.post("/v1/cases:handover", json={"from_id": me, "to_id": taker, "reason": "休假期间"})
    client.post(f"{base}/status", json={"status": "verified", "reason": "电话核实"})
    client.post(f"{base}/deadline", json={"deadline": None, "reason": "暂缓办理"})
    client.put(f"{base}/labels", json={"labels": ["重点"]})
    client.post(f"{base}/notes", json={"text": "周三上午去"})
    client.post(f"{base}/attachments", files={"file": ("记录.txt", b"abc")})
    client.get(f"{base}/evidence")
    capture = {"ad_id": client.get(base).json()["findings"][0]["ad_id"], "text": "招保安两名，男女不限。"}
    client.post(f"{base}/recheck", json={"reason": "到期回访", "captures": [capture]})
    shown = text_of(client, f"/cases/{case['id']}")
    for words in (
        "立案", "并入 1 条线索", "复核 1 条线索：成立", "分派给 admin", "由 admin 移交给 taker", "休假期间",
        "待核查 → 已核实，期限", "取消期限", "标签：重点", "周三上午去", "添加附件 记录.txt", "导出证据包",
        "复查：已没有涉嫌违法或待核的用语", "前后对比（第 1 版与第 2 版）",
    ):  # fmt: skip
        assert words in shown, words


def test_cases_recheck_marks_deletions_and_insertions(client: TestClient, open_case: OpenCase) -> None:
    case = open_case()
    ad_id = client.get(f"/v1/cases/{case['id']}").json()["findings"][0]["ad_id"]
    capture = {"ad_id": ad_id, "title": "保安", "text": "招保安两名，男女不限，包吃住。"}
    client.post(f"/v1/cases/{case['id']}/recheck", json={"reason": "到期回访", "captures": [capture]})
    changes = f"/cases/{case['id']}/changes?ad_id={ad_id}&old=1&new=2"
    for path in (f"/cases/{case['id']}/recheck", changes):
        shown = client.get(path).text
        assert "招保安两名，<del>限男性</del>，包吃住。" in shown
        assert "招保安两名，<ins>男女不限</ins>，包吃住。" in shown
    assert client.get(changes.replace("new=2", "new=9")).status_code == 404
    assert client.get(changes.replace(ad_id, "0" * 32)).status_code == 422


def test_cases_hostile_text_stays_text(client: TestClient, open_case: OpenCase) -> None:
    case = open_case(
        employer=f"甲{ATTACK}", title=ATTACK, text=f"招保安，限男性。{ATTACK}", url="javascript:alert(1)"
    )
    base = f"/v1/cases/{case['id']}"
    client.post(f"{base}/notes", json={"text": ATTACK})
    client.put(f"{base}/labels", json={"labels": [ATTACK[:30]]})
    client.post(f"{base}/attachments", files={"file": ("<svg onload=alert(3)>.txt", b"abc")})
    client.post("/v1/opening-rules", json={"name": f"'\"{ATTACK}"})
    for path in (*PAGES, "/cases/rules", "/cases/handover"):
        shown = client.get(path.format(case=case["id"])).text
        assert "<img" not in shown
        assert "<script>" not in shown
        assert "<svg onload" not in shown
        assert 'href="javascript' not in shown
