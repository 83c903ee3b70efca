"""Stylesheets and scripts, kept by browsers for as long as they do not change."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

FOLDER = Path(__file__).parent / "static"
MOUNT = "/static/{version}"
"""The version is part of the path, so that a module and what it imports are always of one version."""


@cache
def version() -> str:
    """A digest of all files, made once per process."""
    digest = hashlib.sha256()
    for path in sorted(FOLDER.rglob("*")):
        if path.is_file():
            digest.update(f"{path.relative_to(FOLDER).as_posix()}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def static(path: str) -> str:
    """The address of a file: `static("css/base.css")`."""
    return f"/static/{version()}/{path}"


class KeptFiles(StaticFiles):
    """Says that what was found never changes."""

    def __init__(self) -> None:
        super().__init__(directory=FOLDER)

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, or starlette's HTTPException 404, 405."""
        answer = await super().get_response(path, scope)
        answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return answer
