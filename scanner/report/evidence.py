"""The evidence pack: a zip whose manifest binds every member by SHA-256, and the check of one.

The manifest is canonical JSON and carries its own digest, so that any changed byte has one name. Members are
stored uncompressed with one fixed time: the same content always makes the same file.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_STORED, ZipFile, ZipInfo

MANIFEST = "manifest.json"
FORMAT = "pingzhao-evidence"
VERSION = 1
CHUNK = 1 << 20
"""Bytes read at once."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
_READABLE_FILE = 0o100644 << 16

Content = bytes | Path


@dataclass(frozen=True, slots=True)
class Member:
    """A file in the pack: ASCII name with `/` between folders, and its bytes or where they lie."""

    name: str
    content: Content


def pack(case: str, members: Iterable[Member], out: IO[bytes]) -> str:
    """Write the pack of `case` to `out`; gives the manifest's digest, by which the pack is known.

    Members are sorted by name; two of one name: ValueError.
    """
    ordered = sorted(members, key=lambda member: member.name)
    if len({member.name for member in ordered} | {MANIFEST}) != len(ordered) + 1:
        raise ValueError("two members of one name")
    with ZipFile(out, "w", ZIP_STORED) as archive:
        listed = [{"name": member.name, **_copy(archive, member)} for member in ordered]
        manifest = {"format": FORMAT, "version": VERSION, "case": case, "members": listed}
        archive.writestr(_info(MANIFEST), sealed(manifest))
    return digest(manifest)


def digest(manifest: dict[str, Any]) -> str:
    """SHA-256 of the manifest without its own digest, 64 hexadecimal digits."""
    return hashlib.sha256(_canonical({k: v for k, v in manifest.items() if k != "digest"})).hexdigest()


def sealed(manifest: dict[str, Any]) -> bytes:
    """The manifest with its digest, as the bytes that stand in the pack."""
    return _canonical({**manifest, "digest": digest(manifest)})


def _canonical(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _info(name: str) -> ZipInfo:
    info = ZipInfo(name, _EPOCH)
    info.create_system, info.external_attr = 3, _READABLE_FILE
    return info


def _copy(archive: ZipFile, member: Member) -> dict[str, Any]:
    """Write one member; gives its size and SHA-256, taken of the very bytes written."""
    if isinstance(member.content, bytes):
        archive.writestr(_info(member.name), member.content)
        return {"size": len(member.content), "sha256": hashlib.sha256(member.content).hexdigest()}
    sha, size = hashlib.sha256(), 0
    info = _info(member.name)
    info.file_size = member.content.stat().st_size
    with member.content.open("rb") as source, archive.open(info, "w") as target:
        while chunk := source.read(CHUNK):
            sha.update(chunk)
            size += target.write(chunk)
    return {"size": size, "sha256": sha.hexdigest()}
