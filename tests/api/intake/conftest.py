from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from api.intake.ingest import Ingested, ingest_many
from api.intake.sighting import Seen, Sighting
from api.intake.storable import storable
from scanner import Ad, Scanner

DAY = datetime(2026, 5, 1, 8, tzinfo=UTC)
TakeIn = Callable[..., list[Ingested]]


@pytest.fixture
def take_in(scanner: Scanner) -> TakeIn:
    """`take_in(session, ad, ..., day=3)` scans and stores ads, seen on that day."""

    def store(session: Session, *ads: Ad, day: int = 0, **sighting: Any) -> list[Ingested]:
        seen = []
        for number, given in enumerate(ads, 1):
            ad = storable(given)
            row = number if "batch_id" in sighting else None
            at = Sighting(DAY + timedelta(days=day), row=row, **sighting)
            seen.append(Seen.of(ad, scanner.scan(ad), at))
        return ingest_many(session, seen)

    return store
