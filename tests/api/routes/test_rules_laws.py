from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from scanner import Scanner


@pytest.fixture
def database() -> str:
    """Neither rules nor laws are in the database."""
    return "sqlite"


def test_rules_are_all_listed_page_by_page(client: TestClient, scanner: Scanner) -> None:
    ids: list[str] = []
    page = 1
    while items := client.get("/v1/rules", params={"page": page, "size": 50}).json()["items"]:
        ids += [one["id"] for one in items]
        page += 1
    assert ids == [*scanner.lexicon.rules, *scanner.lexicon.vetoes]


def test_rules_of_one_category(client: TestClient, scanner: Scanner) -> None:
    found = client.get("/v1/rules", params={"category": "pregnancy_test", "size": 200}).json()
    expected = [rule.id for rule in scanner.lexicon.rules.values() if rule.category == "pregnancy_test"]
    assert [one["id"] for one in found["items"]] == expected
    assert {one["category_name"] for one in found["items"]} == {"妊娠测试"}


def test_a_rule_brings_examples_and_law(client: TestClient, scanner: Scanner) -> None:
    rule = next(iter(scanner.lexicon.rules.values()))
    shown = client.get(f"/v1/rules/{rule.id}").json()
    assert (shown["flag"], shown["silent"]) == (rule.flag, rule.pass_)
    for ref in shown["law"]:
        assert client.get(f"/v1/laws/{ref}").json()["id"] == ref


def test_lawful_wording_is_listed_as_such(client: TestClient, scanner: Scanner) -> None:
    veto = next(iter(scanner.lexicon.vetoes))
    shown = client.get(f"/v1/rules/{veto}").json()
    assert (shown["category"], shown["category_name"], shown["flag"]) == (None, "合法用语", [])
    assert shown["silent"]


def test_articles_in_force_on_a_day(client: TestClient, scanner: Scanner) -> None:
    every = client.get("/v1/laws", params={"size": 200}).json()
    then = client.get("/v1/laws", params={"size": 200, "on": "2010-01-01"}).json()
    assert every["total"] == len(scanner.laws.articles())
    assert 0 < then["total"] < every["total"]
    assert all(one["valid_from"] <= "2010-01-01" for one in then["items"])


def test_an_article_that_was_not_verified_is_not_quoted(client: TestClient) -> None:
    items = client.get("/v1/laws", params={"size": 200}).json()["items"]
    quoted = [one for one in items if one["quotation"]]
    assert quoted
    assert {one["status"] for one in quoted} <= {"VERIFIED-1", "VERIFIED-2"}
    assert all(one["paraphrase"] for one in items if not one["quotation"])


@pytest.mark.parametrize("path", ["/v1/rules/nothing", "/v1/laws/XX9", "/v1/laws/%F0%9F%98%80"])
def test_what_does_not_exist_is_a_coded_404(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.json()["code"]) == (404, "E610")


def test_rules_need_a_login(anonymous: TestClient) -> None:
    assert anonymous.get("/v1/rules").status_code == 401
    assert anonymous.get("/v1/laws").status_code == 401
