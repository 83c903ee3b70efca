"""Alembic's scripts; `api.store.migrate` runs them."""
