"""What the service's commands begin with: settings, and the store."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from scanner.errors import PingzhaoError, reason

if TYPE_CHECKING:
    from api.settings import Settings
    from api.store.engine import Store


@contextmanager
def needs_service() -> Iterator[None]:
    """Says which package is missing where the service's were not installed: ServiceError E501."""
    from api.errors import ServiceError

    try:
        yield
    except ModuleNotFoundError as error:
        raise ServiceError("E501", module=error.name) from None


@contextmanager
def opened(
    given: Mapping[str, object] | None = None, *, check: bool = True
) -> Iterator[tuple[Store, Settings]]:
    """The store and the settings, `given` ones first. Raises ServiceError E501, E502, E504.

    With `check` the database must hold data (E504) at the version of this program (E503, E508).
    """
    with needs_service():
        from sqlalchemy.exc import OperationalError

        from api.errors import ServiceError
        from api.settings import load_settings
        from api.store import migrate
        from api.store.engine import Store
    settings = load_settings(**(given or {}))
    _make_folder(settings)
    store = Store(settings.store_url)
    try:
        if check and migrate.current(store) is None:
            raise ServiceError("E504", detail="其中还没有平招的数据")
        if check:
            migrate.require_head(store)
        yield store, settings
    except OperationalError as error:
        raise ServiceError("E504", detail=type(error.orig).__name__) from None
    finally:
        store.dispose()


def _make_folder(settings: Settings) -> None:
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise PingzhaoError("E201", path=settings.data_dir, detail=reason(error)) from None
