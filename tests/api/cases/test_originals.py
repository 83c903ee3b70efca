"""What of an uploaded file goes into an evidence pack: the case's own rows, nobody else's."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from threading import Event
from zipfile import ZipFile

import pytest
from fastapi.testclient import TestClient
from openpyxl import Workbook

from api.cases.source_rows import row_bytes
from api.jobs.scan_batch import BatchScanner
from api.settings import Settings
from api.store.blobs import Blobs
from api.store.engine import Store
from scanner import Scanner

HEADER = ["职位名称", "公司名称", "岗位描述"]
OTHER = ["会计", "邻家样例有限公司", "负责记账，邻家机密电话 000。"]
OWN = ["保安", "样例物业有限公司", '招保安两名，\n限男性，包吃住，配"对讲机"。']
Pack = Callable[[str, bytes], tuple[dict[str, bytes], str]]


def _csv(*rows: list[str], between: str = ",") -> str:
    quoted = (between.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    return "".join(f"{line}\r\n" for line in quoted)


def _jsonl(*rows: list[str]) -> str:
    return "".join(json.dumps(dict(zip(HEADER, row, strict=True)), ensure_ascii=False) + "\n" for row in rows)


def _xlsx(*rows: list[str]) -> bytes:
    book, out = Workbook(), BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


@pytest.fixture
def packed(client: TestClient, store: Store, settings: Settings, scanner: Scanner) -> Pack:
    """`packed(name, content)` uploads and scans a file, opens the case of its findings; its pack and the hash."""

    def packing(name: str, content: bytes) -> tuple[dict[str, bytes], str]:
        batch = client.post("/v1/batches", files={"file": (name, content)}).json()
        scan = BatchScanner(store, Blobs(settings.blobs_dir), lambda _: scanner, 10_000, Event())
        scan(batch["id"], True)
        assert client.get(f"/v1/batches/{batch['id']}").json()["status"] == "done"
        found = client.get("/v1/findings").json()["items"]
        case = client.post("/v1/cases", json={"finding_ids": [one["id"] for one in found]}).json()
        with ZipFile(BytesIO(client.get(f"/v1/cases/{case['id']}/evidence").content)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}, hashlib.sha256(
                content
            ).hexdigest()

    return packing


@pytest.mark.parametrize(
    ("name", "content", "row", "own"),
    [
        ("名单.csv", _csv(HEADER, OTHER, OWN, OTHER).encode(), 3, _csv(OWN).encode()),
        ("名单.csv", _csv(HEADER, OTHER, OWN).encode("gb18030"), 3, _csv(OWN).encode("gb18030")),
        ("名单.tsv", _csv(HEADER, OWN, OTHER, between="\t").encode(), 2, _csv(OWN, between="\t").encode()),
        ("名单.jsonl", _jsonl(OTHER, OWN, OTHER).encode(), 2, _jsonl(OWN).encode()),
        ("名单.jsonl", _jsonl(OWN, OTHER).encode("gb18030"), 1, _jsonl(OWN).encode("gb18030")),
    ],
)
def test_originals_of_a_shared_file_hold_the_bytes_of_the_own_row(
    name: str, content: bytes, row: int, own: bytes, packed: Pack
) -> None:
    files, sha256 = packed(name, content)
    member = f"originals/{sha256}-row-{row}{name[2:]}"
    assert [name for name in files if name.startswith("originals/")] == [member]
    assert files[member] == own
    (capture,) = json.loads(files["captures.json"])
    assert (capture["original"], capture["source_sha256"], capture["kept"]) == (member, sha256, True)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("名单.xlsx", _xlsx(HEADER, OTHER, OWN)),
        ("名单.csv", _csv(HEADER, OTHER, OWN).encode("utf-16")),
        ("名单.jsonl", _jsonl(OTHER, OWN).encode("utf-16")),
    ],
)
def test_originals_without_row_bytes_are_named_by_their_hash(name: str, content: bytes, packed: Pack) -> None:
    files, sha256 = packed(name, content)
    assert not [name for name in files if name.startswith("originals/")]
    (capture,) = json.loads(files["captures.json"])
    assert (capture["original"], capture["source_sha256"], capture["kept"]) == (None, sha256, True)
    assert "邻家机密".encode() not in b"".join(files.values())


def test_originals_with_nobody_else_in_it_go_in_whole(packed: Pack) -> None:
    content = _csv(HEADER, OWN).encode()
    files, sha256 = packed("名单.csv", content)
    assert files[f"originals/{sha256}"] == content


def test_originals_with_rows_that_could_not_be_read_are_cut(packed: Pack) -> None:
    files, sha256 = packed("名单.jsonl", (_jsonl(OWN) + '{"岗位描述": "邻家机密\n').encode())
    assert [name for name in files if name.startswith("originals/")] == [f"originals/{sha256}-row-1.jsonl"]


@pytest.mark.parametrize("wanted", [[], [0], [9]])
def test_source_rows_that_a_file_lacks_are_left_out(wanted: list[int], tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    assert row_bytes(path, "x.csv", wanted) == {}
