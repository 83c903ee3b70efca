"""Files under their SHA-256: uploads and attachments, each content once."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from api.errors import ApiError

CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Stored:
    """A file that lies in the folder; `size` in bytes."""

    sha256: str
    size: int


class Incoming:
    """A file on its way in, fed piece by piece; it is in the folder once `keep()` was called."""

    def __init__(self, folder: Path, place: Path, stream: IO[bytes], limit: int) -> None:
        self._folder, self._place, self._stream, self._limit = folder, place, stream, limit
        self._sha, self._size = hashlib.sha256(), 0

    def write(self, data: bytes) -> None:
        """Take the next bytes. Raises ApiError E602 once there are more than allowed."""
        self._size += len(data)
        if self._size > self._limit:
            raise ApiError("E602", limit=self._limit)
        self._sha.update(data)
        self._stream.write(data)

    def keep(self) -> Stored:
        """Put the file under its name; the same content again changes nothing."""
        self._stream.close()
        stored = Stored(self._sha.hexdigest(), self._size)
        target = _place(self._folder, stored.sha256)
        target.parent.mkdir(exist_ok=True)
        self._place.replace(target)
        return stored


class Blobs:
    """A folder of files: `ab/ab12…`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @contextmanager
    def incoming(self, limit: int) -> Iterator[Incoming]:
        """A file to fill, of at most `limit` bytes; nothing is left of it unless it is kept."""
        self.folder.mkdir(parents=True, exist_ok=True)
        place = self.folder / f".{secrets.token_hex(16)}.tmp"
        try:
            with place.open("xb") as stream:
                yield Incoming(self.folder, place, stream, limit)
        finally:
            place.unlink(missing_ok=True)

    def put(self, stream: IO[bytes], limit: int) -> Stored:
        """Keep what `stream` gives. Raises ApiError E602 where it is more than `limit` bytes."""
        with self.incoming(limit) as file:
            while data := stream.read(CHUNK):
                file.write(data)
            return file.keep()

    def path(self, sha256: str) -> Path | None:
        """Where the file lies; None if it is not, or no longer, there."""
        place = _place(self.folder, sha256)
        return place if sha256 and place.is_file() else None

    def older_than(self, before: datetime) -> Iterator[str]:
        """Names of the files that were last put before then."""
        for place in self.folder.glob("??/*"):
            if place.stat().st_mtime < before.timestamp():
                yield place.name

    def delete(self, sha256: str) -> None:
        """Remove the file if it is there."""
        _place(self.folder, sha256).unlink(missing_ok=True)


def _place(folder: Path, sha256: str) -> Path:
    return folder / sha256[:2] / sha256
