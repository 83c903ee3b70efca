"""What a user calls the file that comes in: text to show, never a path to open."""

from __future__ import annotations

from pathlib import PurePosixPath

from api.intake.storable import storable_text
from scanner.batch.source import READERS, suffix_of
from scanner.errors import PingzhaoError
from scanner.report.plain import clean, one_line

_LONGEST = 200


def shown_name(name: str) -> str:
    """The last part of a file's name, on one line, cut in the middle where it is too long.

    Raises PingzhaoError E107 where it tells no type that the readers take.
    """
    last = PurePosixPath(name.replace("\\", "/")).name
    plain = one_line(clean(storable_text(last))).strip()
    suffix = suffix_of(plain)
    if suffix not in READERS:
        raise PingzhaoError("E107", path=plain[-_LONGEST:])
    return plain if len(plain) <= _LONGEST else plain[: _LONGEST - len(suffix)] + suffix
