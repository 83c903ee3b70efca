"""The permission table, cell by cell: every endpoint and page with every role, with a token, and with nobody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import pytest
from fastapi import Depends, FastAPI
from fastapi.testclient import TestClient

from api.app import create_app
from api.auth import tokens
from api.auth.deps import allowed
from api.auth.permissions import PERMISSION_NAMES, ROLE_PERMISSIONS, Permission
from api.auth.principal import Principal, principal_of
from api.auth.sessions import COOKIE, CSRF_HEADER, open_session
from api.auth.table import PUBLIC, Endpoint, endpoints, markdown
from api.settings import Settings
from api.store.accounts import ROLE_NAMES, Organisation, Role, User
from api.store.engine import Store
from api.workbench.static_files import MOUNT
from scanner import Scanner

PAGE = Path(__file__).parents[2] / "docs" / "permissions.md"
ENDPOINTS = endpoints(create_app(Settings()))
GUARDED = [endpoint for endpoint in ENDPOINTS if endpoint.permission is not None]


def is_page(endpoint: Endpoint) -> bool:
    return not endpoint.path.startswith(("/v1/", "/healthz", "/readyz", "/metrics", MOUNT))


def named(endpoint: Endpoint) -> str:
    return f"{endpoint.method} {endpoint.path}"


@dataclass
class Service:
    """One running service for all cells (who may do what does not depend on the database), a user per role."""

    client: TestClient
    store: Store
    users: dict[Role, User]

    def as_role(self, role: Role) -> dict[str, str]:
        """Headers of a fresh session: asking for /v1/logout ends it."""
        with self.store.session() as session:
            user = session.merge(self.users[role], load=False)
            cookie, opened = open_session(session, user, "testclient", hours=1)
        return {"Cookie": f"{COOKIE}={cookie}", CSRF_HEADER: opened.csrf_token}

    def by_token(self, role: Role, scopes: set[Permission]) -> dict[str, str]:
        """Headers of a token of someone in this role."""
        with self.store.session() as session:
            owner = principal_of(self.users[role], "")
            return {"Authorization": f"Bearer {tokens.issue(session, owner, 't', scopes, days=1)[0]}"}

    def status(self, endpoint: Endpoint, headers: dict[str, str]) -> int:
        """Ask with ids that do not exist and no body: who is allowed gets 404, 422 or an empty list.

        Refusals must look as the one who asked needs them: JSON for programs, a page for people.
        """
        path = re.sub(r"\{[^}]+\}", "0" * 32, endpoint.path)
        path += "/css/base.css" if endpoint.path == MOUNT else ""
        with self.client.stream(endpoint.method, path, headers=headers, follow_redirects=False) as answer:
            if answer.status_code >= 400:
                kind = "text/html" if is_page(endpoint) else "application/json"
                assert answer.headers["content-type"].startswith(kind)
            return answer.status_code


@pytest.fixture(scope="module")
def service(scanner: Scanner, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    app = create_app(Settings(data_dir=tmp_path_factory.mktemp("permissions")), scanner=scanner)
    with TestClient(app, raise_server_exceptions=False) as client:
        store = app.state.services.store
        users = {role: User(name=role.value, role=role, password_hash="") for role in Role}
        users[Role.AGENCY].organisation = Organisation(name="甲人力")
        with store.session() as session:
            session.add_all(users.values())
        yield Service(client, store, users)


@pytest.mark.parametrize("endpoint", GUARDED, ids=named)
def test_permissions_of_every_role(endpoint: Endpoint, service: Service) -> None:
    expected = {role: endpoint.permission in ROLE_PERMISSIONS[role] for role in Role}
    got = {role: service.status(endpoint, service.as_role(role)) for role in Role}
    assert {role: status not in {303, 401, 403} for role, status in got.items()} == expected
    assert {status for role, status in got.items() if not expected[role]} <= {403}
    assert max(got.values()) < 500


@pytest.mark.parametrize("endpoint", GUARDED, ids=named)
@pytest.mark.parametrize(
    "headers",
    [{}, {"Cookie": f"{COOKIE}=x"}, {"Authorization": "Bearer pz_x"}],
    ids=["none", "cookie", "token"],
)
def test_permissions_of_nobody(endpoint: Endpoint, headers: dict[str, str], service: Service) -> None:
    to_login = is_page(endpoint) and "Authorization" not in headers
    assert service.status(endpoint, headers) == (303 if to_login else 401)


@pytest.mark.parametrize("endpoint", GUARDED, ids=named)
def test_permissions_of_a_token_are_its_scopes(endpoint: Endpoint, service: Service) -> None:
    """With all scopes but the one that is needed it is refused; with just that one, it is not."""
    assert endpoint.permission is not None
    role = next(role for role in (Role.ADMIN, *Role) if endpoint.permission in ROLE_PERMISSIONS[role])
    may_carry = set(ROLE_PERMISSIONS[role]) - {Permission.TOKEN_MANAGE}
    assert service.status(endpoint, service.by_token(role, may_carry - {endpoint.permission})) == 403
    if endpoint.permission in may_carry:
        assert service.status(endpoint, service.by_token(role, {endpoint.permission})) not in {401, 403}


@pytest.mark.parametrize("public", sorted(PUBLIC), ids=" ".join)
def test_permissions_public_endpoints_ask_for_no_login(public: tuple[str, str], service: Service) -> None:
    assert service.status(Endpoint(*public, None, ""), {}) not in {303, 401, 403, 404, 405}


def test_permissions_every_one_is_named_used_and_given_to_someone() -> None:
    given = frozenset().union(*ROLE_PERMISSIONS.values())
    used = {endpoint.permission for endpoint in GUARDED}
    assert set(PERMISSION_NAMES) == set(Permission) == given == used
    assert set(ROLE_PERMISSIONS) == set(ROLE_NAMES) == set(Role)


def test_permissions_page_is_up_to_date() -> None:
    """Renew it with: python -m api.auth.table docs/permissions.md."""
    assert PAGE.read_text(encoding="utf-8") == markdown(create_app(Settings()))


User1 = Annotated[Principal, Depends(allowed(Permission.SCAN))]
User2 = Annotated[Principal, Depends(allowed(Permission.EXPORT))]


def test_permissions_default_deny_refuses_a_forgotten_route() -> None:
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)

    @app.get("/v1/forgotten")
    def forgotten() -> None: ...

    with pytest.raises(RuntimeError, match="GET /v1/forgotten"):
        endpoints(app)


def test_permissions_refuses_a_route_that_asks_for_two() -> None:
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)

    @app.get("/v1/both")
    def both(one: User1, two: User2) -> None: ...

    with pytest.raises(RuntimeError, match="GET /v1/both"):
        endpoints(app)


def test_permissions_refuses_a_public_route_that_asks_for_one() -> None:
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)

    @app.post("/v1/login")
    def login(user: User1) -> None: ...

    with pytest.raises(RuntimeError, match="POST /v1/login"):
        endpoints(app)
