"""What is still flagged under disguise, of what a system flags undisguised."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from scanner.ad import Ad
from scanner.training.evaluation import OVERLAP, GoldAd, Labelled
from scanner.training.obfuscate import KINDS, disguise
from scanner.training.systems import System


def still_flagged(system: System, gold: Sequence[GoldAd]) -> dict[str, list[bool]]:
    """Kind of disguise → for each flagged ad that it changes, whether it is flagged as before.

    Flagged means that a marked span of the right category is found where it lies.
    """
    flagged = _caught(system, [item for item in gold if any(not s.unsure for s in item.spans)])
    kept: dict[str, list[bool]] = {}
    for kind in KINDS:
        variants = [changed for item in flagged if (changed := disguised(item, kind))]
        caught = {id(item) for item in _caught(system, variants)}
        kept[kind] = [id(item) in caught for item in variants]
    return kept


def disguised(item: GoldAd, kind: str) -> GoldAd | None:
    """The ad with all its marked spans disguised; None where that changes nothing."""
    parts = dict(item.ad.parts())
    spans: list[Labelled] = []
    for field, value in item.ad.parts():
        own = [span for span in item.spans if span.field == field]
        changed = disguise(value, [(span.start, span.end) for span in own], kind)
        places = changed.spans if changed else [(span.start, span.end) for span in own]
        parts[field] = changed.text if changed else value
        spans += [replace(s, start=start, end=end) for s, (start, end) in zip(own, places, strict=True)]
    if parts == dict(item.ad.parts()):
        return None
    return GoldAd(_with(item.ad, parts), tuple(spans))


def _with(ad: Ad, parts: dict[str, str]) -> Ad:
    fields = {name: parts.get(f"fields.{name}", value) for name, value in ad.fields.items()}
    return replace(ad, text=parts.get("text", ""), title=parts.get("title", ""), fields=fields)


def _caught(system: System, items: Sequence[GoldAd]) -> list[GoldAd]:
    found = system.find([item.ad for item in items])
    return [item for item, spans in zip(items, found, strict=True) if _is_caught(system, item, spans)]


def _is_caught(system: System, item: GoldAd, found: Sequence[Labelled]) -> bool:
    if not system.words:
        return bool(found)
    sure = [span for span in item.spans if not span.unsure]
    return any(p.category == g.category and p.overlap(g) >= OVERLAP for g in sure for p in found)
