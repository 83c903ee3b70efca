"""A reporter's name and number go in on every way; then everything that is kept or given out is searched for them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from PIL import Image, PngImagePlugin

from api.logs import set_up_logs
from api.settings import Settings
from api.store.backup import backup
from api.store.engine import Store
from tests.api.complaints.conftest import TOLD
from tests.api.complaints.test_importing import HEADER, workbook

NAME, GIVEN, PHONE, WECHAT = "覃翠缇", "翠缇", "13912345678", "qcuiti1990"
FORMS = (GIVEN, PHONE, WECHAT, "覃女士")
STORY = (
    f"我叫{NAME}，微信{WECHAT}，电话{PHONE[:3]}-{PHONE[3:7]}-{PHONE[7:]}。"
    f"长春示例商贸有限公司的人事对我说：“覃女士，我们只要男的。”{GIVEN}我不服。"
)
WHO = {"name": NAME, "contact": f"{PHONE}，微信{WECHAT}"}


def needles() -> Iterator[bytes]:
    """Every form in every way in which it may be written."""
    for form in FORMS:
        yield from {form.encode(encoding) for encoding in ("utf-8", "gb18030", "utf-16-le", "utf-16-be")}
        yield form.encode("unicode_escape")
        yield (
            "".join(f"%{byte:02X}" for byte in form.encode()).encode()
            if not form.isascii()
            else form.encode()
        )


def found_in(data: bytes) -> list[bytes]:
    return [needle for needle in needles() if needle in data]


def picture() -> bytes:
    """A screenshot whose metadata name the reporter."""
    told, out = PngImagePlugin.PngInfo(), io.BytesIO()
    told.add_itxt("Author", f"{NAME} {PHONE}")
    Image.new("RGB", (60, 40), "white").save(out, "PNG", pnginfo=told)
    return out.getvalue()


def send_every_way(anonymous: TestClient, desk: TestClient) -> list[str]:
    """By the public form with files, by hand, by a table; the ids."""
    told = {
        **TOLD,
        **WHO,
        "text": STORY,
        "ad_text": f"请联系{NAME}",
        "ad_url": f"https://a.example/?tel={PHONE}",
    }
    receipt = anonymous.post("/v1/public/reports", json={**told, "kind": "complaint"}).json()
    files = [
        ("files", (f"{NAME}的截图.png", picture())),
        ("files", (f"{NAME}.txt", f"{STORY}".encode())),
        ("files", (f"{NAME}.pdf", b"%PDF-1.4 " + STORY.encode())),
    ]
    added = anonymous.post(
        "/v1/public/reports/materials", data={**receipt, "text": f"{NAME}补充"}, files=files
    )
    assert added.status_code == 200, added.text
    assert desk.post("/v1/complaints", json={**told, "channel": "phone"}).status_code == 201
    row = ["1", NAME, PHONE, TOLD["employer"], STORY, "2026-05-06", "电话", "投诉"]
    sent = {"file": (f"{NAME}.xlsx", workbook(HEADER, row))}
    assert desk.post("/v1/complaints/import", files=sent).json()["taken"] == 1
    return [one["id"] for one in desk.get("/v1/complaints").json()["items"]]


def work_on(desk: TestClient, ids: list[str]) -> None:
    """An officer names the reporter wherever words can be typed."""
    words = f"已联系{NAME}（{PHONE}），覃女士愿意作证"
    for key in ids:
        base = f"/v1/complaints/{key}"
        for what in ("notes", "replies"):
            assert desk.post(f"{base}/{what}", json={"text": words}).status_code == 201
        for what, more in (
            ("status", {"status": "accepted"}),
            ("urgency", {"level": "soon"}),
            ("kind", {"kind": "complaint"}),
            ("assignee", {"assignee_id": None}),
            ("identity", {}),
        ):
            assert desk.post(f"{base}/{what}", json={"reason": words, **more}).status_code == 200


def given_out(desk: TestClient, client: TestClient, ids: list[str]) -> Iterator[tuple[str, bytes]]:
    """All that leaves the service for those who may not know."""
    yield "list", client.get("/v1/complaints").content
    yield "search", client.get("/v1/complaints", params={"words": "只要男"}).content
    for key in ids:
        seen = client.get(f"/v1/complaints/{key}")
        yield "detail", seen.content
        yield (
            "handoff",
            desk.post(f"/v1/complaints/{key}/handoff", json={"reason": f"移送，{NAME}同意"}).content,
        )
        for material in seen.json()["materials"]:
            yield "material", client.get(f"/v1/complaints/{key}/materials/{material['id']}").content
    for what in ("audit", "findings", "cases"):
        for kind in ("jsonl", "csv"):
            yield f"{what}.{kind}", client.get(f"/v1/exports/{what}", params={"format": kind}).content
        book = client.get(f"/v1/exports/{what}", params={"format": "xlsx"}).content
        for name, data in members(io.BytesIO(book)):
            yield f"{what}.xlsx/{name}", data
    yield "audit", client.get("/v1/audit", params={"size": 200}).content
    yield "metrics", client.get("/metrics").content


def members(file: io.BytesIO | Path) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(file) as archive:
        for name in archive.namelist():
            yield name, name.encode() + archive.read(name)


def kept(store: Store, settings: Settings, folder: Path) -> Iterator[tuple[str, bytes]]:
    """All that lies on the disk: the database with its -wal, blobs, key, backup; PostgreSQL's rows by the backup."""
    if store.is_sqlite:
        database = Path(str(store.url.database))
        for path in database.parent.glob(f"{database.name}*"):
            yield path.name, path.read_bytes()
    for path in (path for path in settings.data_dir.rglob("*") if path.is_file()):
        yield path.name, path.name.encode() + path.read_bytes()
    backup(store, settings.blobs_dir, folder / "all.zip")
    yield from members(folder / "all.zip")


@pytest.mark.parametrize("log_format", ["text", "json"])
def test_planted_name_is_nowhere_in_clear(
    log_format: str,
    anonymous: TestClient,
    desk: TestClient,
    client: TestClient,
    store: Store,
    settings: Settings,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    quiet_logs: None,
) -> None:
    set_up_logs(settings.model_copy(update={"log_format": log_format, "log_level": "DEBUG"}))
    ids = send_every_way(anonymous, desk)
    assert len(ids) == 3
    work_on(desk, ids)
    leaks = {name: found for name, data in given_out(desk, client, ids) if (found := found_in(data))}
    leaks |= {name: found for name, data in kept(store, settings, tmp_path) if (found := found_in(data))}
    assert leaks == {}
    logged = "".join(capfd.readouterr())
    assert "/v1/public/reports" in logged
    assert found_in(logged.encode()) == []
    for key in ids:
        who = desk.post(f"/v1/complaints/{key}/identity", json={"reason": "回访"}).json()
        assert (who["name"], PHONE in who["contact"], who["text"]) == (NAME, True, STORY)


def test_planted_name_original_files_come_back(anonymous: TestClient, desk: TestClient) -> None:
    for key in send_every_way(anonymous, desk):
        for material in desk.get(f"/v1/complaints/{key}").json()["materials"]:
            path = f"/v1/complaints/{key}/materials/{material['id']}/original"
            got = desk.post(path, json={"reason": "核对原件"})
            assert found_in(got.content)
            assert found_in(got.headers["content-disposition"].encode())


@pytest.fixture
def quiet_logs() -> Iterator[None]:
    """Put the handlers of the tests' own logging back."""
    import logging

    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = handlers, level
