"""快速检查: one ad, checked while it is typed."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse

from api.auth.deps import allowed
from api.auth.permissions import Permission
from api.auth.principal import Principal
from api.workbench.pages import page

router = APIRouter(include_in_schema=False)
EXAMPLES = {
    "限定性别": "招前台文员一名，限女性，25岁以下，形象好气质佳。",
    "婚育条件": "招行政助理，已婚已育优先，入职须承诺两年内不生育，体检含孕检。",
    "可能属例外": "招女更衣室保洁员，限女性，两班倒，包食宿。",
    "没有问题": "招仓库管理员，男女不限，能搬运20公斤货物，有经验者优先。",
}
"""Invented ads to try it with."""


@router.get("/check", summary="快速检查页面")
def show_check(
    request: Request, user: Annotated[Principal, Depends(allowed(Permission.SCAN))]
) -> HTMLResponse:
    """The page; the checking is `POST /v1/scan`."""
    return page(request, "check.html", user, title="快速检查", examples=EXAMPLES)
