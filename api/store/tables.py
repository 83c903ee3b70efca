"""Every table in one place: importing this fills `Base.metadata`."""

from api.store import accounts, ads, audit, batches, cases, complaints, folds, rules
from api.store.base import Base

__all__ = ["Base", "accounts", "ads", "audit", "batches", "cases", "complaints", "folds", "rules"]
