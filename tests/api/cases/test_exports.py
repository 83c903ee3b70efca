"""Exports open in Excel, hold every row once, and no cell is a formula."""

from __future__ import annotations

import csv
import json
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from api.exports import cases, findings
from api.store.accounts import Role

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

    from tests.api.cases.conftest import Keep, Open
    from tests.service_fixtures import LoginAs

FORMULA = '=HYPERLINK("http://x.example","点我")'


def rows(client: TestClient, what: str, format: str, **filters: Any) -> list[list[Any]]:
    """The table with its headers (jsonl: keys), as its reader gives it."""
    answer = client.get(f"/v1/exports/{what}", params={"format": format, **filters})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["cache-control"] == "no-store"
    if format == "xlsx":
        sheet = openpyxl.load_workbook(BytesIO(answer.content)).active
        assert sheet is not None
        return [["" if cell is None else cell for cell in row] for row in sheet.iter_rows(values_only=True)]
    if format == "csv":
        assert answer.content.startswith("\ufeff".encode())
        return list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))
    lines = [json.loads(line) for line in answer.text.splitlines()]
    return [list(lines[0]), *(list(line.values()) for line in lines)] if lines else [[]]


@pytest.mark.parametrize("format", ["xlsx", "csv", "jsonl"])
def test_exports_findings_have_a_row_each_with_review_and_case(
    format: str, client: TestClient, open_case: Open, keep: Keep
) -> None:
    case = open_case("confirmed")
    keep(text="招客服，已婚已育优先。", employer="另一样例公司")
    head, *body = rows(client, "findings", format)
    keys = [column.key for column in findings.COLUMNS]
    assert head == (keys if format == "jsonl" else [column.header for column in findings.COLUMNS])
    told = {row[keys.index("quotes")]: dict(zip(keys, row, strict=True)) for row in body}
    assert len(told) == len(body) == 2
    assert told["限男性"]["case_numbers"] == case["number"]
    assert (told["限男性"]["decision"], told["限男性"]["reason"]) == ("成立", "已看过原文")
    assert told["已婚已育优先"]["decision"] == "未复核"
    assert "妇女权益保障法" in told["限男性"]["laws"]


@pytest.mark.parametrize("format", ["xlsx", "csv", "jsonl"])
def test_exports_cases_have_a_row_each(format: str, client: TestClient, open_case: Open) -> None:
    case = open_case()
    client.put(f"/v1/cases/{case['id']}/labels", json={"labels": ["重点", "劳务派遣"]})
    _, row = rows(client, "cases", format)
    told = dict(zip([column.key for column in cases.COLUMNS], map(str, row), strict=True))
    assert (told["number"], told["status"], told["labels"]) == (case["number"], "待核查", "重点、劳务派遣")
    assert (told["ads"], told["findings"]) == ("1", "1")


@pytest.mark.parametrize("what", ["findings", "cases"])
@pytest.mark.parametrize("format", ["xlsx", "csv", "jsonl"])
def test_exports_without_rows_still_open(what: str, format: str, client: TestClient) -> None:
    assert len(rows(client, what, format)) == 1


def test_exports_hold_no_formula(client: TestClient, open_case: Open) -> None:
    open_case(title=FORMULA, employer="+样例公司", url="@x")
    for what, key in (
        ("findings", "职位"),
        ("findings", "用人单位"),
        ("cases", "案由"),
        ("cases", "用人单位"),
    ):
        head, row = rows(client, what, "csv")
        assert not row[head.index(key)].startswith(("=", "+", "-", "@"))
    content = client.get("/v1/exports/findings", params={"format": "xlsx"}).content
    sheet = openpyxl.load_workbook(BytesIO(content)).active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert FORMULA in [cell.value for cell in cells]
    assert not [cell for cell in cells if cell.data_type == "f"]


def test_exports_read_in_chunks_lose_and_double_nothing(
    client: TestClient, keep: Keep, open_case: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(findings, "CHUNK", 2)
    monkeypatch.setattr(cases, "CHUNK", 2)
    trades = ("焊工", "电工", "钳工", "瓦工", "木工")
    numbers = [open_case(text=f"招{t}，限男性，{t}证。", employer=f"{t}样例公司")["number"] for t in trades]
    assert [row[0] for row in rows(client, "cases", "csv")[1:]] == numbers
    exported = [row[0] for row in rows(client, "findings", "csv")[1:]]
    listed = [one["id"] for one in client.get("/v1/findings").json()["items"]]
    assert sorted(exported) == sorted(listed)
    assert len(set(exported)) == len(trades)


def test_exports_take_the_filters_of_the_lists(client: TestClient, open_case: Open, keep: Keep) -> None:
    open_case()
    keep(text="招客服，已婚已育优先。", employer="另一样例公司")
    assert len(rows(client, "findings", "csv", category="marital_birth_condition")) == 2
    assert len(rows(client, "findings", "csv", reviewed=True)) == 1
    assert len(rows(client, "cases", "csv", status="closed")) == 1


def test_exports_are_audited_with_their_size(client: TestClient, keep: Keep) -> None:
    keep()
    rows(client, "findings", "csv", category="gender_restriction")
    (entry,) = client.get("/v1/audit", params={"action": "export.findings"}).json()["items"]
    assert entry["after"] == {"category": "gender_restriction", "format": "csv", "rows": 1}


def test_exports_give_an_agency_its_own_ads_without_the_offices_work(
    client: TestClient, login_as: LoginAs, keep: Keep, open_case: Open
) -> None:
    open_case("confirmed")
    mine = login_as(Role.AGENCY, organisation="甲人力")
    keep(by=mine, text="招客服，已婚已育优先。", employer="甲客户公司")
    head, row = rows(mine, "findings", "csv")
    assert row[head.index("用人单位")] == "甲客户公司"
    assert not set(head) & {"案件编号", "人工复核", "复核理由"}
    assert len(rows(mine, "cases", "csv")) == 1
