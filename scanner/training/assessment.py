"""Everything that models/EVALUATION.md tells, as one record that goes into evaluation.json."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import Any

from scanner.classifier.model import Classifier
from scanner.engine import Scanner
from scanner.training.evaluation import GoldAd
from scanner.training.fit import Sources, gather
from scanner.training.gold import gold_ads
from scanner.training.intervals import RESAMPLES, share
from scanner.training.labelled_sets import NEW, REAL, TITLES, WRITTEN, LabelledSet
from scanner.training.measure import Measured, measure
from scanner.training.plain import plain_ads
from scanner.training.reliability import expected_error, reliability
from scanner.training.robustness import still_flagged
from scanner.training.systems import BOTH, LEXICON, System, all_systems

PLAIN = 3000
"""Ads without any mention of sex, marriage or childbirth that false findings are counted on."""


def assess(
    sets: Sequence[LabelledSet],
    sources: Sources,
    classifier: Classifier,
    command: str,
    tell: Callable[[str], None],
) -> dict[str, Any]:
    """Measure every system on every set; `sources.real` trains the linear baseline, `sources.corpus` is optional."""
    scanner = Scanner.load(model=False)
    tell("训练线性模型")
    labelled = gather(replace(sources, corpus=None))
    systems = all_systems(scanner, classifier, labelled)
    record: dict[str, Any] = {
        "made": _made(scanner, classifier, command, sources.seed),
        "sets": {},
        "errors": {},
    }
    for labelled_set in sets:
        found = {}
        for system in systems:
            tell(f"测量 {TITLES[labelled_set.name]}（{len(labelled_set.ads)} 条）：{system.name}")
            found[system.name] = measure(system, labelled_set.ads, labelled_set.units)
        record["sets"][labelled_set.name] = _figures(labelled_set, found)
        record["errors"][labelled_set.name] = _errors(found[BOTH], texts=labelled_set.name != REAL)
        if labelled_set.name == REAL:
            bins = reliability(found[BOTH].judged())
            record["calibration"] = {"bins": [asdict(b) for b in bins], "error": expected_error(bins)}
    del record["errors"][NEW]
    written = [*gold_ads(sources.gold), *next(s.ads for s in sets if s.name == WRITTEN)]
    record["obfuscation"] = {s.name: _robustness(s, written, tell) for s in systems}
    record["plain"] = _plain(systems, sources, tell) if sources.corpus else None
    return record


def _made(scanner: Scanner, classifier: Classifier, command: str, seed: int) -> dict[str, Any]:
    versions = scanner.versions
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "command": command,
        "scanner": versions.scanner,
        "model": classifier.version,
        "lexicon": versions.lexicon,
        "law": versions.law,
        "seed": seed,
        "resamples": RESAMPLES,
    }


def _figures(labelled: LabelledSet, found: dict[str, Measured]) -> dict[str, Any]:
    units = len(set(labelled.units)) if labelled.units is not None else len(labelled.ads)
    return {
        "ads": len(labelled.ads),
        "units": units,
        "systems": {name: measured.record() for name, measured in found.items()},
        "gain": found[BOTH].gains(found[LEXICON]),
    }


def _errors(measured: Measured, *, texts: bool) -> list[dict[str, Any]]:
    """What the default path gets wrong; the words only where we wrote them ourselves."""
    return [
        {
            "kind": kind,
            "id": ad_id,
            "field": span.field,
            "start": span.start,
            "end": span.end,
            "category": span.category,
            "direction": span.direction,
            **({"words": words} if texts else {}),
        }
        for ad in measured.ads
        for kind, ad_id, span, words in ad.errors
    ]


def _robustness(system: System, gold: Sequence[GoldAd], tell: Callable[[str], None]) -> dict[str, Any]:
    tell(f"改写测试：{system.name}")
    kept = still_flagged(system, gold)
    kept["all"] = [flag for flags in kept.values() for flag in flags]
    return {
        kind: {"count": len(flags), "kept": sum(flags), **asdict(share(flags))}
        for kind, flags in kept.items()
    }


def _plain(systems: Sequence[System], sources: Sources, tell: Callable[[str], None]) -> dict[str, Any]:
    assert sources.corpus is not None
    tell("抽取不含性别婚育用语的广告")
    ads = plain_ads(sources.corpus, PLAIN, sources.seed)
    counts, places = {}, []
    for system in systems:
        tell(f"测量误报（{len(ads)} 条）：{system.name}")
        found = system.find(ads)
        counts[system.name] = sum(map(len, found))
        if system.name == BOTH:
            places = [
                {"id": ad.id, "field": s.field, "start": s.start, "end": s.end, "category": s.category}
                for ad, spans in zip(ads, found, strict=True)
                for s in spans
            ]
    return {"ads": len(ads), "findings": counts, "places": places}
