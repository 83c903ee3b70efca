"""Files that come with a report: the original is sealed before it is stored, what is read in it is masked."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from api.complaints.identity import Vault
from api.complaints.masking import mask
from api.complaints.pictures import picture_of
from api.errors import ApiError
from api.settings import Settings
from api.store.blobs import Blobs
from api.store.complaints import ComplaintMaterial
from scanner import Scanner
from scanner.errors import PingzhaoError
from scanner.text.decode import decode

KINDS: dict[str, re.Pattern[bytes]] = {
    "image/png": re.compile(rb"\x89PNG\r\n\x1a\n"),
    "image/jpeg": re.compile(rb"\xff\xd8\xff"),
    "image/webp": re.compile(rb"RIFF.{4}WEBP", re.DOTALL),
    "application/pdf": re.compile(rb"%PDF-"),
}
"""Media type → how the bytes begin; what is none of these, and text in an encoding that we know, is text."""
KNOWN = "图片（png、jpg、webp）、pdf 或纯文本（txt）"
_TEXT = "text/plain"
_MOST_TEXT = 20_000
"""Characters of a text file that are kept in the clear (masked)."""
_NO_LIMIT = 1 << 40


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Material:
    """A file that was looked at, not stored yet."""

    upload: Upload
    media_type: str
    text: str = ""
    picture: dict[str, Any] = field(default_factory=dict)


def look_at(
    uploads: Sequence[Upload], settings: Settings, scanner: Scanner, name: str, contact: str, *, held: int = 0
) -> list[Material]:
    """What the files are and say, masked with the reporter's name and contact; slow where pictures are read.

    `held`: how many the report has. Raises ApiError E602 (too large), E692 (kind), E693 (too many).
    """
    if held + len(uploads) > settings.max_materials:
        raise ApiError("E693", limit=settings.max_materials)
    kinds = [_media_type(upload, settings.max_material_bytes) for upload in uploads]
    return [
        _material(upload, kind, scanner, name, contact) for upload, kind in zip(uploads, kinds, strict=True)
    ]


def _media_type(upload: Upload, limit: int) -> str:
    if len(upload.data) > limit:
        raise ApiError("E602", limit=limit)
    for media_type, start in KINDS.items():
        if start.match(upload.data):
            return media_type
    if upload.data.strip() and b"\0" not in upload.data:
        return _TEXT
    raise ApiError("E692", known=KNOWN)


def _material(upload: Upload, media_type: str, scanner: Scanner, name: str, contact: str) -> Material:
    if media_type == _TEXT:
        return Material(upload, media_type, mask(_decoded(upload.data)[:_MOST_TEXT], name, contact))
    if media_type.startswith("image/"):
        picture = picture_of(scanner, upload.data, name, contact)
        text = "\n".join(line["text"] for line in picture.get("lines", ()))
        return Material(upload, media_type, text, picture)
    return Material(upload, media_type)


def _decoded(data: bytes) -> str:
    try:
        return decode(data)[0]
    except PingzhaoError:
        raise ApiError("E692", known=KNOWN) from None


def stored(
    blobs: Blobs, vault: Vault, complaint_id: str, materials: Sequence[Material], first: int
) -> list[ComplaintMaterial]:
    """Put the sealed originals into the blob store; the rows to add, numbered from `first`."""
    rows = []
    for number, material in enumerate(materials, first):
        data = material.upload.data
        kept = blobs.put(BytesIO(vault.seal_bytes(data)), _NO_LIMIT)
        rows.append(
            ComplaintMaterial(
                complaint_id=complaint_id,
                number=number,
                media_type=material.media_type,
                sha256=hashlib.sha256(data).hexdigest(),
                size=len(data),
                blob_sha256=kept.sha256,
                sealed_name=vault.seal_bytes(material.upload.name.encode()).decode("ascii"),
                text=material.text,
                picture=material.picture,
            )
        )
    return rows


def original(blobs: Blobs, vault: Vault, material: ComplaintMaterial) -> Upload:
    """The file as it came. Raises ApiError E690, E691 (erased)."""
    place = blobs.path(material.blob_sha256)
    if place is None:
        raise ApiError("E691")
    name = vault.open_bytes(material.sealed_name.encode("ascii")).decode()
    return Upload(name, vault.open_bytes(place.read_bytes()))
