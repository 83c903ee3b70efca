"""What may come in: sizes, content types, and JSON that every later step can take."""

from __future__ import annotations

import re
from typing import Any

import orjson
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import ApiError
from api.problems import answer_for
from api.settings import Settings

MAX_DEPTH = 32
"""How deep JSON may be nested."""
_NUL = "\0"
_PUBLIC = ("/v1/public/", "/report")
"""Where strangers send something: how these paths begin."""
_TOO_DEEP = re.compile("depth|recursion", re.I)
"""How orjson words it."""


class GuardedBody:
    """Refuses what could not be handled: E602 size, E603 type, E604–E606 JSON, E607 NUL anywhere."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._max_body = settings.max_body_bytes
        self._max_upload = settings.max_upload_bytes
        self._max_report = settings.max_report_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            guarded = await self._guarded(scope, receive)
        except ApiError as error:
            await answer_for(error, scope)(scope, receive, send)
            return
        await self._app(scope, guarded, send)

    async def _guarded(self, scope: Scope, receive: Receive) -> Receive:
        """How the app is to receive the body. Raises ApiError."""
        headers = Headers(scope=scope)
        if _NUL in scope["path"] or b"%00" in scope.get("query_string", b""):
            raise ApiError("E607")
        if not _has_body(headers):
            return receive
        upload = _is_upload(headers)
        limit = self._max_upload if upload else self._max_body
        if scope["path"].startswith(_PUBLIC):
            limit = min(limit, self._max_report)
        if _length(headers) > limit:
            raise ApiError("E602", limit=limit)
        limited = _limited(receive, limit)
        return limited if upload else await _checked_json(headers, limited)


def check_json(body: bytes) -> None:
    """Refuse JSON that is no UTF-8 (E604), no JSON (E605), too deep (E606) or holds NUL (E607)."""
    try:
        value = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise _why_not(body, str(error)) from None
    if b"\\u0000" in body or body.count(b"[") + body.count(b"{") > MAX_DEPTH:
        _walk(value)


def _why_not(body: bytes, problem: str) -> ApiError:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return ApiError("E604")
    return ApiError("E606", limit=MAX_DEPTH) if _TOO_DEEP.search(problem) else ApiError("E605")


def _walk(value: Any) -> None:
    """Look at every part of the value, without recursion."""
    level, depth = [value], 0
    while level:
        depth += 1
        if depth > MAX_DEPTH:
            raise ApiError("E606", limit=MAX_DEPTH)
        if any(isinstance(part, str) and _NUL in part for part in level):
            raise ApiError("E607")
        level = [inner for part in level for inner in _parts(part)]


def _parts(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [*value.keys(), *value.values()]
    return value if isinstance(value, list) else []


async def _checked_json(headers: Headers, receive: Receive) -> Receive:
    body = b"".join([part async for part in _stream(receive)])
    if body:
        if not _is_json(headers):
            raise ApiError("E603")
        check_json(body)
    rest: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Message:
        return rest.pop() if rest else await receive()

    return replay


async def _stream(receive: Receive) -> Any:
    while True:
        message = await receive()
        yield message.get("body", b"")
        if not message.get("more_body", False):
            return


def _limited(receive: Receive, limit: int) -> Receive:
    seen = 0

    async def counted() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > limit:
            raise ApiError("E602", limit=limit)
        return message

    return counted


def _has_body(headers: Headers) -> bool:
    return headers.get("content-length", "0") != "0" or "transfer-encoding" in headers


def _length(headers: Headers) -> int:
    length = headers.get("content-length", "0")
    return int(length) if length.isdecimal() else 0


def _kind(headers: Headers) -> tuple[str, str]:
    kind, _, parameters = headers.get("content-type", "").lower().partition(";")
    return kind.strip(), parameters.replace('"', "").replace(" ", "")


def _is_json(headers: Headers) -> bool:
    kind, parameters = _kind(headers)
    charset = parameters.partition("charset=")[2].partition(";")[0]
    return kind == "application/json" and charset in {"", "utf-8", "utf8"}


def _is_upload(headers: Headers) -> bool:
    return _kind(headers)[0] == "multipart/form-data"
