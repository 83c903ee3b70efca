"""Users and organisations, for administrators; officers, for those who give out cases."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from api.audit.record import record
from api.auth import users
from api.auth.deps import allowed
from api.auth.permissions import ROLE_PERMISSIONS, Permission
from api.auth.principal import Principal
from api.auth.scope import fetch
from api.deps import ReadSessionDep, SessionDep
from api.errors import ApiError
from api.schemas.accounts import (
    Officer,
    OrganisationIn,
    OrganisationView,
    PasswordIn,
    UserChange,
    UserIn,
    UserView,
)
from api.schemas.page import Page, PagingDep
from api.store.accounts import Organisation, User

router = APIRouter(prefix="/v1", tags=["用户"])
Manager = Annotated[Principal, Depends(allowed(Permission.USER_MANAGE))]
Assigner = Annotated[Principal, Depends(allowed(Permission.CASE_ASSIGN))]


@router.get("/users", summary="用户列表")
def list_users(user: Manager, session: SessionDep, paging: PagingDep) -> Page[UserView]:
    """All, by name."""
    page = paging.of(session, select(User).order_by(User.name), UserView.of)
    record(session, user, "user.list", "user", "", after={"page": paging.page})
    return page


@router.post("/users", status_code=201, summary="新增用户")
def create_user(body: UserIn, user: Manager, session: SessionDep) -> UserView:
    """The password is set by the administrator and changed by the user."""
    fields = body.model_dump(exclude={"password"})
    made = users.create(session, body.password, **fields)
    record(session, user, "user.create", "user", made.id, after=fields)
    return UserView.of(made)


@router.get("/users/{user_id}", summary="查看用户")
def read_user(user_id: str, user: Manager, session: SessionDep) -> UserView:
    """One user."""
    found = fetch(session, User, user_id, user, kind="用户")
    record(session, user, "user.read", "user", found.id)
    return UserView.of(found)


@router.patch("/users/{user_id}", summary="修改、停用用户")
def change_user(user_id: str, body: UserChange, user: Manager, session: SessionDep) -> UserView:
    """Users are disabled, never deleted: what they decided stays theirs."""
    found = fetch(session, User, user_id, user, kind="用户")
    before, after = users.change(session, found, _given(body))
    record(session, user, "user.change", "user", found.id, before=before, after=after)
    return UserView.of(found)


@router.post("/users/{user_id}/password", status_code=204, summary="重设用户密码")
def reset_password(user_id: str, body: PasswordIn, user: Manager, session: SessionDep) -> None:
    """Logs the user out everywhere."""
    found = fetch(session, User, user_id, user, kind="用户")
    users.set_password(session, found, body.password)
    record(session, user, "user.password", "user", found.id)


@router.get("/officers", summary="可以承办案件的人员")
def list_officers(user: Assigner, session: ReadSessionDep, paging: PagingDep) -> Page[Officer]:
    """Active users who may work on cases."""
    roles = [role for role, may in ROLE_PERMISSIONS.items() if Permission.CASE_WRITE in may]
    officers = select(User).where(User.active, User.role.in_(roles)).order_by(User.name)
    return paging.of(session, officers, Officer.of)


@router.get("/organisations", summary="机构列表")
def list_organisations(user: Manager, session: SessionDep, paging: PagingDep) -> Page[OrganisationView]:
    """All agencies, by name."""
    page = paging.of(session, select(Organisation).order_by(Organisation.name), OrganisationView.of)
    record(session, user, "organisation.list", "organisation", "", after={"page": paging.page})
    return page


@router.post("/organisations", status_code=201, summary="新增机构")
def create_organisation(body: OrganisationIn, user: Manager, session: SessionDep) -> OrganisationView:
    """An agency whose users see only what it sends in."""
    _check_free(session, body.name)
    made = Organisation(name=body.name)
    session.add(made)
    session.flush()
    record(session, user, "organisation.create", "organisation", made.id, after={"name": made.name})
    return OrganisationView.of(made)


@router.patch("/organisations/{organisation_id}", summary="修改机构名称")
def rename_organisation(
    organisation_id: str, body: OrganisationIn, user: Manager, session: SessionDep
) -> OrganisationView:
    """Its users and ads stay with it."""
    found = fetch(session, Organisation, organisation_id, user, kind="机构")
    before = {"name": found.name}
    if found.name != body.name:
        _check_free(session, body.name)
        found.name = body.name
    record(
        session,
        user,
        "organisation.change",
        "organisation",
        found.id,
        before=before,
        after={"name": found.name},
    )
    return OrganisationView.of(found)


def _check_free(session: Session, name: str) -> None:
    if session.scalar(select(exists().where(Organisation.name == name))):
        raise ApiError("E632", name=name)


def _given(body: UserChange) -> dict[str, Any]:
    """What the request names; only `organisation_id` may be set to null."""
    given = body.model_dump(exclude_unset=True)
    return {name: value for name, value in given.items() if value is not None or name == "organisation_id"}
