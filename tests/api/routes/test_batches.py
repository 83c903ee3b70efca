from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from api.settings import Settings
from api.store.audit import AuditEntry
from api.store.batches import Batch
from api.store.blobs import Blobs
from api.store.engine import Store
from tests.api.routes.conftest import upload

LoginAs = Callable[..., TestClient]
Work = Callable[[], None]
LINES = '{"text": "招工，限男性", "id": "A1"}\n坏\n{"text": "招工，男女不限"}\n'


def test_an_upload_becomes_a_batch_and_its_bytes_are_kept(
    client: TestClient, settings: Settings, store: Store
) -> None:
    batch = upload(client, LINES, "../../etc/导出.jsonl", '{"map": {"text": "text"}, "deep": true}')
    assert (batch["status"], batch["file_name"], batch["rows_done"]) == ("queued", "导出.jsonl", 0)
    assert batch["options"] == {
        "map": {"text": "text"},
        "scan": {},
        "encoding": None,
        "deep": True,
        "publisher": "",
    }
    kept = Blobs(settings.blobs_dir).path(batch["file_sha256"])
    assert kept is not None
    assert kept.read_bytes() == LINES.encode()
    with store.reading() as session:
        assert list(session.scalars(select(AuditEntry.action))) == ["batch.create"]


def test_a_batch_tells_how_far_it_is_and_how_it_ended(client: TestClient, work: Work) -> None:
    batch = upload(client, LINES)
    work()
    done = client.get(f"/v1/batches/{batch['id']}").json()
    assert [done[name] for name in ("status", "rows_total", "rows_done", "rows_failed", "ads_flagged")] == [
        "done",
        3,
        3,
        1,
        1,
    ]
    assert done["notes"] == ["导出.jsonl：编码 UTF-8"]
    assert done["seconds_left"] is None


def test_a_running_batch_tells_its_rate_and_the_time_left(client: TestClient, store: Store) -> None:
    from datetime import timedelta

    from api.store.base import now

    batch = upload(client, LINES)
    with store.session() as session:
        row = session.get_one(Batch, batch["id"])
        row.status, row.rows_total, row.rows_before, row.rows_done = "running", 1000, 100, 300
        row.started_at = now() - timedelta(seconds=10)
    shown = client.get(f"/v1/batches/{batch['id']}").json()
    assert shown["rate"] == pytest.approx(20, rel=0.1)
    assert shown["seconds_left"] == pytest.approx(35, rel=0.1)


@pytest.mark.parametrize(
    ("name", "options", "code"),
    [
        ("导出.pdf", "", "E107"),
        ("导出", "", "E107"),
        ("导出.csv", "{", "E646"),
        ("导出.csv", "[]", "E646"),
        ("导出.csv", '{"map": {"colour": "a"}}', "E646"),
        ("导出.csv", '{"map": {"text": " "}}', "E646"),
        ("导出.csv", '{"encoding": "martian"}', "E646"),
        ("导出.csv", '{"deep": "ja"}', "E646"),
        ("导出.csv", '{"colour": 1}', "E646"),
    ],
)
def test_an_upload_that_cannot_be_used_is_refused(
    client: TestClient, store: Store, name: str, options: str, code: str
) -> None:
    assert upload(client, "a,b\n", name, options, status=422)["code"] == code
    with store.reading() as session:
        assert list(session.scalars(select(Batch))) == []


def test_an_upload_without_a_file_or_too_large_is_refused(client: TestClient, settings: Settings) -> None:
    nothing = client.post("/v1/batches", files={"other": ("a.csv", b"x")})
    assert (nothing.status_code, nothing.json()["code"]) == (422, "E640")
    plain = client.post("/v1/batches", data={"file": "x"})
    assert plain.status_code in (415, 422)
    large = client.post("/v1/batches", files={"file": ("a.csv", b"x" * (settings.max_upload_bytes + 1))})
    assert (large.status_code, large.json()["code"]) == (413, "E602")


def test_a_stranger_is_turned_away_whatever_is_uploaded(anonymous: TestClient, settings: Settings) -> None:
    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    answer = anonymous.post("/v1/batches", content=b"no form at all", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (401, "E620")
    assert not settings.blobs_dir.exists()


def test_a_form_that_is_none_is_refused(client: TestClient) -> None:
    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    answer = client.post("/v1/batches", content=b"no form at all", headers=headers)
    assert 400 <= answer.status_code < 500
    assert answer.json()["code"].startswith("E6")


def test_batches_are_listed_newest_first_and_by_status(client: TestClient, work: Work) -> None:
    first = upload(client, LINES)
    work()
    second = upload(client, LINES + "\n")
    listed = client.get("/v1/batches", params={"size": 1}).json()
    assert (listed["total"], [one["id"] for one in listed["items"]]) == (2, [second["id"]])
    done = client.get("/v1/batches", params={"status": "done"}).json()
    assert [one["id"] for one in done["items"]] == [first["id"]]


def test_an_agency_sees_only_its_own_batches(login_as: LoginAs, client: TestClient) -> None:
    one, other = login_as("agency", organisation="众诚"), login_as("agency", organisation="广源")
    batch = upload(one, LINES)
    assert one.get(f"/v1/batches/{batch['id']}").status_code == 200
    assert client.get(f"/v1/batches/{batch['id']}").status_code == 200
    for path in ("", "/events", "/results", "/errors", "/export"):
        answer = other.get(f"/v1/batches/{batch['id']}{path}")
        assert (answer.status_code, answer.json()["code"]) == (404, "E610"), path
    assert other.post(f"/v1/batches/{batch['id']}/cancel").status_code == 404
    assert other.get("/v1/batches").json()["total"] == 0


def test_cancel_and_retry(client: TestClient, work: Work, store: Store) -> None:
    path = f"/v1/batches/{upload(client, LINES)['id']}"
    assert client.post(f"{path}/cancel").json()["status"] == "cancelled"
    again = client.post(f"{path}/cancel")
    assert (again.status_code, again.json()["code"]) == (409, "E641")
    assert "已取消" in again.json()["message"]
    assert client.post(f"{path}/retry").json()["status"] == "queued"
    work()
    assert client.get(path).json()["status"] == "done"
    assert client.post(f"{path}/retry").status_code == 409
    with store.reading() as session:
        actions = list(session.scalars(select(AuditEntry.action).order_by(AuditEntry.number)))
    assert actions == ["batch.create", "batch.cancel", "batch.retry"]


def test_retry_of_a_batch_whose_file_is_gone_is_e647_and_changes_nothing(
    client: TestClient, settings: Settings
) -> None:
    path = f"/v1/batches/{upload(client, LINES)['id']}"
    client.post(f"{path}/cancel")
    for original in settings.blobs_dir.glob("??/*"):
        original.unlink()
    answer = client.post(f"{path}/retry")
    assert (answer.status_code, answer.json()["code"]) == (409, "E647")
    assert client.get(path).json()["status"] == "cancelled"
    assert upload(client, LINES)["status"] == "queued"
    assert client.post(f"{path}/retry").json()["status"] == "queued"


def _events(text: str) -> list[tuple[str, dict[str, Any]]]:
    found = []
    for block in text.replace("\r\n", "\n").split("\n\n"):
        told = dict(line.split(": ", 1) for line in block.splitlines() if ": " in line)
        if "data" in told:
            found.append((told["event"], json.loads(told["data"])))
    return found


def test_progress_comes_as_events_until_the_end(client: TestClient, work: Work) -> None:
    from threading import Timer

    path = f"/v1/batches/{upload(client, LINES)['id']}"
    Timer(0.5, work).start()
    answer = client.get(f"{path}/events")
    assert answer.headers["content-type"].startswith("text/event-stream")
    events = _events(answer.text)
    assert events[0][0] == "progress"
    assert events[0][1]["status"] == "queued"
    assert events[-1] == ("end", client.get(path).json())
    assert events[-1][1]["rows_done"] == 3
