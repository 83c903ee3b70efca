"""What lies beyond its retention period: first told, then removed, once a person has said so."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, delete, exists, func, select
from sqlalchemy.orm import Session

from api.audit.identities import erase, outlived_identities
from api.audit.originals import outlived_files
from api.audit.record import Who, record
from api.audit.verify import CHECKPOINT
from api.errors import ApiError
from api.intake.folds import recount
from api.settings import Settings
from api.store.ads import StoredAd, StoredFinding
from api.store.audit import AuditEntry
from api.store.base import now
from api.store.blobs import Blobs
from api.store.cases import CaseFinding
from api.store.engine import Store

_AT_ONCE = 1000


@dataclass(frozen=True)
class Plan:
    """What would go. `confirmation` names exactly this plan; `execute` asks for it back."""

    ads: int
    ads_before: datetime | None
    """None where ads are kept for ever."""
    audit_entries: int
    audit_before: datetime | None
    audit_through: int
    """Number of the last audit entry to go; 0 where none goes."""
    files: int
    files_before: datetime
    """Originals of uploads put before then go, unless something still needs them."""
    identities: int
    """Of reporters whose reports were closed before `identities_before`; their sealed files go with them."""
    identities_before: datetime | None

    @property
    def confirmation(self) -> str:
        """16 hexadecimal digits that differ as soon as the plan does."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:16]


def plan(session: Session, blobs: Blobs, settings: Settings) -> Plan:
    """Look, do not touch. Days end at midnight UTC; a period of 0 days means for ever."""
    ads_before = _before(settings.retention_days_ads)
    audit_before = _before(settings.retention_days_audit)
    identities_before = _before(settings.retention_days_identity)
    count = select(func.count()).select_from(StoredAd)
    through, entries = _old_entries(session, audit_before)
    files_before = _midnight() - timedelta(days=settings.upload_keep_days)
    return Plan(
        ads=(session.scalar(count.where(*_outlived(ads_before))) or 0) if ads_before else 0,
        ads_before=ads_before,
        audit_entries=entries,
        audit_before=audit_before,
        audit_through=through,
        files=len(outlived_files(session, blobs, files_before)),
        files_before=files_before,
        identities=outlived_identities(session, identities_before) if identities_before else 0,
        identities_before=identities_before,
    )


def execute(store: Store, blobs: Blobs, settings: Settings, who: Who, confirmation: str) -> Plan:
    """Remove what the confirmed plan said. Raises ApiError E631 when that is no longer what would go.

    Ads go in chunks, each with its audit entry in the same transaction; the audit log goes last.
    """
    with store.session() as session:
        agreed = plan(session, blobs, settings)
    if agreed.confirmation != confirmation:
        raise ApiError("E631")
    if agreed.ads_before is not None:
        while _remove_ads(store, who, agreed.ads_before):
            pass
    if agreed.identities_before is not None:
        while erase(store, blobs, who, agreed.identities_before, _AT_ONCE):
            pass
    _remove_files(store, blobs, who, agreed.files_before)
    if agreed.audit_through:
        _remove_entries(store, who, agreed)
    return agreed


def _before(days: int) -> datetime | None:
    return _midnight() - timedelta(days=days) if days else None


def _midnight() -> datetime:
    return now().astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def _outlived(before: datetime) -> tuple[ColumnElement[bool], ...]:
    """Not seen since, and evidence in no case."""
    of_this_ad = StoredFinding.ad_id == StoredAd.id
    in_a_case = exists().where(CaseFinding.finding_id == StoredFinding.id, of_this_ad)
    return StoredAd.last_seen < before, ~in_a_case


def _old_entries(session: Session, before: datetime | None) -> tuple[int, int]:
    """The last audit entry to go, and how many: always the oldest ones without a gap."""
    if before is None:
        return 0, 0
    first_kept = session.scalar(select(func.min(AuditEntry.number)).where(AuditEntry.at >= before))
    old = select(func.max(AuditEntry.number), func.count())
    if first_kept is not None:
        old = old.where(AuditEntry.number < first_kept)
    through, entries = session.execute(old).one()
    return through or 0, entries


def _remove_ads(store: Store, who: Who, before: datetime) -> int:
    with store.session() as session:
        ids = session.scalars(select(StoredAd.id).where(*_outlived(before)).limit(_AT_ONCE)).all()
        if ids:
            folds = select(StoredFinding.fold_id).where(StoredFinding.ad_id.in_(ids)).distinct()
            touched = session.scalars(folds).all()
            session.execute(delete(StoredAd).where(StoredAd.id.in_(ids)))
            recount(session, touched)
            after = {"ads": len(ids), "not_seen_since": before.isoformat()}
            record(session, who, "retention.ads", "ad", "", after=after)
        return len(ids)


def _remove_files(store: Store, blobs: Blobs, who: Who, before: datetime) -> None:
    """First the entry, then the files: what a crash leaves behind goes the next time."""
    with store.session() as session:
        names = outlived_files(session, blobs, before)
        if names:
            after = {"files": len(names), "put_before": before.isoformat()}
            record(session, who, "retention.files", "file", "", after=after)
    for name in names:
        blobs.delete(name)


def _remove_entries(store: Store, who: Who, agreed: Plan) -> None:
    """The checkpoint entry says what went, and carries the hash that the first kept entry is bound to."""
    with store.session() as session:
        last = session.get_one(AuditEntry, agreed.audit_through)
        after = {"through": last.number, "hash": last.hash, "entries": agreed.audit_entries}
        session.expunge(last)
        record(session, who, CHECKPOINT, "audit", str(last.number), after=after)
        session.execute(delete(AuditEntry).where(AuditEntry.number <= last.number))
