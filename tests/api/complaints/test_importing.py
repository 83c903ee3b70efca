"""Tables of reports: the columns of hotlines, each row for itself."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from fastapi.testclient import TestClient
from openpyxl import Workbook

HEADER = ["工单编号", "姓名", "电话", "单位", "反映事项", "时间", "渠道", "类型"]
ROWS = [
    [
        "1",
        "王翠缇",
        "13800138000",
        "长春示例商贸有限公司",
        "王翠缇反映面试时说只要男的",
        "2026-05-06",
        "电话",
        "投诉",
    ],
    ["2", "", "", "", "四平样例厂的招聘写着限男，地址不详", "2026年5月7日", "来信", "举报"],
    ["3", "李某", "", "丙样例店", "", "2026-05-08", "", ""],
]


def workbook(*rows: list[str]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def csv(*rows: list[str]) -> bytes:
    return "\n".join(",".join(row) for row in rows).encode("gb18030")


def imported(desk: TestClient, name: str, content: bytes, status: int = 200) -> Any:
    answer = desk.post("/v1/complaints/import", files={"file": (name, content)})
    assert answer.status_code == status, answer.text
    return answer.json()


@pytest.mark.parametrize(("name", "made"), [("12345工单.xlsx", workbook), ("工单.csv", csv)])
@pytest.mark.parametrize("above", [[], [["某市热线工单登记表"]]], ids=["header first", "title above"])
def test_importing_takes_rows_and_names_bad_ones(name: str, made: Any, above: Any, desk: TestClient) -> None:
    got = imported(desk, name, made(*above, HEADER, *ROWS))
    assert (got["taken"], [(row["row"], row["code"]) for row in got["failed"]]) == (
        2,
        [(4 + len(above), "E699")],
    )
    first, second = (desk.get(f"/v1/complaints/{key}").json() for key in got["ids"])
    one = first["complaint"]
    assert first["text"] == "＊＊＊反映面试时说只要男的"
    assert (one["kind_name"], one["channel"], one["employer"]) == ("投诉", "phone", "长春示例商贸有限公司")
    assert (one["received_at"][:10], one["due_on"], one["named"]) == ("2026-05-05", "2026-05-12", True)
    assert (second["complaint"]["channel"], second["complaint"]["named"]) == ("letter", False)
    who = desk.post(f"/v1/complaints/{one['id']}/identity", json={"reason": "回访"}).json()
    assert (who["name"], who["contact"]) == ("王翠缇", "13800138000")


@pytest.mark.parametrize("header", ["内容", "诉求内容", "反映事项"])
def test_importing_finds_the_contents_under_several_names(header: str, desk: TestClient) -> None:
    assert (
        imported(desk, "a.csv", csv([header, "联系电话"], ["单位只要男的，限男", "13800138000"]))["taken"]
        == 1
    )


@pytest.mark.parametrize(
    ("name", "content", "status", "code"),
    [
        ("a.csv", csv(["姓名", "电话"], ["王翠缇", "1"]), 422, "E686"),
        ("a.docx", b"PK\x03\x04", 422, "E107"),
        ("a.csv", b"", 422, "E102"),
        ("a.xlsx", b"not a workbook", 422, "E108"),
        ("a.csv", csv(["内容"], *[["单位限男"]] * 2001), 422, "E688"),
    ],
)
def test_importing_refuses_what_is_no_such_table(
    name: str, content: bytes, status: int, code: str, desk: TestClient
) -> None:
    assert imported(desk, name, content, status)["code"] == code
    assert desk.get("/v1/complaints").json()["total"] == 0
