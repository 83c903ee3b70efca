"""用户和机构: who may come in, and as what."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse

from api.auth.deps import allowed
from api.auth.permissions import PERMISSION_NAMES, ROLE_PERMISSIONS, Permission
from api.auth.principal import Principal
from api.deps import SessionDep
from api.routes.accounts import list_organisations, list_users
from api.schemas.page import Paging, PagingDep
from api.store.accounts import ROLE_NAMES, Role
from api.workbench.pages import page

router = APIRouter(include_in_schema=False)
Manager = Annotated[Principal, Depends(allowed(Permission.USER_MANAGE))]
_ALL = Paging(page=1, size=10_000)


@router.get("/users", summary="用户和机构页面")
def show_users(request: Request, user: Manager, session: SessionDep, paging: PagingDep) -> HTMLResponse:
    """The users by name, the organisations, and what each role may do."""
    told: dict[str, Any] = {
        "users": list_users(user, session, paging),
        "organisations": list_organisations(user, session, _ALL).items,
        "roles": ROLE_NAMES,
        "rights": {
            role: [PERMISSION_NAMES[one] for one in Permission if one in may]
            for role, may in ROLE_PERMISSIONS.items()
        },
        "agency": Role.AGENCY,
    }
    return page(request, "users.html", user, title="用户和机构", **told)
