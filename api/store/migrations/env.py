"""Alembic runs this file for every migration; the connection comes from `api.store.migrate`."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from api.store.base import JsonData, UtcTime
from api.store.tables import Base


def _render(kind: str, item: Any, autogenerate: AutogenContext) -> str | Literal[False]:
    """A migration stands on its own: it names plain types, not ours."""
    if kind == "type" and isinstance(item, UtcTime):
        return "sa.DateTime(timezone=True)"
    if item is JsonData:
        autogenerate.imports.add("from sqlalchemy.dialects import postgresql")
        return 'sa.JSON().with_variant(postgresql.JSONB(), "postgresql")'
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    render_item=_render,
)
with context.begin_transaction():
    context.run_migrations()
