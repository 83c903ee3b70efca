"""The file under a report: it appears whole or not at all."""

from __future__ import annotations

import errno
import io
import os
import secrets
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, BinaryIO

from scanner.errors import PingzhaoError, reason

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

STDOUT = Path("-")
"""Stands for standard output, where nothing can be taken back."""


@contextmanager
def refusals(path: Path) -> Iterator[None]:
    """Tell an OSError on the way to `path` as PingzhaoError E201; a reader that went away is no trouble of ours."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise PingzhaoError("E201", path=path, detail=reason(error)) from None


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A buffered stream whose content stands at `path` once the block is left in peace.

    Left by an exception, Ctrl-C included, the block leaves no file, and an older file as it was. Raises
    PingzhaoError E201, while opening, writing or closing. A device or pipe is written to directly.
    """
    if path == STDOUT:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    with refusals(path):
        _check(path)
    direct = path.exists() and not path.is_file()
    target = path if direct else path.resolve()
    place = target if direct else target.with_name(f".pingzhao-{secrets.token_hex(8)}.tmp")
    with refusals(path):
        raw = _Guarded(place, "wb" if direct else "xb", path)
    try:
        stream = io.BufferedWriter(raw, 1 << 16)
        yield stream
        stream.close()
        if not direct:
            with refusals(path):
                place.replace(target)
    except BaseException:
        raw.close()
        if not direct:
            place.unlink(missing_ok=True)
        raise


@contextmanager
def spool(path: Path) -> Iterator[IO[bytes]]:
    """A nameless temporary file for what belongs further down in the report at `path`."""
    with refusals(path):
        stream = TemporaryFile(prefix="pingzhao-")  # noqa: SIM115 - closed below
    with stream:
        yield stream


def copy_spool(spool: IO[bytes], out: BinaryIO) -> None:
    """Append what was written to the temporary file `spool`, in flat memory."""
    spool.seek(0)
    shutil.copyfileobj(spool, out)


def _check(path: Path) -> None:
    """Raise at once what would otherwise come after the last row: a folder, a file open elsewhere."""
    if path.is_dir():
        raise OSError(errno.EISDIR, os.strerror(errno.EISDIR))
    if path.is_file():
        path.open("r+b").close()


class _Guarded(io.FileIO):
    """The raw file; a full disk is told as E201 naming the report, not the temporary file."""

    def __init__(self, place: Path, mode: str, told: Path) -> None:
        self._told = told
        super().__init__(place, mode)

    def write(self, data: ReadableBuffer, /) -> int:
        """As FileIO. Raises PingzhaoError E201."""
        with refusals(self._told):
            return super().write(data)
