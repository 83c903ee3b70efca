"""Text as documents can hold it."""

from __future__ import annotations

import re

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_BREAKS = re.compile(r"\s+")


def clean(text: str) -> str:
    """`text` without control characters (XML forbids them, terminals obey them); a lone surrogate is U+FFFD."""
    if text.isascii() and text.isprintable():
        return text
    return _SURROGATE.sub("\ufffd", _CONTROL.sub("", text))


def one_line(text: str) -> str:
    """`text` with every run of blanks and line ends as one space."""
    return _BREAKS.sub(" ", text)
