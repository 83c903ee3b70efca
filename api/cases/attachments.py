"""Files that people add to a case: what kinds are taken, and where their bytes go."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import IO

from sqlalchemy.orm import Session

from api.audit.record import record
from api.auth.principal import Principal
from api.cases.workflow import add_event, check_open
from api.errors import ApiError
from api.store.blobs import Blobs
from api.store.cases import Attachment, Case
from scanner.report.plain import clean, one_line

MAX_NAME = 120
_ZIP = (b"PK\x03\x04",)
_OFFICE = "application/vnd.openxmlformats-officedocument."
KINDS: dict[str, tuple[str, tuple[bytes, ...]]] = {
    ".pdf": ("application/pdf", (b"%PDF-",)),
    ".png": ("image/png", (b"\x89PNG\r\n\x1a\n",)),
    ".jpg": ("image/jpeg", (b"\xff\xd8\xff",)),
    ".jpeg": ("image/jpeg", (b"\xff\xd8\xff",)),
    ".docx": (f"{_OFFICE}wordprocessingml.document", _ZIP),
    ".xlsx": (f"{_OFFICE}spreadsheetml.sheet", _ZIP),
    ".zip": ("application/zip", _ZIP),
    ".mp4": ("video/mp4", (b"ftyp",)),
    ".txt": ("text/plain", ()),
}
"""Suffix → media type and how the bytes begin (mp4: after four bytes of length); text holds no NUL."""
_LENGTH_FIRST = {".mp4": 4}
_FORBIDDEN = re.compile(r'[\\/:*?"<>|]')
_HEAD = 4096


def attach(
    session: Session, blobs: Blobs, who: Principal, case: Case, name: str, stream: IO[bytes], limit: int
) -> Attachment:
    """Keep a file with a case.

    Raises ApiError E602 (more than `limit` bytes), E664 (case closed), E666 (a kind that is not taken, or
    content that is not what the suffix says).
    """
    check_open(case)
    told = safe_name(name)
    media_type = _checked(told, stream)
    stored = blobs.put(stream, limit)
    made = Attachment(
        case_id=case.id,
        added_by=who.user_id,
        file_name=told,
        media_type=media_type,
        sha256=stored.sha256,
        size=stored.size,
    )
    session.add(made)
    session.flush()
    details = {"attachment_id": made.id, "sha256": made.sha256, "size": made.size}
    add_event(session, who, case, "attachment", details=details | {"file_name": told})
    record(session, who, "case.attach", "case", case.id, after=details)
    return made


def safe_name(name: str) -> str:
    """The last part of `name`, on one line, without what file systems refuse, at most MAX_NAME characters."""
    last = re.split(r"[\\/]", name)[-1]
    told = _FORBIDDEN.sub("_", clean(one_line(last))).strip(" .") or "附件"
    suffix = PurePosixPath(told).suffix[:10]
    return told if len(told) <= MAX_NAME else told[: MAX_NAME - len(suffix)] + suffix


def _checked(name: str, stream: IO[bytes]) -> str:
    """The media type; leaves the stream at its start."""
    suffix = PurePosixPath(name).suffix.lower()
    head = stream.read(_HEAD)
    stream.seek(0)
    if suffix in KINDS:
        media_type, starts = KINDS[suffix]
        body = head[_LENGTH_FIRST.get(suffix, 0) :]
        if body.startswith(starts) if starts else head and b"\x00" not in head:
            return media_type
    raise ApiError("E666", name=name, known="、".join(kind[1:] for kind in KINDS))
