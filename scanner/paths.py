"""Where shipped data lies: inside the installed package, or at the root of a checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_SHIPPED = _PACKAGE / "_shipped"


def shipped(name: str) -> Path:
    """The folder `lexicons`, `models` or `samples` that came with this installation."""
    if _SHIPPED.is_dir():
        return _SHIPPED / name
    return _PACKAGE.parent / ("data/samples" if name == "samples" else name)
