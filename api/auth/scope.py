"""Agency users see only what their agency sent in. Everyone else sees all that their role allows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, false, select, true
from sqlalchemy.orm import Session

from api.auth.principal import Principal
from api.errors import ApiError
from api.store.accounts import Role
from api.store.ads import AdVersion, Capture, Employer, Publisher, StoredAd, StoredFinding
from api.store.base import Base
from api.store.batches import Batch, BatchError
from api.store.folds import Fold

T = TypeVar("T", bound=Base)


def _of_own_ads(column: Any, ad_column: Any) -> Callable[[str], ColumnElement[bool]]:
    def criterion(organisation_id: str) -> ColumnElement[bool]:
        own = select(ad_column).where(StoredAd.organisation_id == organisation_id, ad_column.is_not(None))
        return column.in_(own)  # type: ignore[no-any-return]

    return criterion


def _of_own_batches(organisation_id: str) -> ColumnElement[bool]:
    return BatchError.batch_id.in_(select(Batch.id).where(Batch.organisation_id == organisation_id))


_OWN: dict[type[Base], Callable[[str], ColumnElement[bool]]] = {
    StoredAd: lambda organisation_id: StoredAd.organisation_id == organisation_id,
    Batch: lambda organisation_id: Batch.organisation_id == organisation_id,
    BatchError: _of_own_batches,
    AdVersion: _of_own_ads(AdVersion.ad_id, StoredAd.id),
    Capture: _of_own_ads(Capture.ad_id, StoredAd.id),
    StoredFinding: _of_own_ads(StoredFinding.ad_id, StoredAd.id),
    Fold: _of_own_ads(Fold.group_id, StoredAd.group_id),
    Employer: _of_own_ads(Employer.id, StoredAd.employer_id),
    Publisher: _of_own_ads(Publisher.id, StoredAd.publisher_id),
}
"""How each table is narrowed to an agency. What is not listed, an agency does not see."""


def visible(model: type[Base], user: Principal) -> ColumnElement[bool]:
    """A criterion for `select(model).where(...)` that leaves only the rows this user may see."""
    if user.role != Role.AGENCY:
        return true()
    if user.organisation_id is None or model not in _OWN:
        return false()
    return _OWN[model](user.organisation_id)


def fetch(session: Session, model: type[T], object_id: Any, user: Principal, *, kind: str) -> T:
    """The row with this key, or ApiError E610 (404) as if another agency's rows did not exist.

    `kind` is what the message calls it: 广告, 批次, 用人单位.
    """
    key = model.__mapper__.primary_key[0]
    found = session.scalars(select(model).where(key == object_id, visible(model, user))).one_or_none()
    if found is None:
        raise ApiError("E610", id=object_id, kind=kind)
    return found
