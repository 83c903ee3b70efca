"""A rule draft from proposal to activation and back, over the API."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from api.store.audit import AuditEntry
from api.store.engine import Store
from tests.api.lexicon.conftest import NEW, TEXT, Propose

Activate = Callable[[dict[str, Any]], dict[str, Any]]


def found(client: TestClient, text: str = TEXT) -> list[str]:
    """The rules that report something in a text."""
    report = client.post("/v1/scan", json={"text": text}).json()
    return [source["id"] for finding in report["findings"] for source in finding["sources"]]


def lexicon_version(client: TestClient) -> str:
    versions: dict[str, str] = client.post("/v1/scan", json={"text": "招文员"}).json()["versions"]
    return versions["lexicon"]


def test_drafts_from_proposal_to_activation_and_back(
    inspector: TestClient, supervisor: TestClient, propose: Propose, activate: Activate
) -> None:
    shipped = lexicon_version(inspector)
    draft = propose()
    assert (draft["status"], draft["test"], draft["in_force"]) == ("proposed", None, None)
    assert found(inspector) == []
    version = activate(draft)
    assert "local-lads" in found(inspector)
    assert lexicon_version(inspector) == version["name"] != shipped
    assert inspector.get("/v1/rules/local-lads").json()["changed"] is True
    withdrawn = supervisor.post(f"/v1/rule-drafts/{draft['id']}/withdraw", json={"reason": "误报太多"})
    assert withdrawn.status_code == 200, withdrawn.text
    assert found(inspector) == []
    assert lexicon_version(inspector) == shipped
    assert inspector.get("/v1/rules/local-lads").status_code == 404
    history = inspector.get("/v1/lexicon-versions", params={"rule_id": "local-lads"}).json()["items"]
    assert [(one["number"], one["act"], one["by"], one["reason"]) for one in history] == [
        (2, "withdraw", "wang", "误报太多"),
        (1, "activate", "wang", "已核对例句"),
    ]
    assert inspector.get(f"/v1/rule-drafts/{draft['id']}").json()["status"] == "withdrawn"


def test_drafts_later_one_supersedes_and_its_withdrawal_restores_the_earlier(
    inspector: TestClient, supervisor: TestClient, propose: Propose, activate: Activate
) -> None:
    first, second = propose(), propose(message="改过的说明")
    activate(first)
    activate(second)
    assert inspector.get("/v1/rules/local-lads").json()["message"] == "改过的说明"
    assert inspector.get(f"/v1/rule-drafts/{first['id']}").json()["status"] == "superseded"
    supervisor.post(f"/v1/rule-drafts/{second['id']}/withdraw", json={"reason": "改回去"})
    assert inspector.get("/v1/rules/local-lads").json()["message"] == NEW["message"]
    assert inspector.get(f"/v1/rule-drafts/{first['id']}").json()["status"] == "active"


def test_drafts_change_of_a_shipped_rule_shows_what_is_in_force(
    inspector: TestClient, supervisor: TestClient, activate: Activate
) -> None:
    shipped = inspector.get("/v1/rules/only-sex").json()["entry"]
    body = {"rule": shipped | {"message": "本地的说明"}, "reason": "换个说法"}
    draft = inspector.post("/v1/rule-drafts", json=body).json()
    assert draft["in_force"] == shipped
    activate(draft)
    report = inspector.post("/v1/scan", json={"text": "要求：限男性，能上夜班"}).json()
    assert "本地的说明" in report["findings"][0]["message"]


def test_drafts_lawful_wording_silences(inspector: TestClient, activate: Activate) -> None:
    text = "铁甲杯限男性球员报名"
    assert found(inspector, text)
    veto = {
        "id": "local-cup",
        "negative_class": "neg_event",
        "reason": "比赛名称，不是招聘条件",
        "patterns": ["铁甲杯{~3}[男性|女性]球员"],
        "silent": [text],
    }
    draft = inspector.post("/v1/rule-drafts", json={"veto": veto, "reason": "误报"})
    assert draft.status_code == 201, draft.text
    activate(draft.json())
    assert found(inspector, text) == []


@pytest.mark.parametrize(
    ("change", "where", "problem"),
    [
        ({"patterns": ["{nothing}男"]}, "body.rule.patterns.0", "没有名为 nothing"),
        ({"patterns": ["限男", "招[工]?"]}, "body.rule.patterns.1", "不含任何锚词"),
        ({"patterns": ["<限男", "限男"]}, "body.rule.patterns.0", "尖括号不成对"),
        ({"patterns": ["限{~abc}男"]}, "body.rule.patterns.0", "没有写明字数"),
        ({"patterns": ["男" + "啊?" * 40]}, "body.rule.patterns.0", "太复杂"),
        ({"patterns": ["男<啊?>"]}, "body.rule.patterns.0", "可能什么都不报告"),
        ({"patterns": ["限{sex}"]}, "body.rule.patterns.0", "不符"),
        ({"patterns": []}, "body.rule.patterns", "至少 1 项"),
        ({"flag": ["没有标出"]}, "body.rule.flag.0", "没有标出词句"),
        ({"law": ["XX1"]}, "body.rule.law", "没有条款 XX1"),
        ({"severity": {"female": "S1"}}, "body.rule.severity", "缺少方向 male"),
        ({"category": "ageism"}, "body.rule.category", "只能是"),
        ({"id": "Bad Id"}, "body.rule.id", "格式不正确"),
        ({"id": "products"}, "body.rule.id", "另一种条目"),
        ({"id": "drafts"}, "body.rule.id", "换一个"),
        ({"regex": ".*"}, "body.rule.regex", "没有这一项"),
    ],
)
@pytest.mark.parametrize("database", ["sqlite"])
def test_drafts_are_validated_like_a_rule_file(
    inspector: TestClient, change: dict[str, Any], where: str, problem: str
) -> None:
    answer = inspector.post("/v1/rule-drafts", json={"rule": NEW | change, "reason": "试一试"})
    assert (answer.status_code, answer.json()["code"]) == (422, "E601")
    told = {item["where"]: item["problem"] for item in answer.json()["detail"]}
    assert problem in told[where]


@pytest.mark.parametrize("body", [{"reason": "都没有"}, {"reason": "都有", "rule": NEW, "veto": {}}])
@pytest.mark.parametrize("database", ["sqlite"])
def test_drafts_hold_one_entry(inspector: TestClient, body: dict[str, Any]) -> None:
    assert inspector.post("/v1/rule-drafts", json=body).status_code == 422


@pytest.mark.parametrize("database", ["sqlite"])
def test_drafts_test_names_own_and_other_examples_that_break(
    inspector: TestClient, supervisor: TestClient, propose: Propose
) -> None:
    draft = propose(flag=["[夜班只收铁甲班]"])
    base = f"/v1/rule-drafts/{draft['id']}"
    (own,) = inspector.post(f"{base}/test").json()["test"]["failures"]
    assert (own["own"], own["expected"], own["found"]) == (True, ["夜班只收铁甲班"], ["只收铁甲班"])
    veto = {"id": "local-veto", "negative_class": "neg_event", "reason": "试验", "patterns": ["限男性"]}
    body = {"veto": veto | {"silent": ["铁甲杯限男性球员"]}, "reason": "误报"}
    other = inspector.post("/v1/rule-drafts", json=body).json()
    broken = inspector.post(f"/v1/rule-drafts/{other['id']}/test").json()["test"]["failures"]
    assert {(one["rule"], one["own"]) for one in broken} >= {("only-sex", False)}
    for one in (draft, other):
        answer = supervisor.post(f"/v1/rule-drafts/{one['id']}/activate", json={"reason": "先用着"})
        assert (answer.status_code, answer.json()["code"]) == (409, "E682")
    assert any("限男性" in item["problem"] for item in answer.json()["detail"])
    assert found(inspector) == []


@pytest.mark.parametrize("database", ["sqlite"])
def test_drafts_need_a_test_of_what_they_hold_now(
    inspector: TestClient, supervisor: TestClient, propose: Propose, activate: Activate
) -> None:
    draft, other = propose(), propose(id="local-other")
    base = f"/v1/rule-drafts/{draft['id']}"

    def refused() -> bool:
        answer = supervisor.post(f"{base}/activate", json={"reason": "启用"})
        return (answer.status_code, answer.json()["code"]) == (409, "E681")

    assert refused()
    inspector.post(f"{base}/test")
    inspector.put(base, json={"rule": NEW | {"message": "改了"}, "reason": "改了说明"})
    assert refused()
    assert inspector.post(f"{base}/test").json()["test"]["current"] is True
    activate(other)
    assert inspector.get(base).json()["test"]["current"] is False
    assert refused()
    activate(draft)
    assert {"local-lads", "local-other"} & set(found(inspector))


@pytest.mark.parametrize("database", ["sqlite"])
def test_drafts_closed_ones_take_no_further_step(
    inspector: TestClient, supervisor: TestClient, propose: Propose
) -> None:
    draft = propose()
    base = f"/v1/rule-drafts/{draft['id']}"
    closed = supervisor.post(f"{base}/decline", json={"reason": "已有规则覆盖"}).json()
    assert (closed["status"], closed["decided_by"], closed["decision"]) == (
        "declined",
        "wang",
        "已有规则覆盖",
    )
    for step, body in (("test", None), ("activate", {"reason": "启用"}), ("withdraw", {"reason": "撤回"})):
        assert supervisor.post(f"{base}/{step}", json=body).json()["code"] == "E680"
    change = {"rule": NEW, "reason": "再改改"}
    assert inspector.put(base, json=change).json()["code"] == "E680"


@pytest.mark.parametrize("database", ["sqlite"])
def test_drafts_of_others_only_supervisors_change(
    login_as: Any, supervisor: TestClient, propose: Propose
) -> None:
    base = f"/v1/rule-drafts/{propose()['id']}"
    colleague = login_as("inspector", name="zhao")
    change = {"rule": NEW, "reason": "顺手改改"}
    assert colleague.get(base).status_code == 200
    assert colleague.put(base, json=change).json()["code"] == "E683"
    assert colleague.post(f"{base}/decline", json={"reason": "不用了"}).json()["code"] == "E683"
    assert supervisor.put(base, json=change).status_code == 200


@pytest.mark.parametrize("database", ["sqlite"])
def test_drafts_can_be_tried_before_they_are_in_force(inspector: TestClient, propose: Propose) -> None:
    tried = inspector.post(f"/v1/rule-drafts/{propose()['id']}/try", json={"text": TEXT}).json()
    assert [(one["text"], one["mark"]) for one in tried["alone"]] == [
        ("仓库装卸，", "none"),
        ("只收铁甲班", "hit"),
        ("，包吃住。", "none"),
    ]
    assert (tried["hits"], tried["findings"]) == (1, 1)
    assert "<mark" in tried["html"]
    assert found(inspector) == []


@pytest.mark.parametrize("database", ["sqlite"])
def test_drafts_every_act_is_audited_without_examples(
    inspector: TestClient, supervisor: TestClient, propose: Propose, activate: Activate, store: Store
) -> None:
    draft = propose()
    inspector.put(
        f"/v1/rule-drafts/{draft['id']}", json={"rule": NEW | {"message": "改了"}, "reason": "改说明"}
    )
    activate(draft)
    supervisor.post(f"/v1/rule-drafts/{draft['id']}/withdraw", json={"reason": "误报太多"})
    with store.reading() as session:
        entries = session.scalars(select(AuditEntry).where(AuditEntry.object_id == draft["id"])).all()
    assert [(entry.action, entry.actor_name) for entry in entries] == [
        ("rule_draft.create", "li"),
        ("rule_draft.change", "li"),
        ("rule_draft.test", "li"),
        ("rule_draft.activate", "wang"),
        ("rule_draft.withdraw", "wang"),
    ]
    assert "夜班巡逻" not in "".join(f"{entry.before}{entry.after}" for entry in entries)
    assert entries[3].after["reason"] == "已核对例句"


@pytest.mark.parametrize("database", ["sqlite"])
def test_drafts_withdrawal_is_refused_where_it_breaks_examples(
    inspector: TestClient, supervisor: TestClient, propose: Propose, activate: Activate
) -> None:
    """The example of a later rule holds only thanks to an earlier draft."""
    text = "铁甲杯限男性球员报名"
    veto = {
        "id": "local-cup",
        "negative_class": "neg_event",
        "reason": "比赛名称，不是招聘条件",
        "patterns": ["铁甲杯{~3}[男性|女性]球员"],
        "silent": [text],
    }
    first = inspector.post("/v1/rule-drafts", json={"veto": veto, "reason": "误报"}).json()
    activate(first)
    activate(propose(**{"pass": [text]}))
    refused = supervisor.post(f"/v1/rule-drafts/{first['id']}/withdraw", json={"reason": "不用了"})
    assert (refused.status_code, refused.json()["code"]) == (409, "E682")
    assert found(inspector, text) == []


@pytest.mark.parametrize("database", ["sqlite"])
def test_drafts_closed_by_their_rights(
    inspector: TestClient, supervisor: TestClient, propose: Propose
) -> None:
    base = f"/v1/rule-drafts/{propose()['id']}"
    for step in ("activate", "withdraw"):
        assert inspector.post(f"{base}/{step}", json={"reason": "自己来"}).json()["code"] == "E623"
    assert inspector.post(f"{base}/decline", json={"reason": "不用了"}).status_code == 200
