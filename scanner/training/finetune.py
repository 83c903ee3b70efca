"""Fine-tune an encoder on labelled clauses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from datasets import Dataset
from transformers import AutoTokenizer, Trainer, TrainingArguments, set_seed

from scanner.classifier.labels import CLAUSE_LABELS, LAWFUL_MENTION, OUTSIDE, TAGS, tag_of
from scanner.classifier.windows import MAX_TOKENS
from scanner.training.checkpoints import last_checkpoint
from scanner.training.clauses import LabelledClause
from scanner.training.tagger import ClauseTagger

_IGNORED = -100


@dataclass(frozen=True, slots=True)
class FinetuneSettings:
    """Length of the run; the defaults made the shipped model."""

    epochs: float = 3.0
    batch: int = 64
    learning_rate: float = 5e-4
    seed: int = 20260101


def finetune(
    clauses: Sequence[LabelledClause], encoder: str, output: Path, settings: FinetuneSettings | None = None
) -> ClauseTagger:
    """Train on `clauses` from `encoder` (hub name or folder) as `train_tagger` does."""
    chosen = settings or FinetuneSettings()
    set_seed(chosen.seed)
    tokenizer = AutoTokenizer.from_pretrained(encoder)
    tagger = ClauseTagger.start(encoder, tags=len(TAGS), labels=len(CLAUSE_LABELS))
    return train_tagger(tagger, encode(clauses, tokenizer), tokenizer, output, chosen)


def train_tagger(
    tagger: ClauseTagger, rows: Dataset, tokenizer: Any, output: Path, settings: FinetuneSettings
) -> ClauseTagger:
    """Train `tagger` on rows of input_ids, attention_mask, labels and clause_labels; it is left in `output`.

    An interrupted run goes on from its last checkpoint.
    """
    checkpoints = output / "checkpoints"
    trainer = Trainer(
        model=tagger,
        args=_arguments(checkpoints, settings),
        train_dataset=rows,
        data_collator=Padding(tokenizer.pad_token_id),
    )
    trainer.train(resume_from_checkpoint=last_checkpoint(checkpoints))
    tokenizer.save_pretrained(output)
    tagger.save(output)
    return tagger.eval()


def encode(clauses: Sequence[LabelledClause], tokenizer: Any) -> Dataset:
    """Rows of input_ids, attention_mask, labels (a tag for each token) and clause_labels (0 or 1 each)."""
    return encode_rows(
        [clause.text for clause in clauses],
        lambda row, start, end: _tag(clauses[row], start, end),
        [clause_labels(clause) for clause in clauses],
        tokenizer,
    )


def encode_rows(
    texts: Sequence[str],
    tag: Callable[[int, int, int], int],
    labels: Sequence[Sequence[float]],
    tokenizer: Any,
) -> Dataset:
    """Rows as `encode` makes them; `tag(row, start, end)` is the tag of a token by its place in its text."""
    read = tokenizer(
        texts,
        truncation=True,
        max_length=MAX_TOKENS,
        return_offsets_mapping=True,
        return_special_tokens_mask=True,
    )
    tags = [
        [_IGNORED if special else tag(row, *offsets) for offsets, special in zip(*tokens, strict=True)]
        for row, tokens in enumerate(zip(read["offset_mapping"], read["special_tokens_mask"], strict=True))
    ]
    return Dataset.from_dict(
        {
            "input_ids": read["input_ids"],
            "attention_mask": read["attention_mask"],
            "labels": tags,
            "clause_labels": labels,
        }
    )


def clause_labels(clause: LabelledClause) -> list[float]:
    """1.0 for each category violated, and for `lawful_mention`, in the order of CLAUSE_LABELS."""
    true = {span.category.value for span in clause.spans}
    if clause.lawful:
        true.add(LAWFUL_MENTION)
    return [float(label in true) for label in CLAUSE_LABELS]


def _tag(clause: LabelledClause, start: int, end: int) -> int:
    for span in clause.spans:
        if span.start < end and start < span.end:
            return tag_of(span.category, span.direction, begins=start <= span.start)
    return OUTSIDE


class Padding:
    """Pads a batch to its longest row."""

    def __init__(self, pad_id: int) -> None:
        self._fill = {"input_ids": pad_id, "attention_mask": 0, "labels": _IGNORED}

    def __call__(self, rows: list[dict[str, Any]]) -> dict[str, torch.Tensor]:
        """Rows → tensors."""
        longest = max(len(row["input_ids"]) for row in rows)
        batch = {
            name: torch.tensor([row[name] + [fill] * (longest - len(row[name])) for row in rows])
            for name, fill in self._fill.items()
        }
        batch["clause_labels"] = torch.tensor([row["clause_labels"] for row in rows])
        return batch


def _arguments(folder: Path, settings: FinetuneSettings) -> TrainingArguments:
    return TrainingArguments(
        output_dir=str(folder),
        num_train_epochs=settings.epochs,
        per_device_train_batch_size=settings.batch,
        learning_rate=settings.learning_rate,
        train_sampling_strategy="group_by_length",
        warmup_steps=0.1,
        lr_scheduler_type="linear",
        weight_decay=0.01,
        logging_steps=50,
        save_strategy="epoch",
        save_total_limit=1,
        seed=settings.seed,
        report_to="none",
        remove_unused_columns=False,
        dataloader_pin_memory=False,
    )
