"""Files made for one answer: temporary, sent as downloads, then removed."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from fastapi.responses import FileResponse
from starlette.background import BackgroundTask

DOWNLOAD_ONLY = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cache-Control": "no-store",
}
"""Headers under which a browser neither shows nor runs nor keeps what it gets."""


@contextmanager
def temporary_file(suffix: str) -> Iterator[Path]:
    """An empty file to fill; gone if the block raises, else whoever sends it removes it."""
    handle, name = tempfile.mkstemp(suffix, "pingzhao-")
    os.close(handle)
    try:
        yield Path(name)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def sent(place: Path, name: str, media_type: str, headers: Mapping[str, str] | None = None) -> FileResponse:
    """The answer that sends a temporary file under `name` and then removes it."""
    return FileResponse(
        place,
        media_type=media_type,
        filename=name,
        headers=DOWNLOAD_ONLY | dict(headers or {}),
        background=BackgroundTask(place.unlink, missing_ok=True),
    )
