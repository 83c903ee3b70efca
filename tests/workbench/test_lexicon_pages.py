"""词库 pages as the server writes them: roles, filters, hostile text."""

from __future__ import annotations

from html import unescape
from typing import TYPE_CHECKING, Any

import pytest

from api.store.accounts import Role
from tests.api.lexicon.conftest import NEW

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

    from tests.service_fixtures import LoginAs

pytestmark = pytest.mark.parametrize("database", ["sqlite"])
ATTACK = "<img src=x onerror=alert(1)><script>alert(2)</script>"
PROPOSERS = {Role.INSPECTOR, Role.SUPERVISOR, Role.ADMIN}
ACTIVATORS = {Role.SUPERVISOR, Role.ADMIN}


def text_of(client: TestClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    return unescape(answer.text)


def propose(client: TestClient, **changes: Any) -> str:
    answer = client.post("/v1/rule-drafts", json={"rule": NEW | changes, "reason": "两家单位用了"})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


@pytest.mark.parametrize("role", list(Role))
def test_lexicon_pages_by_role(role: Role, login_as: LoginAs, client: TestClient) -> None:
    draft = propose(client)
    client.post(f"/v1/rule-drafts/{draft}/test")
    who = login_as(role, organisation="某机构" if role is Role.AGENCY else None)
    for path in ("/lexicon", "/lexicon/only-sex"):
        assert who.get(path).status_code == 200, path
    drafts = (
        "/lexicon/versions",
        "/lexicon/drafts",
        "/lexicon/drafts/new",
        f"/lexicon/drafts/{draft}",
        f"/lexicon/drafts/{draft}/edit",
    )
    for path in drafts:
        assert who.get(path).status_code == (200 if role in PROPOSERS else 403), path
    assert ("提出新规则" in who.get("/lexicon").text) == (role in PROPOSERS)
    assert ("变动记录" in who.get("/lexicon/only-sex").text) == (role in PROPOSERS)
    assert ("提出修改" in who.get("/lexicon/only-sex").text) == (role in PROPOSERS)
    shown = who.get(f"/lexicon/drafts/{draft}").text
    assert ('data-open="activate"' in shown) == (role in ACTIVATORS)


@pytest.mark.parametrize(
    ("query", "there", "absent"),
    [
        ("", {"only-sex", "pregnancy-test", "products"}, set()),
        ("words=&category=&direction=&effect=", {"only-sex", "products"}, set()),
        ("words=孕检", {"pregnancy-test"}, {"only-sex"}),
        ("words=ONLY-SEX", {"only-sex"}, {"products"}),
        ("words=女装品类", {"only-sex"}, {"pregnancy-test"}),
        ("words=妇女权益保障法", {"only-sex"}, {"products"}),
        ("category=pregnancy_test", {"pregnancy-test"}, {"only-sex", "products"}),
        ("direction=male", {"only-sex", "gendered-calling-male"}, {"gendered-calling", "products"}),
        ("direction=female", {"only-sex", "gendered-calling"}, {"gendered-calling-male"}),
        ("effect=review", {"bare-called"}, {"only-sex", "products"}),
        ("effect=lawful", {"products"}, {"only-sex"}),
        ("effect=flag&category=gender_restriction", {"only-sex"}, {"bare-called", "pregnancy-test"}),
    ],
)
def test_lexicon_filters(query: str, there: set[str], absent: set[str], client: TestClient) -> None:
    shown = text_of(client, f"/lexicon?{query}")
    assert {name for name in there | absent if f'href="/lexicon/{name}"' in shown} == there


def test_lexicon_nothing_found_teaches(client: TestClient, login_as: LoginAs) -> None:
    assert "没有符合条件的规则" in text_of(client, "/lexicon?words=没有这种词")
    assert "可提出新规则" not in text_of(login_as(Role.AUDITOR), "/lexicon?words=没有这种词")
    assert "还没有草稿" in text_of(client, "/lexicon/drafts")
    assert "词库还没有变动过" in text_of(client, "/lexicon/versions")


def test_lexicon_rule_shows_examples_law_and_origin(client: TestClient) -> None:
    shown = text_of(client, "/lexicon/only-sex")
    assert '岗位要求：<mark class="violation">限男性</mark>，能上夜班' in shown
    assert "销售限女装品类" in shown
    assert "《妇女权益保障法》第四十三条第（一）项" in shown
    assert "与程序自带的一致" in shown
    assert "id: only-sex" in shown
    assert client.get("/lexicon/nothing").status_code == 404
    lawful = text_of(client, "/lexicon/products")
    assert "合法用语，不报" in lawful


def test_lexicon_draft_shows_what_would_change(client: TestClient) -> None:
    shipped = client.get("/v1/rules/only-sex").json()["entry"]
    changed = shipped | {"message": "改过的说明", "pass": [*shipped["pass"], "限男装导购经验者"]}
    body = {"rule": changed, "reason": "换个说法"}
    draft = client.post("/v1/rule-drafts", json=body).json()["id"]
    shown = text_of(client, f"/lexicon/drafts/{draft}")
    assert "<del>招聘条件限定了性别</del><br><ins>改过的说明</ins>" in shown.replace("\n", "")
    assert "<ins>限男装导购经验者</ins>" in shown
    assert "<ins>不限男女</ins>" not in shown
    assert "启用之前须检验" in shown


def test_lexicon_form_is_filled_with_the_rule_and_with_the_draft(client: TestClient) -> None:
    shown = text_of(client, "/lexicon/drafts/new?rule=only-sex")
    assert 'value="only-sex" readonly' in shown
    assert "岗位要求：[限男性]，能上夜班\n[仅限女生]" in shown
    assert 'value="WL43.1"' in shown
    assert 'value="HRM24"' in shown
    draft = propose(client, message="独有的说明")
    assert 'value="独有的说明"' in text_of(client, f"/lexicon/drafts/{draft}/edit")
    client.post(f"/v1/rule-drafts/{draft}/decline", json={"reason": "不用了"})
    assert client.get(f"/lexicon/drafts/{draft}/edit").status_code == 409
    assert 'data-kind="veto"' in text_of(client, "/lexicon/drafts/new?kind=veto")
    assert 'data-kind="veto"' in text_of(client, "/lexicon/drafts/new?rule=products")


def test_lexicon_hostile_text_stays_text(client: TestClient) -> None:
    hostile = {
        "message": f"说明{ATTACK}",
        "rewrite": ATTACK,
        "review": ATTACK,
        "source": f"'\"{ATTACK}",
        "flag": [f"{ATTACK}，[只收铁甲班]", "</textarea>[只收铁甲队]"],
        "pass": [f"铁甲班{ATTACK}"],
        "patterns": ["<只收铁甲[班|队]>", "只收[<b>|</textarea><script>]铁甲"],
    }
    draft = propose(client, **hostile)
    base = f"/v1/rule-drafts/{draft}"
    ad = {"title": ATTACK, "text": f"{ATTACK}只收铁甲班{ATTACK}", "store": True}
    client.post("/v1/scan", json=ad)
    assert client.post(f"{base}/test").json()["test"]["failures"] == []
    client.post(f"{base}/activate", json={"reason": ATTACK})
    assert client.get(base).json()["status"] == "active"
    for path in (
        "/lexicon",
        "/lexicon/local-lads",
        "/lexicon/versions",
        "/lexicon/drafts",
        f"/lexicon/drafts/{draft}",
        "/lexicon/drafts/new?rule=local-lads",
        f"/lexicon?words={ATTACK[:30]}",
    ):
        shown = client.get(path).text
        assert "<img" not in shown, path
        assert "<script>" not in shown, path
        assert "</textarea>[" not in shown, path
    tried = client.post("/v1/rules/local-lads/try", json={"text": f"{ATTACK}只收铁甲班"}).json()
    assert "<img" not in tried["html"]
