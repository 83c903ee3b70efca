"""What of the uploaded files goes into an evidence pack: nobody else's ads.

A file whose every row is in the case goes in whole. Of any other file only the case's own rows do, where the
format keeps a row's bytes together; the file itself stays in the office, named by its SHA-256.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from api.cases.source_rows import row_bytes
from api.store.ads import AdVersion, Capture
from api.store.batches import Batch
from scanner.batch.source import suffix_of
from scanner.errors import PingzhaoError
from scanner.report.evidence import Member
from scanner.text.decode import decode

FOLDER = "originals"
Locate = Callable[[str], Path | None]
"""SHA-256 → where the bytes lie, None if they are gone."""


def originals(session: Session, captures: Sequence[Capture], locate: Locate) -> dict[int, Member]:
    """Capture's id → the file of the pack that holds what it was read from; captures without one left out.

    `captures` are all those of the ads in the case.
    """
    by_file: dict[str, list[Capture]] = defaultdict(list)
    for capture in captures:
        by_file[capture.source_sha256].append(capture)
    shared = _shared(session, captures)
    found: dict[int, Member] = {}
    for sha256, theirs in by_file.items():
        place = locate(sha256)
        if place and sha256 in shared:
            found |= _rows(session, theirs, place)
        elif place:
            whole = Member(f"{FOLDER}/{sha256}", place)
            found |= {capture.id: whole for capture in theirs}
    return found


def _shared(session: Session, captures: Sequence[Capture]) -> set[str]:
    """The files that hold, or may hold, rows of ads outside the case."""
    files = {capture.source_sha256 for capture in captures}
    ads = {capture.ad_id for capture in captures}
    others = select(Capture.source_sha256).where(Capture.source_sha256.in_(files), Capture.ad_id.not_in(ads))
    unread = or_(Batch.rows_total.is_(None), Batch.rows_done < Batch.rows_total, Batch.rows_failed > 0)
    unknown = select(Batch.file_sha256).where(Batch.file_sha256.in_(files), unread)
    return {*session.scalars(others.distinct()), *session.scalars(unknown)}


def _rows(session: Session, captures: Sequence[Capture], place: Path) -> dict[int, Member]:
    """The captures' own rows; bytes that do not say what the ad says are left out (UTF-16, a broken table)."""
    name = captures[0].source_file
    rows = row_bytes(place, name, [c.source_row for c in captures if c.source_row is not None])
    found = {}
    for capture in captures:
        row = rows.get(capture.source_row or 0)
        version = session.get_one(AdVersion, capture.version_id)
        if row is not None and _says(row, version.title, version.text):
            member = f"{FOLDER}/{capture.source_sha256}-row-{capture.source_row}{suffix_of(name)}"
            found[capture.id] = Member(member, row)
    return found


def _says(row: bytes, *parts: str) -> bool:
    """Whether the row holds all of the parts that are not empty, one at least, however it escapes them."""
    try:
        said, _ = decode(row)
    except PingzhaoError:
        return False
    written = [_forms(part) for part in parts if part]
    return bool(written) and all(any(form in said for form in forms) for forms in written)


def _forms(part: str) -> set[str]:
    return {part, part.replace('"', '""'), *(json.dumps(part, ensure_ascii=a)[1:-1] for a in (True, False))}
