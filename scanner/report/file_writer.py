"""What the writers of files share: the file is opened on entry and kept or dropped on leaving."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from scanner.report.output import whole_file


class FileWriter:
    """Base of the report files. `_out` takes bytes; what `_begin` puts on the stack is closed at the end."""

    _out: BinaryIO

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            self._out = stack.enter_context(whole_file(self._path))
            self._begin(stack)
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.__exit__(kind, error, trace)

    def _begin(self, stack: ExitStack) -> None:
        """Write what stands at the start."""
