"""The audit log as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import orjson
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from api.audit.wording import action_name
from api.cases.numbers import CHINA
from api.exports.table import Column, Row
from api.store.audit import AuditEntry

COLUMNS = (
    Column("number", "序号", 8),
    Column("at", "时间", 20),
    Column("actor_name", "操作人", 14),
    Column("address", "来源地址", 16),
    Column("action", "操作", 18),
    Column("action_code", "操作代码", 20),
    Column("object_type", "对象类型", 14),
    Column("object_id", "对象编号", 34),
    Column("before", "变更前", 40),
    Column("after", "变更后", 40),
    Column("hash", "哈希值", 66),
)
_CHUNK = 1000


def audit_rows(session: Session, criteria: Sequence[ColumnElement[bool]]) -> Iterator[Row]:
    """The entries that fit, in the order in which they were written."""
    wanted = select(AuditEntry).where(*criteria).order_by(AuditEntry.number)
    for entry in session.scalars(wanted.execution_options(yield_per=_CHUNK)):
        yield {
            "number": entry.number,
            "at": f"{entry.at.astimezone(CHINA):%Y-%m-%d %H:%M:%S}",
            "actor_name": entry.actor_name,
            "address": entry.address,
            "action": action_name(entry.action),
            "action_code": entry.action,
            "object_type": entry.object_type,
            "object_id": entry.object_id,
            "before": _json(entry.before),
            "after": _json(entry.after),
            "hash": entry.hash,
        }


def _json(value: object) -> str:
    return "" if value is None else orjson.dumps(value).decode()
