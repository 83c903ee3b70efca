"""A file looked at before it becomes a batch."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from api.routes import batch_preview
from api.settings import Settings
from api.store.batches import Batch
from api.store.engine import Store
from tests.api.routes.conftest import upload

LoginAs = Callable[..., TestClient]
Work = Callable[[], None]
TABLE = "岗位描述,单位,备注,电话\n招前台，限女性,万福超市,包住,123\n,,,\n"
WRONG = "甲,乙\n招前台，限女性,万福超市\n"


def previewed(
    client: TestClient, content: str | bytes, name: str = "导出.csv", status: int = 200, **options: Any
) -> dict[str, Any]:
    data = content.encode() if isinstance(content, str) else content
    form = {"options": json.dumps(options)} if options else None
    answer = client.post("/v1/batches:preview", files={"file": (name, data)}, data=form)
    assert answer.status_code == status, answer.text
    found: dict[str, Any] = answer.json()
    return found


def uses(found: dict[str, Any]) -> dict[str, str]:
    return {column["name"]: column["use"] for column in found["table"]["columns"]}


def test_a_preview_says_which_column_is_what_and_keeps_nothing(
    client: TestClient, settings: Settings, store: Store
) -> None:
    found = previewed(client, TABLE.encode("gb18030"))
    assert (found["encoding"], found["problem"], found["failed"]) == ("gb18030", None, [])
    assert uses(found) == {"岗位描述": "text", "单位": "employer", "备注": "field", "电话": "unused"}
    assert found["table"]["columns"][3]["samples"][0] == "123"
    assert found["ads"] == [
        {"row": 2, "parts": {"text": "招前台，限女性", "fields.备注": "包住", "employer": "万福超市"}}
    ]
    assert list(settings.data_dir.glob(".preview-*")) == []
    assert not settings.blobs_dir.exists()
    with store.reading() as session:
        assert list(session.scalars(select(Batch))) == []


def test_columns_that_are_not_known_are_shown_and_can_be_told(client: TestClient) -> None:
    found = previewed(client, WRONG)
    assert (found["problem"]["code"], found["ads"]) == ("E106", [])
    assert uses(found) == {"甲": "field", "乙": "field"}
    told = previewed(client, WRONG, map={"text": "甲"}, scan={"乙": False})
    assert (uses(told), told["problem"]) == ({"甲": "text", "乙": "unused"}, None)
    assert told["ads"][0]["parts"] == {"text": "招前台，限女性"}


def test_a_batch_reads_its_columns_as_the_preview_did(client: TestClient, work: Work) -> None:
    options = {"map": {"text": "乙"}, "scan": {"甲": False}}
    batch = upload(client, WRONG, "导出.csv", json.dumps(options))
    work()
    done = client.get(f"/v1/batches/{batch['id']}").json()
    assert (done["status"], done["findings"]) == ("done", 0)
    assert "未使用：甲" in " ".join(done["notes"])


def test_a_preview_of_bytes_that_no_text_can_hold_is_still_an_answer(client: TestClient) -> None:
    found = previewed(client, '{"text": "限男性\\ud83d", "\\udc00": 1}'.encode(), "a.json")
    assert found["table"]["columns"][1]["name"] == "�"
    assert found["ads"][0]["parts"]["text"] == "限男性�"


@pytest.mark.parametrize(
    ("name", "content", "options", "code"),
    [
        ("a.pdf", "x", {}, "E107"),
        ("a.csv", "职位描述\n限男".encode("utf-16-le"), {}, "E101"),
        ("a.csv", "x", {"map": {"colour": "x"}}, "E646"),
        ("a.csv", "x", {"scan": {"x": "maybe"}}, "E646"),
        ("a.xlsx", "x", {}, "E108"),
    ],
)
def test_a_preview_of_what_cannot_be_read_is_refused(
    client: TestClient, name: str, content: str | bytes, options: dict[str, Any], code: str
) -> None:
    assert previewed(client, content, name, 422, **options)["code"] == code


def test_a_preview_without_a_file_or_of_a_large_one_is_refused(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    nothing = client.post("/v1/batches:preview", files={"other": ("a.csv", b"x")})
    assert (nothing.status_code, nothing.json()["code"]) == (422, "E640")
    monkeypatch.setattr(batch_preview, "MAX_BYTES", 10)
    assert previewed(client, TABLE, status=413)["code"] == "E602"


def test_a_preview_is_for_those_who_may_upload(login_as: LoginAs) -> None:
    assert previewed(login_as("auditor"), TABLE, status=403)["code"] == "E623"
