"""Open what the user names, a file or a folder of files, and read it as one stream of ads."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from scanner.ad import Ad
from scanner.batch.documents import read_json
from scanner.batch.html import read_html
from scanner.batch.jsonl import read_jsonl
from scanner.batch.layout import Taken
from scanner.batch.reading import Reading, ReadOptions
from scanner.batch.sheets import read_workbook
from scanner.batch.tables import read_table
from scanner.batch.text import read_text
from scanner.errors import PingzhaoError
from scanner.findings import RowError

__all__ = ["ReadOptions", "Source", "open_source"]

READERS: dict[str, Callable[[Reading], Iterator[Ad | RowError]]] = {
    ".csv": read_table,
    ".tsv": read_table,
    ".xlsx": read_workbook,
    ".xlsm": read_workbook,
    ".xls": read_workbook,
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
    ".json": read_json,
    ".txt": read_text,
    ".html": read_html,
    ".htm": read_html,
}
_SKIPPED_STARTS = (".", "~$")


class Source:
    """The ads of a file or folder, in order; iterate once.

    `size` is bytes over all files. `notes` fills while reading: encodings, columns mapped, files left out; so
    does `taken`, which tells the same of the tables met.
    Iterating raises PingzhaoError (E101, E102, E106, E108, E113, E114) when a single file cannot be read;
    in a folder such a file becomes one RowError.
    """

    def __init__(self, path: Path, files: list[Path], options: ReadOptions, name: str = "") -> None:
        self.path = path
        self._name = name or path.name
        self.notes: list[str] = []
        self.taken = Taken()
        self._files = files
        self._options = options
        self._sizes = [file.stat().st_size for file in files]
        self.size = sum(self._sizes)
        self._done = 0
        self._stream: BinaryIO | None = None

    @property
    def position(self) -> int:
        """Bytes read so far, for a progress bar."""
        here = self._stream.tell() if self._stream is not None and not self._stream.closed else 0
        return self._done + here

    def __iter__(self) -> Generator[Ad | RowError, None, None]:
        for file, size in zip(self._files, self._sizes, strict=True):
            if self.path.is_dir():
                yield from self._one_of_many(file)
            else:
                yield from self._read(file, self._name, "")
            self._stream = None
            self._done += size

    def _one_of_many(self, file: Path) -> Iterator[Ad | RowError]:
        name = file.relative_to(self.path).as_posix()
        try:
            yield from self._read(file, name, f"{name}:")
        except PingzhaoError as error:
            yield RowError(name, error.code, error.message, None, name)

    def _read(self, file: Path, name: str, prefix: str) -> Iterator[Ad | RowError]:
        try:
            stream = file.open("rb")
        except OSError:
            raise PingzhaoError("E110", path=name) from None
        with stream:
            self._stream = stream
            if not stream.peek(1):
                raise PingzhaoError("E102", path=name)
            reading = Reading(file, name, stream, self._options, self.notes, prefix, self.taken)
            yield from READERS[suffix_of(name)](reading)


def suffix_of(name: str) -> str:
    """The suffix by which a file's name tells its type, in lower case; "" if it has none."""
    return PurePosixPath(name).suffix.lower()


def open_source(path: Path, options: ReadOptions | None = None, *, name: str = "") -> Source:
    """The ads in `path`, a supported file or a folder of them, read recursively and sorted by path.

    `name` is what a single file is called where that is not its name on disk; it tells the type.
    Raises PingzhaoError E110 (missing), E107 (type not supported) or E102 (nothing in it).
    """
    if not path.exists():
        raise PingzhaoError("E110", path=path)
    if path.is_dir():
        return _open_folder(path, options or ReadOptions())
    name = name or path.name
    if suffix_of(name) not in READERS:
        raise PingzhaoError("E107", path=name)
    if path.stat().st_size == 0:
        raise PingzhaoError("E102", path=name)
    return Source(path, [path], options or ReadOptions(), name)


def _open_folder(path: Path, options: ReadOptions) -> Source:
    parts = [(file.relative_to(path).parts, file) for file in path.rglob("*") if file.is_file()]
    seen = [
        file for names, file in sorted(parts) if not any(name.startswith(_SKIPPED_STARTS) for name in names)
    ]
    files = [file for file in seen if file.suffix.lower() in READERS]
    if not files:
        raise PingzhaoError("E102", path=path)
    source = Source(path, files, options)
    left_out = [file.relative_to(path).as_posix() for file in seen if file not in set(files)]
    if left_out:
        source.notes.append(f"未读取（类型不支持）：{'、'.join(left_out)}")
    return source
