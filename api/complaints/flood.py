"""How much one network address may send in an hour; the address itself is not kept."""

from __future__ import annotations

import math
from datetime import timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from api.complaints.identity import Vault
from api.errors import ApiError
from api.store.base import now
from api.store.complaints import PublicVisit

_WINDOW = timedelta(hours=1)


def count_visit(session: Session, vault: Vault, address: str, limit: int) -> None:
    """Count a visit. Raises ApiError E694 with a Retry-After where there were `limit` within the hour.

    A visit that is refused is not counted.
    """
    session.execute(delete(PublicVisit).where(PublicVisit.at <= now() - _WINDOW))
    key = vault.fingerprint("address", address)
    tally = select(func.count(), func.min(PublicVisit.at)).where(PublicVisit.key == key)
    count, first = session.execute(tally).one()
    if count >= limit:
        seconds = max(1, math.ceil((first + _WINDOW - now()).total_seconds()))
        raise ApiError("E694", minutes=math.ceil(seconds / 60), headers={"Retry-After": str(seconds)})
    session.add(PublicVisit(key=key))
