"""From narratives to the complaint model in `models/complaint`: a third sets the thresholds, then the final fit."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from transformers import AutoTokenizer, set_seed

from scanner.complaint.labels import LABELS, TAGS
from scanner.complaint.model import ComplaintModel
from scanner.training.clauses import LabelledClause
from scanner.training.complaint_facts import fit_facts
from scanner.training.complaint_rows import LabelledPassage, encode, of_clause, of_narrative
from scanner.training.complaint_worth import judge_narratives, thresholds
from scanner.training.export import export, seal
from scanner.training.finetune import FinetuneSettings, train_tagger
from scanner.training.linear import fit_labels, pruned
from scanner.training.narratives import Narrative
from scanner.training.tagger import ClauseTagger

NAME = "pingzhao-complaint-3x192"
EPOCHS = 5.0
"""Of a complete run."""
_STRENGTH = 1.0
"""C of the quick reader's regression."""
_KEPT = 30_000
"""Weights of each of its labels; with all of them the file would be five times as large."""
WHOLE = 60
"""Characters from which a narrative is a whole story; shorter ones teach, but do not judge."""


def fit_complaint(
    narratives: Sequence[Narrative],
    clauses: Sequence[LabelledClause],
    encoder: str,
    work: Path,
    settings: FinetuneSettings,
) -> None:
    """Train on all of it into `work/complaint`, and into `work/complaint-judged` on all but the narratives held out.

    An interrupted run goes on in `work`.
    """
    seen = [narrative for narrative in narratives if not held_out(narrative)]
    _train(seen, clauses, encoder, work / "complaint-judged", settings)
    _train(narratives, clauses, encoder, work / "complaint", settings)


def ship_complaint(narratives: Sequence[Narrative], work: Path, output: Path) -> None:
    """Copy what `fit_complaint` left in `work` to `output`, with thresholds told by the stories held out."""
    unseen = [n for n in narratives if held_out(n) and len(n.text) >= WHOLE]
    judged = work / "complaint-judged" / "onnx"
    seal(judged, {"name": judged.parent.name})
    told = thresholds(judge_narratives(ComplaintModel.load(judged), unseen), unseen)
    shutil.copytree(work / "complaint" / "onnx", output, dirs_exist_ok=True)
    seal(output, {"name": NAME, **told})


def held_out(narrative: Narrative) -> bool:
    """Whether the narrative belongs to the third by which scores are judged."""
    return int(hashlib.sha256(narrative.id.encode()).hexdigest(), 16) % 3 == 0


def _train(
    narratives: Sequence[Narrative],
    clauses: Sequence[LabelledClause],
    encoder: str,
    place: Path,
    settings: FinetuneSettings,
) -> None:
    """A network in `place / "onnx"`."""
    set_seed(settings.seed)
    rows = _rows(narratives, clauses)
    tokenizer = AutoTokenizer.from_pretrained(encoder)
    tagger = ClauseTagger.start(encoder, tags=TAGS, labels=len(LABELS))
    train_tagger(tagger, encode(rows, tokenizer), tokenizer, place, settings)
    export(place, place / "onnx", [row.text for row in rows])
    labels = np.array([[label in row.labels for label in LABELS] for row in rows])
    quick = fit_labels([row.text for row in rows], labels, _STRENGTH)
    pruned(quick, _KEPT).save(place / "onnx" / "linear.npz")
    fit_facts(narratives, place / "onnx")


def _rows(narratives: Sequence[Narrative], clauses: Sequence[LabelledClause]) -> list[LabelledPassage]:
    told = [row for narrative in narratives for row in of_narrative(narrative)]
    return told + [of_clause(clause) for clause in clauses]
