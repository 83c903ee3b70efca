"""Text as either database can hold it: PostgreSQL refuses NUL, and neither takes a lone surrogate."""

from __future__ import annotations

import re
from dataclasses import replace

from scanner.ad import Ad

_UNFIT = re.compile("[\x00\ud800-\udfff]")


def storable_text(text: str) -> str:
    """`text` with each such character as U+FFFD: offsets stay what they were, in code points and UTF-16."""
    return text if text.isascii() and "\x00" not in text else _UNFIT.sub("\ufffd", text)


def storable(ad: Ad) -> Ad:
    """The ad as it can be kept. Do this before the scan, so that findings quote what is stored."""
    return replace(
        ad,
        text=storable_text(ad.text),
        title=storable_text(ad.title),
        id=storable_text(ad.id),
        fields={storable_text(name): storable_text(value) for name, value in ad.fields.items()},
        employer=storable_text(ad.employer),
        publisher=storable_text(ad.publisher),
        url=storable_text(ad.url),
        source=storable_text(ad.source),
    )
