"""The database's schema moves forward and back by Alembic; its scripts are shipped with the package."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from api.errors import ServiceError
from api.store.engine import Store

HEAD = "head"
_SCRIPTS = Path(__file__).parent / "migrations"


def head() -> str:
    """The revision that this program needs."""
    revision = _scripts().get_current_head()
    assert revision is not None
    return revision


def current(store: Store) -> str | None:
    """The revision that the database has; None when it is empty. Raises ServiceError E504."""
    try:
        with store.engine.connect() as connection:
            return current_on(connection)
    except OperationalError as error:
        raise ServiceError("E504", detail=type(error.orig).__name__) from None


def current_on(connection: Connection) -> str | None:
    """The same on an open connection."""
    return MigrationContext.configure(connection).get_current_revision()


def upgrade(store: Store, revision: str = HEAD) -> None:
    """Move forward to `revision`, in one transaction."""
    with store.session() as session:
        upgrade_on(session.connection(), revision)


def upgrade_on(connection: Connection, revision: str) -> None:
    """The same within the caller's transaction."""
    command.upgrade(_config(connection), revision)


def downgrade(store: Store, revision: str) -> None:
    """Move back to `revision` ("base" empties the database), in one transaction."""
    with store.session() as session:
        command.downgrade(_config(session.connection()), revision)


def require_head(store: Store) -> None:
    """Make the tables of an empty database; refuse one that is older (E503) or newer (E508)."""
    found = current(store)
    if found is None:
        upgrade(store)
        return
    require_known(found)
    if found != head():
        raise ServiceError("E503", current=found, head=head())


def require_known(revision: str) -> None:
    """Refuse what a newer program made: E508."""
    if revision not in {script.revision for script in _scripts().walk_revisions()}:
        raise ServiceError("E508", current=revision)


def _scripts() -> ScriptDirectory:
    return ScriptDirectory(str(_SCRIPTS))


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
