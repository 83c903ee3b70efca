"""What the names of employers end in (`lexicons/complaint/names.yaml`)."""

from __future__ import annotations

from functools import cache

from pydantic import Field

from scanner.lexicon.reading import read_data
from scanner.lexicon.schema import Strict, Text
from scanner.paths import shipped


class NameFile(Strict):
    """lexicons/complaint/names.yaml: endings, grouped by trade."""

    endings: list[list[Text]] = Field(min_length=1)


@cache
def endings() -> tuple[str, ...]:
    """All endings, the longest first. Raises PingzhaoError E301/E302 naming file and cure."""
    file = read_data(shipped("lexicons") / "complaint" / "names.yaml", NameFile)
    return tuple(
        sorted({word for group in file.endings for word in group}, key=lambda word: (-len(word), word))
    )
