"""Files of a report: known by their bytes, sealed, shown without what tells who sent them."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from PIL import Image

from api.complaints.pictures import redrawn
from api.settings import Settings
from scanner.picture import Line, Paragraph, Picture
from tests.api.complaints.conftest import Send

PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def attach(desk: TestClient) -> Callable[..., Any]:
    """`attach(id, name, data)` adds a file at the desk; gives the answer."""

    def attaching(key: str, name: str, data: bytes) -> Any:
        return desk.post(f"/v1/complaints/{key}/materials", files={"file": (name, data)})

    return attaching


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (b"%PDF-1.7 ...", "application/pdf"),
        ("聊天记录：只要男的".encode(), "text/plain"),
        ("聊天记录：只要男的".encode("gb18030"), "text/plain"),
    ],
)
def test_materials_kind_is_told_by_the_bytes(data: bytes, media_type: str, send: Send, attach: Any) -> None:
    made = attach(send()["id"], "改了名.exe", data)
    assert (made.status_code, made.json()["media_type"]) == (201, media_type)
    assert made.json()["sha256"] == sha256(data).hexdigest()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "E692"),
        (b"MZ\x00\x01", "E692"),
        (b"PK\x03\x04\x00", "E692"),
        (PNG + b"broken", "E115"),
        (b"a" * 10485761, "E602"),
    ],
    ids=["empty", "program", "zip", "broken picture", "too large"],
)
def test_materials_others_are_refused(data: bytes, code: str, send: Send, attach: Any) -> None:
    assert attach(send()["id"], "证据.png", data).json()["code"] == code


def test_materials_are_so_many_at_most(send: Send, attach: Any) -> None:
    key = send()["id"]
    assert {attach(key, "a.txt", b"abc").status_code for _ in range(10)} == {201}
    assert attach(key, "a.txt", b"abc").json()["code"] == "E693"


def test_materials_original_comes_back_sealed_until_then(
    send: Send, attach: Any, desk: TestClient, inspector: TestClient, settings: Settings
) -> None:
    key = send(name="王翠缇")["id"]
    data = "王翠缇的聊天记录：只要男的".encode()
    made = attach(key, "王翠缇 聊天.txt", data).json()
    assert made["text"] == "＊＊＊的聊天记录：只要男的"
    kept = [path.read_bytes() for path in Path(settings.blobs_dir).glob("??/*")]
    assert len(kept) == 1
    assert data not in kept[0]
    path = f"/v1/complaints/{key}/materials/{made['id']}"
    got = desk.post(f"{path}/original", json={"reason": "核对原件"})
    assert got.content == data
    assert "%E7%8E%8B%E7%BF%A0%E7%BC%87" in got.headers["content-disposition"]
    assert inspector.post(f"{path}/original", json={"reason": "核对原件"}).status_code == 403
    assert inspector.get(path).json()["text"] == made["text"]
    assert inspector.get(f"{path}/picture").json()["code"] == "E685"
    last = desk.get(f"/v1/complaints/{key}").json()["events"][-1]
    assert (last["kind"], last["details"]) == ("identity_viewed", {"material_id": made["id"]})


def test_materials_of_another_report_are_not_there(send: Send, attach: Any, desk: TestClient) -> None:
    one, other = send()["id"], send()["id"]
    made = attach(one, "a.txt", b"abc").json()["id"]
    assert desk.get(f"/v1/complaints/{other}/materials/{made}").json()["code"] == "E610"


def line_of(text: str, y: int) -> Line:
    """A line whose characters are squares of 20 pixels."""
    boxes = tuple(_square(20 * at, y) for at in range(len(text)))
    return Line(text, (boxes[0][0], boxes[-1][1], boxes[-1][2], boxes[0][3]), boxes, 0.9)


def _square(x: float, y: float) -> Any:
    return (x, y), (x + 20, y), (x + 20, y + 20), (x, y + 20)


def test_materials_picture_is_masked_before_it_is_scanned_and_drawn(
    send: Send, attach: Any, inspector: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that goes over two lines too: what is stored, scanned and shown has blots there."""
    lines = (line_of("限男性，联系王翠", 0), line_of("缇13800138000", 20))
    told = Picture((Paragraph(lines, "对方"),), (300, 40), "0" * 64)
    monkeypatch.setattr("scanner.picture.read_picture", lambda data: told)
    key = send(name="王翠缇")["id"]
    out = BytesIO()
    Image.new("RGB", (300, 40), "white").save(out, "PNG")
    made = attach(key, "聊天.png", out.getvalue()).json()
    assert made["text"] == "限男性，联系＊＊\n＊＊＊＊＊＊＊＊＊＊＊＊"
    (finding,) = made["picture"]["findings"]
    assert finding["boxes"] == [[[0, 0], [60, 0], [60, 20], [0, 20]]]
    shown = inspector.get(f"/v1/complaints/{key}/materials/{made['id']}/picture")
    image = Image.open(BytesIO(shown.content)).convert("RGB")
    assert image.getpixel((130, 10)) == image.getpixel((10, 30)) == (0, 0, 0)
    assert image.getpixel((90, 10)) == (255, 255, 255)
    assert image.getpixel((0, 10)) == (198, 40, 40)


def test_materials_redrawn_picture_holds_no_metadata() -> None:
    image, out = Image.new("RGB", (40, 20), "white"), BytesIO()
    exif = image.getexif()
    exif[0x013B] = "WangCuiti"
    image.save(out, "JPEG", exif=exif)
    assert b"WangCuiti" in out.getvalue()
    assert b"WangCuiti" not in redrawn(out.getvalue(), {"lines": [], "findings": []})
