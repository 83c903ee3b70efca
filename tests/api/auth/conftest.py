"""Users, and browsers that are logged in as them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from api.auth.passwords import hashed
from api.auth.sessions import COOKIE, CSRF_HEADER, open_session
from api.store.accounts import Organisation, Role, User
from api.store.engine import Store

PASSWORD = "正确的马电池订书钉-1"
_HASH = hashed(PASSWORD, user_name="nobody")
MakeUser = Callable[..., User]
Browser = Callable[..., TestClient]


@pytest.fixture
def make_user(store: Store) -> MakeUser:
    """A user with `PASSWORD`; agencies get an organisation of their own."""

    def make(name: str, role: Role = Role.INSPECTOR) -> User:
        with store.session() as session:
            own = Organisation(name=f"{name}的机构") if role is Role.AGENCY else None
            user = User(name=name, display_name=name, role=role, organisation=own, password_hash=_HASH)
            session.add(user)
        return user

    return make


@pytest.fixture
def browser(anonymous: TestClient, store: Store) -> Browser:
    """A new browser on the running service, logged in as `user` if one is given."""

    def opened(user: User | None = None) -> TestClient:
        fresh = TestClient(anonymous.app, raise_server_exceptions=False)
        if user is not None:
            with store.session() as session:
                cookie, login = open_session(session, session.merge(user), "testclient", hours=1)
            fresh.cookies.set(COOKIE, cookie)
            fresh.headers[CSRF_HEADER] = login.csrf_token
        return fresh

    return opened


@pytest.fixture
def admin(make_user: MakeUser, browser: Browser) -> TestClient:
    """A browser of an administrator named root."""
    return browser(make_user("root", Role.ADMIN))


@pytest.fixture
def password() -> str:
    """What every made user's password is."""
    return PASSWORD
