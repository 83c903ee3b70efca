"""Attachments are downloads only; an evidence pack proves itself and holds what an outsider needs."""

from __future__ import annotations

import hashlib
import json
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import pytest

from api.audit.chain import GENESIS
from api.store.accounts import Role
from scanner.report.verification import verify

if TYPE_CHECKING:
    from collections.abc import Callable

    from fastapi.testclient import TestClient

    from api.settings import Settings
    from api.store.engine import Store
    from tests.api.cases.conftest import Open
    from tests.service_fixtures import LoginAs

PDF = b"%PDF-1.7\n" + b"x" * 100
CLEAN = "招保安两名，男女不限，包吃住。"


def attach(client: TestClient, case: dict[str, Any], name: str, content: bytes) -> Any:
    return client.post(f"/v1/cases/{case['id']}/attachments", files={"file": (name, content)})


def evidence(client: TestClient, case: dict[str, Any]) -> dict[str, bytes]:
    answer = client.get(f"/v1/cases/{case['id']}/evidence")
    assert answer.status_code == 200
    with ZipFile(BytesIO(answer.content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("笔录.pdf", PDF, "application/pdf"),
        ("截图.PNG", b"\x89PNG\r\n\x1a\n...", "image/png"),
        ("照片.jpg", b"\xff\xd8\xff\xe0", "image/jpeg"),
        ("录像.mp4", b"\x00\x00\x00\x18ftypmp42", "video/mp4"),
        ("说明.txt", "情况说明".encode(), "text/plain"),
    ],
)
def test_case_files_attachment_comes_back_as_a_download(
    name: str, content: bytes, media_type: str, client: TestClient, open_case: Open
) -> None:
    case = open_case()
    made = attach(client, case, name, content)
    assert made.status_code == 201, made.text
    assert (made.json()["media_type"], made.json()["size"]) == (media_type, len(content))
    got = client.get(f"/v1/cases/{case['id']}/attachments/{made.json()['id']}")
    assert got.content == content
    assert got.headers["content-type"] == "application/octet-stream"
    assert got.headers["content-disposition"].startswith("attachment")
    assert got.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("页面.html", b"<script>alert(1)</script>"),
        ("图.svg", b"<svg onload='x'/>"),
        ("假.pdf", b"MZ\x90\x00"),
        ("假.png", PDF),
        ("空.pdf", b""),
        ("空.txt", b""),
        ("二进制.txt", b"a\x00b"),
        ("程序.exe", b"MZ"),
        ("无扩展名", PDF),
    ],
)
def test_case_files_other_kinds_are_e666(
    name: str, content: bytes, client: TestClient, open_case: Open
) -> None:
    answer = attach(client, open_case(), name, content)
    assert (answer.status_code, answer.json()["code"]) == (422, "E666")


def test_case_files_attachment_of_another_case_is_404(client: TestClient, open_case: Open) -> None:
    case, other = open_case(), open_case(text="招搬运工，限男性，能吃苦。", employer="另一样例公司")
    made = attach(client, case, "笔录.pdf", PDF).json()
    assert client.get(f"/v1/cases/{other['id']}/attachments/{made['id']}").status_code == 404
    assert client.get(f"/v1/cases/{case['id']}/attachments/{'0' * 32}").status_code == 404


def test_case_files_evidence_is_whole_and_its_digest_audited(
    client: TestClient, open_case: Open, tmp_path: Path, actions: Callable[[str], list[str]]
) -> None:
    case = open_case("confirmed")
    answer = client.get(f"/v1/cases/{case['id']}/evidence")
    path = tmp_path / "pack.zip"
    path.write_bytes(answer.content)
    verdict = verify(path)
    assert verdict.problems == ()
    assert verdict.case == case["number"]
    assert answer.headers["x-pingzhao-digest"] == verdict.digest
    (entry,) = client.get("/v1/audit", params={"action": "case.evidence"}).json()["items"]
    assert entry["after"] == {"digest": verdict.digest}
    assert "attachment" in answer.headers["content-disposition"]


def test_case_files_evidence_holds_what_an_outsider_needs(client: TestClient, open_case: Open) -> None:
    case = open_case("confirmed")
    client.post(f"/v1/cases/{case['id']}/notes", json={"text": "只供内部参阅"})
    attached = attach(client, case, "笔录.pdf", PDF).json()
    files = evidence(client, case)
    (finding,) = json.loads(files["findings.json"])
    assert finding["finding"]["spans"][0]["quote"] == "限男性"
    assert finding["versions"]["scanner"]
    laws = json.loads(files["laws.json"])
    assert {law["law"] for law in laws} >= {"WL"}
    assert all(law["quotation"] or law["note"] for law in laws)
    decisions = json.loads(files["decisions.json"])
    assert decisions["reviews"][0]["decision_name"] == "成立"
    assert {event["kind"] for event in decisions["events"]} == {"opened", "findings", "attachment"}
    (capture,) = json.loads(files["captures.json"])
    assert capture["kept"]
    assert "限男性" in files[f"originals/{capture['source_sha256']}"].decode()
    assert files[f"attachments/{attached['id']}.pdf"] == PDF
    (name,) = [name for name in files if name.endswith(".html")]
    assert '<mark class="violation">限男性</mark>' in files[name].decode()
    assert "只供内部参阅".encode() not in b"".join(files.values())


def test_case_files_evidence_audit_extract_keeps_its_hashes(client: TestClient, open_case: Open) -> None:
    case = open_case("confirmed")
    lines = evidence(client, case)["audit.jsonl"].splitlines()
    assert len(lines) >= 3
    for line in lines:
        told = json.loads(line)
        entry = json.dumps(told["entry"], sort_keys=True, separators=(",", ":")).encode()
        assert told["hash"] == hashlib.sha256(told["previous_hash"].encode() + entry).hexdigest()
        assert (told["previous_hash"] == GENESIS) == (told["entry"]["number"] == 1)


def test_case_files_evidence_of_one_state_is_one_file(
    client: TestClient, open_case: Open, store: Store, settings: Settings
) -> None:
    from api.cases.evidence import members
    from api.store.blobs import Blobs
    from api.store.cases import Case
    from scanner import Scanner
    from scanner.report.evidence import pack

    case_id = open_case("confirmed")["id"]
    versions = Scanner.load(model=False).versions
    made = []
    for _ in range(2):
        with store.reading() as session:
            case, out = session.get_one(Case, case_id), BytesIO()
            pack(case.number, members(session, case, Blobs(settings.blobs_dir).path, versions), out)
            made.append(out.getvalue())
    assert made[0] == made[1]


def test_case_files_evidence_tells_the_hash_of_what_is_gone(
    client: TestClient, open_case: Open, settings: Settings
) -> None:
    case = open_case()
    for path in settings.blobs_dir.glob("??/*"):
        path.unlink()
    files = evidence(client, case)
    (capture,) = json.loads(files["captures.json"])
    assert not capture["kept"]
    assert len(capture["source_sha256"]) == 64
    assert not [name for name in files if name.startswith("originals/")]


def test_case_files_evidence_shows_the_corrected_version_too(client: TestClient, open_case: Open) -> None:
    case = open_case("confirmed")
    (ad_id,) = {f["ad_id"] for f in client.get(f"/v1/cases/{case['id']}").json()["findings"]}
    capture = {"ad_id": ad_id, "title": "保安", "text": CLEAN}
    client.post(f"/v1/cases/{case['id']}/recheck", json={"reason": "回访", "captures": [capture]})
    files = evidence(client, case)
    assert {f"ads/{ad_id}-v{number}.{kind}" for number in (1, 2) for kind in ("json", "html")} <= set(files)
    assert json.loads(files[f"ads/{ad_id}-v2.json"])["version"]["text"] == CLEAN


def test_case_files_evidence_needs_the_right_to_export(login_as: LoginAs, open_case: Open) -> None:
    path = f"/v1/cases/{open_case()['id']}/evidence"
    assert login_as(Role.AUDITOR).get(path).status_code == 403
    assert login_as(Role.INSPECTOR).get(path).status_code == 200
