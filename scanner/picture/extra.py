"""The extra `ocr`: what is missing is told with the line that installs it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from scanner.errors import PingzhaoError


@contextmanager
def ocr_extra() -> Iterator[None]:
    """Turn a missing module into PingzhaoError E404."""
    try:
        yield
    except ModuleNotFoundError as error:
        raise PingzhaoError("E404", module=error.name) from None
