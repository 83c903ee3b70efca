from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from api.settings import Settings
from api.store.audit import AuditEntry
from api.store.engine import Store
from scanner import Scanner
from scanner.batch.run import run
from scanner.batch.source import open_source
from scanner.report import open_writer
from tests.api.routes.conftest import upload

LoginAs = Callable[..., TestClient]
Work = Callable[[], None]
TABLE = (
    "编号,职位名称,职位描述,公司名称,性别要求\n"
    "B1,店员,招店员，限女性，已婚已育优先,万福超市有限公司,不限\n"
    "B2,司机,持C1驾照,万福超市有限公司,男\n"
    "B3,,,,\n"
    "B4,会计,男女不限,鸿运餐饮,不限\n"
    '=B5,"保安\n队长",形象岗，男士优先。😀,鸿运餐饮,\n'
)


@pytest.fixture
def done(client: TestClient, work: Work) -> str:
    """The path of a batch that was scanned."""
    batch = upload(client, TABLE, "导出.csv")
    work()
    return f"/v1/batches/{batch['id']}"


@pytest.mark.parametrize(
    ("asked", "rows"),
    [
        ({}, [1, 2, 5]),
        ({"all": True}, [1, 2, 4, 5]),
        ({"category": "gender_preference"}, [5]),
        ({"category": "pregnancy_test"}, []),
        ({"disposition": "violation", "size": 1, "page": 2}, [2]),
    ],
)
def test_results_come_in_the_order_of_the_file(
    client: TestClient, done: str, asked: dict[str, str], rows: list[int]
) -> None:
    found = client.get(f"{done}/results", params=asked).json()
    assert [one["row"] for one in found["items"]] == rows


def test_a_result_tells_where_it_stood_and_what_was_found(client: TestClient, done: str) -> None:
    row = client.get(f"{done}/results").json()["items"][0]
    assert (row["source_row"], row["external_id"], row["employer"]) == (2, "B1", "万福超市有限公司")
    assert {f["category"] for f in row["findings"]} == {"gender_restriction", "marital_birth_condition"}
    assert all(len(f["finding_id"]) == 32 for f in row["findings"])


def test_errors_tell_row_code_and_what_to_do(client: TestClient, done: str) -> None:
    (error,) = client.get(f"{done}/errors").json()["items"]
    assert (error["row"], error["source_row"], error["external_id"], error["code"]) == (3, 4, "B3", "E104")
    assert "正文" in error["message"]


def test_reading_and_exporting_are_audited(client: TestClient, done: str, store: Store) -> None:
    client.get(f"{done}/results", params={"category": "gender_preference"})
    client.get(f"{done}/export", params={"format": "csv"})
    with store.reading() as session:
        entries = session.scalars(select(AuditEntry).order_by(AuditEntry.number)).all()
    assert [one.action for one in entries] == ["batch.create", "batch.read", "batch.export"]
    assert entries[1].after == {"category": "gender_preference", "page": 1}
    assert entries[2].after == {"format": "csv"}


@pytest.mark.parametrize("format", ["jsonl", "csv"])
def test_an_export_is_what_scan_would_have_written(
    client: TestClient, done: str, scanner: Scanner, tmp_path: Path, format: str
) -> None:
    (tmp_path / "导出.csv").write_text(TABLE, "utf-8")
    source = open_source(tmp_path / "导出.csv")
    expected = tmp_path / f"report.{format}"
    with open_writer(format, expected) as writer:
        run(scanner, source, [writer], notes=source.notes)
    answer = client.get(f"{done}/export", params={"format": format})
    assert answer.content == expected.read_bytes()


def test_exports_open_in_excel_and_browser_and_leave_nothing_behind(
    client: TestClient, done: str, settings: Settings
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{done}/export").content))
    assert any("限女性" in str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
    page = client.get(f"{done}/export", params={"format": "html"})
    assert "attachment" in page.headers["content-disposition"]
    assert "限女性" in page.text
    rows = list(csv.reader(io.StringIO(client.get(f"{done}/export?format=csv").text)))
    assert len(rows) == 6
    assert list(settings.data_dir.glob(".export*")) == []


def test_an_export_of_an_unfinished_batch_holds_what_is_there(client: TestClient) -> None:
    batch = upload(client, TABLE, "导出.csv")
    answer = client.get(f"/v1/batches/{batch['id']}/export", params={"format": "jsonl"})
    assert (answer.status_code, answer.content) == (200, b"")


@pytest.mark.parametrize(("format", "status"), [("sarif", 422), ("", 422), ("jsonl", 200)])
def test_export_formats(client: TestClient, done: str, format: str, status: int) -> None:
    assert client.get(f"{done}/export", params={"format": format}).status_code == status


def test_json_lines_of_an_export_name_rows_with_and_without_findings(client: TestClient, done: str) -> None:
    lines = [json.loads(line) for line in client.get(f"{done}/export?format=jsonl").text.splitlines()]
    assert [one["id"] for one in lines] == ["B1", "B2", "B3", "B4", "=B5"]
    assert lines[2]["error"]["code"] == "E104"


def test_an_auditor_reads_results_but_takes_nothing_away(login_as: LoginAs, done: str) -> None:
    auditor = login_as("auditor")
    assert auditor.get(f"{done}/results").status_code == 200
    assert auditor.get(f"{done}/export").status_code == 403
    assert auditor.post(f"{done}/cancel").status_code == 403
