"""Write a file, read it back: what every reader's test needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from scanner.ad import Ad
from scanner.batch.source import ReadOptions, open_source
from scanner.errors import PingzhaoError
from scanner.findings import RowError


@dataclass(frozen=True)
class Outcome:
    """What came out of a file, in order, and what was noted."""

    items: list[Ad | RowError]
    notes: list[str]

    @property
    def ads(self) -> list[Ad]:
        return [item for item in self.items if isinstance(item, Ad)]

    @property
    def texts(self) -> list[str]:
        return [ad.text for ad in self.ads]

    @property
    def errors(self) -> list[tuple[str, int | None]]:
        return [(item.code, item.row) for item in self.items if isinstance(item, RowError)]

    @property
    def messages(self) -> str:
        return "\n".join(item.message for item in self.items if isinstance(item, RowError))


Read = Callable[..., Outcome]
Refused = Callable[..., PingzhaoError]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """`read(name, bytes or text)` writes the file and reads it; with no content it reads what is there."""

    def reading(
        name: str,
        content: bytes | str | None = None,
        *,
        encoding: str | None = None,
        mapping: Mapping[str, str] | None = None,
        max_chars: int = 200_000,
    ) -> Outcome:
        path = tmp_path / name
        if content is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        source = open_source(path, ReadOptions(encoding, mapping or {}, max_chars))
        return Outcome(list(source), source.notes)

    return reading


@pytest.fixture
def refused(read: Read) -> Refused:
    """As `read`, for a file that cannot be read: the error."""

    def refusing(name: str, content: bytes | str | None = None, **options: object) -> PingzhaoError:
        with pytest.raises(PingzhaoError) as caught:
            read(name, content, **options)
        assert name.rpartition("/")[2] in caught.value.message or caught.value.code == "E101"
        return caught.value

    return refusing
