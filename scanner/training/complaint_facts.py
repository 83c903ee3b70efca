"""Fit the conditional random field that finds the facts of a report (`scanner.complaint.facts`)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from scanner.complaint.facts import FILE, OUTSIDE, features, tag_of
from scanner.complaint.understanding import Fact
from scanner.text.normalise import normalise
from scanner.training.narratives import Narrative

_SETTINGS = {"c1": 0.1, "c2": 0.05, "max_iterations": 100, "feature.possible_transitions": True}
"""c1 keeps the model small: a feature that tells little has no weight."""


def fit_facts(narratives: Sequence[Narrative], folder: Path) -> None:
    """Leave the model in `folder`."""
    import pycrfsuite

    trainer = pycrfsuite.Trainer(verbose=False)
    for narrative in narratives:
        text, tags = _tagged(narrative)
        trainer.append(features(text), tags)
    trainer.set_params(_SETTINGS)
    trainer.train(str(folder / FILE))


def _tagged(narrative: Narrative) -> tuple[str, list[str]]:
    copy = normalise(narrative.text)
    starts = [copy.to_original(at, at + 1)[0] for at in range(len(copy.text))]
    tags = [OUTSIDE] * len(starts)
    for marked in narrative.marked:
        if isinstance(marked.mark, Fact):
            places = [at for at, start in enumerate(starts) if marked.start <= start < marked.end]
            for number, at in enumerate(places):
                tags[at] = tag_of(marked.mark, begins=number == 0)
    return copy.text, tags
