"""设置: one's own password and tokens; for administrators how the service is set, and what is kept how long."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse

from api.auth.deps import allowed
from api.auth.permissions import PERMISSION_NAMES, Permission
from api.auth.principal import Principal
from api.deps import ReadSessionDep, ServicesDep, SettingsDep
from api.routes.audit import read_retention
from api.routes.tokens import list_tokens
from api.schemas.page import Paging
from api.store.base import now
from api.workbench.effective import effective
from api.workbench.pages import page

router = APIRouter(include_in_schema=False)
Self = Annotated[Principal, Depends(allowed(Permission.ACCOUNT_SELF))]
Manager = Annotated[Principal, Depends(allowed(Permission.USER_MANAGE))]
Keeper = Annotated[Principal, Depends(allowed(Permission.RETENTION_MANAGE))]
_ALL = Paging(page=1, size=10_000)


@router.get("/settings", summary="设置页面：本人")
def show_own(request: Request, user: Self, session: ReadSessionDep, settings: SettingsDep) -> HTMLResponse:
    """Account, password, tokens."""
    manages = user.may(Permission.TOKEN_MANAGE)
    told: dict[str, Any] = {
        "tokens": list_tokens(user, session, _ALL).items if manages else [],
        "scopes": [one for one in Permission if one in user.permissions and one != Permission.TOKEN_MANAGE],
        "names": PERMISSION_NAMES,
        "days": settings.token_days,
        "now": now(),
    }
    return page(request, "settings.html", user, title="设置", **told)


@router.get("/settings/service", summary="设置页面：服务")
def show_service(request: Request, user: Manager, settings: SettingsDep) -> HTMLResponse:
    """Every setting with its value and what it means; they are changed where the service is installed."""
    told: dict[str, Any] = {"settings": effective(settings), "file": settings.data_dir / "pingzhao.toml"}
    return page(request, "settings_service.html", user, title="服务设置", **told)


@router.get("/settings/retention", summary="设置页面：保存期限")
def show_retention(
    request: Request, user: Keeper, session: ReadSessionDep, services: ServicesDep
) -> HTMLResponse:
    """What lies beyond its retention period, and the button that removes it."""
    told: dict[str, Any] = {
        "plan": read_retention(user, session, services),
        "settings": services.settings,
    }
    return page(request, "settings_retention.html", user, title="保存期限", **told)
