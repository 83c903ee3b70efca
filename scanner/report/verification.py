"""Recompute an evidence pack and name what no longer is as it was made."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from pydantic import BaseModel, ConfigDict, ValidationError

from scanner.errors import PingzhaoError
from scanner.report.evidence import CHUNK, FORMAT, MANIFEST, VERSION, digest, sealed

MAX_MANIFEST = 64 << 20
"""Bytes of a manifest that are read; a larger one is no manifest of ours."""
_UNREADABLE = (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)
"""What zipfile raises for members that were tampered with."""


class Tampering(StrEnum):
    """What was done to a member."""

    CHANGED = "changed"
    MISSING = "missing"
    ADDED = "added"
    DOUBLED = "doubled"


TAMPERING_NAMES: dict[Tampering, str] = {
    Tampering.CHANGED: "内容被改动",
    Tampering.MISSING: "缺失",
    Tampering.ADDED: "不在清单中，是后来加入的",
    Tampering.DOUBLED: "同名文件不止一个",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """A member of the pack and what was done to it."""

    name: str
    kind: Tampering


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check found. `case` and `digest` are empty where the manifest itself was changed."""

    case: str
    digest: str
    members: int
    problems: tuple[Problem, ...]


class _Entry(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")

    name: str
    size: int
    sha256: str


class _Manifest(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")

    format: str
    version: int
    case: str
    members: list[_Entry]
    digest: str


def verify(path: Path) -> Verdict:
    """Check every member of the pack at `path`, in flat memory.

    Raises PingzhaoError: E110 no such file, E203 no whole zip, E204 a zip but no evidence pack, E205 made by
    a newer version.
    """
    try:
        stream = path.open("rb")
    except OSError:
        raise PingzhaoError("E110", path=path) from None
    with stream:
        try:
            archive = ZipFile(stream)
        except _UNREADABLE:
            raise PingzhaoError("E203", path=path) from None
        with archive:
            return _verdict(archive, path)


def _verdict(archive: ZipFile, path: Path) -> Verdict:
    names = archive.namelist()
    if MANIFEST not in names:
        raise PingzhaoError("E204", path=path)
    doubled = {Problem(name, Tampering.DOUBLED) for name, times in Counter(names).items() if times > 1}
    manifest = _manifest(archive)
    if manifest is None:
        problem = Problem(MANIFEST, Tampering.CHANGED)
        return Verdict("", "", len(names) - 1, tuple(_sorted({problem} | doubled)))
    if manifest.version > VERSION:
        raise PingzhaoError("E205", path=path)
    problems = doubled | _differences(archive, manifest)
    return Verdict(manifest.case, manifest.digest, len(manifest.members), tuple(_sorted(problems)))


def _sorted(problems: set[Problem]) -> list[Problem]:
    return sorted(problems, key=lambda problem: (problem.name != MANIFEST, problem.name, problem.kind))


def _manifest(archive: ZipFile) -> _Manifest | None:
    """The manifest; None if its bytes are not exactly those that its own digest vouches for."""
    try:
        if archive.getinfo(MANIFEST).file_size > MAX_MANIFEST:
            return None
        raw = archive.read(MANIFEST)
        said: Any = json.loads(raw)
        manifest = _Manifest.model_validate(said)
    except (*_UNREADABLE, ValidationError, RecursionError):
        return None
    intact = digest(said) == manifest.digest and sealed(said) == raw and manifest.format == FORMAT
    return manifest if intact else None


def _differences(archive: ZipFile, manifest: _Manifest) -> set[Problem]:
    there = set(archive.namelist()) - {MANIFEST}
    listed = {entry.name: entry for entry in manifest.members}
    problems = {Problem(name, Tampering.ADDED) for name in there - listed.keys()}
    problems |= {Problem(name, Tampering.MISSING) for name in listed.keys() - there}
    for name in there & listed.keys():
        if _sha256(archive, name, listed[name].size) != listed[name].sha256:
            problems.add(Problem(name, Tampering.CHANGED))
    return problems


def _sha256(archive: ZipFile, name: str, size: int) -> str:
    """Of the member's bytes; empty where they cannot be read or are more than `size` (a bomb is not unpacked)."""
    sha = hashlib.sha256()
    try:
        with archive.open(name) as member:
            while size >= 0 and (chunk := member.read(CHUNK)):
                sha.update(chunk)
                size -= len(chunk)
    except _UNREADABLE:
        return ""
    return sha.hexdigest() if size == 0 else ""
