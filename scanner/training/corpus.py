"""Unlabelled text for pre-training: the distinct windows of any ads the readers can read."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterable, Iterator
from pathlib import Path

from scanner.ad import Ad
from scanner.batch.source import open_source
from scanner.classifier.windows import SHORTEST, windows
from scanner.text.normalise import normalise


def kept_back(ad: Ad) -> bool:
    """Whether the ad is one of the sixteenth on which false findings are counted, and so is not trained on."""
    return hashlib.sha256(ad.text.encode("utf-8", "surrogatepass")).digest()[0] % 16 == 0


def distinct_windows(corpus: Path) -> Iterator[str]:
    """Every window of title and text of the ads in `corpus` (a file or folder), normalised, once.

    Ads that are kept back are left out.
    """
    seen: set[int] = set()
    for item in open_source(corpus):
        if not isinstance(item, Ad) or kept_back(item):
            continue
        for part in (item.title, item.text):
            plain = normalise(part).text
            for window in windows(plain):
                words = plain[window.start : window.end]
                if len(words) >= SHORTEST and (key := hash(words)) not in seen:
                    seen.add(key)
                    yield words


def shuffled(windows: Iterable[str], limit: int | None, seed: int) -> list[str]:
    """`windows` in an order that depends on `seed` only, the first `limit` of them."""
    found = list(windows)
    random.Random(seed).shuffle(found)
    return found[:limit]
