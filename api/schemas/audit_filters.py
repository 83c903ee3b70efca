"""Which entries of the audit log: the query parameters that the list and the export share."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Annotated

from fastapi import Query
from pydantic import AwareDatetime
from sqlalchemy import ColumnElement

from api.store.audit import AuditEntry


@dataclass
class AuditFilters:
    """All that are given must fit."""

    actor_id: Annotated[str | None, Query(max_length=32, description="操作人编号")] = None
    actor_name: Annotated[str | None, Query(max_length=64, description="操作人的用户名")] = None
    action: Annotated[str | None, Query(max_length=60, description="操作，如 user.login")] = None
    object_type: Annotated[str | None, Query(max_length=30, description="对象类型，如 case")] = None
    object_id: Annotated[str | None, Query(max_length=64, description="对象编号")] = None
    since: Annotated[AwareDatetime | None, Query(description="起始时间（含）")] = None
    until: Annotated[AwareDatetime | None, Query(description="截止时间（不含）")] = None

    def criteria(self) -> list[ColumnElement[bool]]:
        """As conditions on the table."""
        names = ("actor_id", "actor_name", "action", "object_type", "object_id")
        same = {name: value for name in names if (value := getattr(self, name)) is not None}
        found = [getattr(AuditEntry, name) == value for name, value in same.items()]
        found += [AuditEntry.at >= self.since] if self.since else []
        found += [AuditEntry.at < self.until] if self.until else []
        return found

    def told(self) -> dict[str, str]:
        """What was asked for, for the audit log."""
        return {name: str(value) for name, value in asdict(self).items() if value is not None}
