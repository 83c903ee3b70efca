"""Hostile input is answered with a coded 4xx, whatever the route."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from api.body import MAX_DEPTH, check_json
from api.errors import ApiError

JSON = {"content-type": "application/json"}
AD = "招文员，限女性"


@pytest.fixture
def database() -> str:
    """What is refused before it reaches a database needs only one."""
    return "sqlite"


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b'{"text": "\\ud800"}', 400, "E605"),
        (b'{"\\udfff": 1}', 400, "E605"),
        (b'{"text": "\xed\xa0\x80"}', 400, "E604"),
        (b'{"text": NaN}', 400, "E605"),
        (b'{"text": -Infinity}', 400, "E605"),
        (b'{"text": 1e999}', 400, "E605"),
        (b'{"text": "a\\u0000b"}', 400, "E607"),
        (b'{"a\\u0000": "b"}', 400, "E607"),
        (b'{"text": "a\x00b"}', 400, "E605"),
        (json.dumps({"text": AD}, ensure_ascii=False).encode("gbk"), 400, "E604"),
        (json.dumps({"text": AD}).encode("utf-16"), 400, "E604"),
        (b"[" * 100_000, 400, "E606"),
        (b"[" * 100_000 + b"]" * 100_000, 400, "E606"),
        (b'{"text":' * 100_000 + b"1" + b"}" * 100_000, 400, "E606"),
        (b"[" * (MAX_DEPTH + 1) + b"]" * (MAX_DEPTH + 1), 400, "E606"),
        (b'{"text": "' + b"a" * 5_000_000 + b'"}', 413, "E602"),
        (b"{", 400, "E605"),
        (b"\xef\xbb\xbf{}", 400, "E605"),
        (b'{"text": 1}', 422, "E601"),
        (b'"text"', 422, "E601"),
        (b"null", 422, "E601"),
        (b"", 422, "E601"),
        (b'{"text": 99999999999999999999999999}', 422, "E601"),
    ],
    ids=lambda value: repr(value[:24]) if isinstance(value, bytes) else None,
)
def test_body_hostile_json_is_refused(body: bytes, status: int, code: str, client: TestClient) -> None:
    answer = client.post("/v1/scan", content=body, headers=JSON)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert set(answer.json()) == {"code", "message", "detail"}


@pytest.mark.parametrize(
    "kind",
    [
        "text/plain",
        "application/xml",
        "application/x-www-form-urlencoded",
        "application/json; charset=gbk",
        "application/json;charset=utf-16",
        "application/octet-stream",
        "",
        "限女",
    ],
)
def test_body_other_content_types_are_refused(kind: str, client: TestClient) -> None:
    body = json.dumps({"text": AD}).encode()
    answer = client.post("/v1/scan", content=body, headers={"content-type": kind.encode()})
    assert (answer.status_code, answer.json()["code"]) == (415, "E603")


@pytest.mark.parametrize(
    "kind", ["application/json", "Application/JSON; charset=UTF-8", 'application/json; charset="utf-8"']
)
def test_body_json_in_utf8_is_taken(kind: str, client: TestClient) -> None:
    answer = client.post("/v1/scan", content=json.dumps({"text": AD}), headers={"content-type": kind})
    assert answer.status_code == 200


@pytest.mark.parametrize("declared", [True, False])
def test_body_oversize_upload_is_refused(declared: bool, client: TestClient) -> None:
    """Whether its length is declared or comes in pieces; nothing of it is kept."""
    boundary = b"--b\r\ncontent-disposition: form-data; name=file; filename=a.csv\r\n\r\n"
    pieces = [boundary, *[b"a" * 1_000_000] * 9, b"\r\n--b--\r\n"]
    content = b"".join(pieces) if declared else iter(pieces)
    answer = client.post(
        "/v1/batches", content=content, headers={"content-type": "multipart/form-data; boundary=b"}
    )
    assert (answer.status_code, answer.json()["code"]) == (413, "E602")


@pytest.mark.parametrize("body", [b"", b"--b", b"--b\r\n\r\n", b"no parts at all", b"\x00" * 100])
@pytest.mark.parametrize("kind", ["multipart/form-data", "multipart/form-data; boundary=b"])
def test_body_broken_upload_is_refused(body: bytes, kind: str, client: TestClient) -> None:
    answer = client.post("/v1/batches", content=body, headers={"content-type": kind})
    assert 400 <= answer.status_code < 500
    assert answer.json()["code"].startswith("E6")


@pytest.mark.parametrize("path", ["/v1/ads/a%00b", "/v1/ads?q=%00", "/v1/ads?%00=1", "/v1/ads?q=a%2500%00"])
def test_body_nul_in_an_address_is_refused(path: str, client: TestClient) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.json()["code"]) == (400, "E607")


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/v1/none", 404, "E608"),
        ("GET", "/v1/%ED%A0%80", 404, "E608"),
        ("PATCH", "/v1/scan", 405, "E609"),
        ("TRACE", "/v1/scan", 405, "E609"),
        ("GET", "/v1/ads?page=0", 422, "E601"),
        ("GET", "/v1/ads?page=99999999999999999999", 422, "E601"),
        ("GET", "/v1/ads?size=201", 422, "E601"),
        ("GET", "/v1/ads/not-an-id", 422, "E601"),
        ("GET", f"/v1/ads/{'0' * 32}", 404, "E610"),
    ],
)
def test_body_wrong_addresses_are_refused(
    method: str, path: str, status: int, code: str, client: TestClient
) -> None:
    answer = client.request(method, path)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


NESTED = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"]), max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), max_size=4), inner, max_size=3)
    ),
    max_leaves=20,
)


@given(NESTED)
def test_body_check_takes_exactly_shallow_json_without_nul(value: object) -> None:
    def depth(part: object) -> int:
        inner = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
        return 1 + max(map(depth, inner), default=0)

    body = json.dumps(value).encode()
    refused = (
        "\0" in json.dumps(value, ensure_ascii=False).replace("\\u0000", "\0") or depth(value) > MAX_DEPTH
    )
    if refused:
        with pytest.raises(ApiError, match=r"E60[67]"):
            check_json(body)
    else:
        check_json(body)


@given(st.binary(max_size=60))
def test_body_check_lets_through_only_what_python_reads(body: bytes) -> None:
    with suppress(ApiError):
        check_json(body)
        json.loads(body)
