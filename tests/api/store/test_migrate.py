"""The schema moves up and down on both databases and is what the models say."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from api.errors import ServiceError
from api.store import migrate
from api.store.engine import Store
from api.store.tables import Base


@pytest.fixture
def empty(empty_url: str) -> Iterator[Store]:
    store = Store(empty_url)
    yield store
    store.dispose()


def test_migrate_makes_what_the_models_say(empty: Store) -> None:
    migrate.upgrade(empty)
    with empty.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_migrate_goes_down_to_nothing_and_up_again(empty: Store) -> None:
    for _ in range(2):
        migrate.upgrade(empty)
        assert migrate.current(empty) == migrate.head()
        migrate.downgrade(empty, "base")
        assert migrate.current(empty) is None
        assert inspect(empty.engine).get_table_names() == ["alembic_version"]


def test_migrate_fills_an_empty_database_at_start(empty: Store) -> None:
    migrate.require_head(empty)
    migrate.require_head(empty)
    assert migrate.current(empty) == migrate.head()


def test_migrate_refuses_the_database_of_a_newer_program(empty: Store) -> None:
    migrate.upgrade(empty)
    with empty.session() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(ServiceError, match="E508"):
        migrate.require_head(empty)


def test_migrate_asks_to_upgrade_an_older_database(empty: Store) -> None:
    migrate.upgrade(empty, "0001")
    with pytest.raises(ServiceError, match=r"E503.*pingzhao db upgrade"):
        migrate.require_head(empty)


@pytest.mark.parametrize("url", ["sqlite:////no/such/folder/x.sqlite", "postgresql://127.0.0.1:1/none"])
def test_migrate_says_when_the_database_cannot_be_opened(url: str) -> None:
    with pytest.raises(ServiceError, match="E504"):
        migrate.require_head(Store(url))
