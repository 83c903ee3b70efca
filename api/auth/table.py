"""Which permission each route asks for, read off the app; and the table role × endpoint or page for people."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import iter_route_contexts

from api.auth.deps import Allowed
from api.auth.permissions import PERMISSION_NAMES, ROLE_PERMISSIONS, Permission
from api.store.accounts import ROLE_NAMES
from api.workbench.static_files import MOUNT

PUBLIC = frozenset(
    {
        ("GET", "/healthz"),
        ("GET", "/readyz"),
        ("GET", "/metrics"),
        ("GET", "/v1/openapi.json"),
        ("GET", "/setup"),
        ("POST", "/setup"),
        ("GET", "/login"),
        ("POST", "/login"),
        ("GET", MOUNT),
        ("GET", "/report"),
        ("POST", "/report"),
        ("GET", "/report/status"),
        ("POST", "/report/status"),
        ("POST", "/report/add"),
        ("POST", "/v1/setup"),
        ("POST", "/v1/login"),
        ("POST", "/v1/public/reports"),
        ("POST", "/v1/public/reports/status"),
        ("POST", "/v1/public/reports/materials"),
    }
)
"""What anybody may ask, without logging in. Every other route asks for exactly one permission."""


class Endpoint(NamedTuple):
    """A method and path; `permission` is None for public ones."""

    method: str
    path: str
    permission: Permission | None
    summary: str


def endpoints(app: FastAPI) -> list[Endpoint]:
    """All endpoints of the app, by path and method.

    Raises RuntimeError for one that is neither public nor asks for exactly one permission: `create_app`
    calls this, so that a route cannot be forgotten.
    """
    return sorted(_endpoints(app), key=lambda endpoint: (endpoint.path, endpoint.method))


def _endpoints(app: FastAPI) -> Iterator[Endpoint]:
    for route in iter_route_contexts(app.routes):
        dependant = getattr(route, "dependant", None)
        found = set(_permissions(dependant)) if dependant is not None else set()
        for method in (route.methods or {"GET"}) - {"HEAD"}:
            path = route.path or ""
            public = (method, path) in PUBLIC
            if len(found) != (0 if public else 1):
                raise RuntimeError(f"{method} {path} must be public or ask for one permission, not {found}")
            summary = getattr(route, "summary", None) or ""
            yield Endpoint(method, path, None if public else next(iter(found)), summary)


def _permissions(dependant: Dependant) -> Iterator[Permission]:
    if isinstance(dependant.call, Allowed):
        yield dependant.call.permission
    for needed in dependant.dependencies:
        yield from _permissions(needed)


def markdown(app: FastAPI) -> str:
    """The table as a page: one row per endpoint, one column per role. docs/permissions.md is this."""
    roles = list(ROLE_NAMES)
    head = ["接口或页面", "用途", "权限", "未登录", *(ROLE_NAMES[role] for role in roles)]
    lines = [_row(head), _row(["---"] * len(head))]
    for method, path, permission, summary in endpoints(app):
        public = permission is None
        may = [public or permission in ROLE_PERMISSIONS[role] for role in roles]
        name = "公开" if permission is None else PERMISSION_NAMES[permission]
        cells = ["✓" if yes else "" for yes in (public, *may)]
        lines.append(_row([f"`{method} {path}`", summary, name, *cells]))
    return f"{_INTRODUCTION}\n" + "\n".join(lines) + "\n"


_INTRODUCTION = """# 接口和页面权限表

由 `python -m api.auth.table docs/permissions.md` 生成，并由 `tests/api/test_permissions.py` 逐格检验。✓ 表示可以访问；空白一律拒绝。
人力资源服务机构的用户只能看到本机构提交的数据。访问令牌只能做其权限范围内、且其所有人可以做的事。
"""


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def main(path: str) -> None:
    """Write the table of the whole service to a file."""
    from api.app import create_app
    from api.settings import Settings

    Path(path).write_text(markdown(create_app(Settings())), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(sys.argv[1])
