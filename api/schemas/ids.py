"""How things are named in paths."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path

ID_PATTERN = "^[0-9a-f]{32}$"
ObjectId = Annotated[str, Path(pattern=ID_PATTERN, description="编号，32 位十六进制")]
"""The key of a row, as it stands in a path."""
