"""Who put ads before the public: job boards and agencies."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from api.intake.employers import LONGEST, normalise_employer
from api.store.ads import Publisher, PublisherKind
from api.store.base import new_id
from scanner.ad import Ad
from scanner.decide.party import PartyBook
from scanner.law import Party

_AGENCIES = (Party.AGENCY, Party.PUBLIC_SERVICE_AGENCY)


def publisher_ids(session: Session, names: Iterable[str]) -> dict[str, str]:
    """Normalised name → id of the publisher; unknown ones are added."""
    written = {normal: name for name in names if (normal := normalise_employer(name))}
    rows = session.execute(
        select(Publisher.normalised, Publisher.id).where(Publisher.normalised.in_(written))
    )
    known = {row.normalised: row.id for row in rows}
    new = [_row(written[normal], normal) for normal in sorted(written.keys() - known.keys())]
    if new:
        session.execute(insert(Publisher), new)
    return known | {row["normalised"]: row["id"] for row in new}


def kind_of(name: str) -> PublisherKind:
    """What a publisher is, by the words of its name (lexicons/parties.yaml); a board unless they say agency."""
    party = PartyBook.load().of(Ad("", publisher=name))[-1]
    return PublisherKind.AGENCY if party in _AGENCIES else PublisherKind.PLATFORM


def _row(name: str, normal: str) -> dict[str, str]:
    return {"id": new_id(), "name": name.strip()[:LONGEST], "normalised": normal, "kind": kind_of(name)}
