"""Add an entry to the audit log, within the caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from api.audit.chain import GENESIS, link
from api.auth.principal import Principal
from api.store.audit import AuditEntry, AuditHead
from api.store.base import now

_WRITER_LOCK = 0x70_69_6E_67_7A_68_61_6F
"""Key of the PostgreSQL advisory lock that lets one writer at a time extend the chain."""


@dataclass(frozen=True)
class Actor:
    """Someone who acts without a log-in: the service itself, the command line, a visitor."""

    user_id: str = ""
    name: str = ""
    address: str = ""


Who = Principal | Actor
"""Anyone who acts."""
SYSTEM = Actor(name="系统")
"""The service itself: jobs, opening rules, retention."""


def record(
    session: Session,
    who: Who,
    action: str,
    object_type: str,
    object_id: str,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> AuditEntry:
    """Append one entry; it stands or falls with the caller's transaction.

    `action` is object.verb (case.status, ad.read). `before` and `after` hold what changed as plain JSON;
    for reads they are None or say what was asked for. Never put the text of an ad or a secret in them.
    Other writers wait until this transaction ends, so call it late.
    """
    (entry,) = record_each(session, who, action, object_type, [object_id], before=before, after=after)
    return entry


def record_each(
    session: Session,
    who: Who,
    action: str,
    object_type: str,
    object_ids: Sequence[str],
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> list[AuditEntry]:
    """Append one entry for each of the objects to which the same was done."""
    head, at = _head_of_chain(session), now()
    entries = []
    for object_id in object_ids:
        entry = AuditEntry(
            number=head.number + 1,
            at=at,
            actor_id=who.user_id,
            actor_name=who.name,
            address=who.address,
            action=action,
            object_type=object_type,
            object_id=object_id,
            before=before,
            after=after,
            previous_hash=head.hash,
        )
        entry.hash = link(entry)
        head.number, head.hash = entry.number, entry.hash
        entries.append(entry)
    session.add_all(entries)
    session.flush()
    return entries


def _head_of_chain(session: Session) -> AuditHead:
    """The chain's end, held until this transaction ends.

    On SQLite the transaction holds all writing already (BEGIN IMMEDIATE); PostgreSQL needs a lock.
    """
    session.flush()
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _WRITER_LOCK})
    head = session.get(AuditHead, 1, populate_existing=True)
    if head is None:
        head = AuditHead(number=0, hash=GENESIS)
        session.add(head)
    return head
