"""Masked-language pre-training of a small character encoder on unlabelled ads."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scanner.classifier.windows import MAX_TOKENS
from scanner.training.checkpoints import last_checkpoint
from scanner.training.corpus import distinct_windows, shuffled
from scanner.training.vocabulary import character_tokenizer


@dataclass(frozen=True, slots=True)
class PretrainSettings:
    """Size of the encoder and length of the run; the defaults made the shipped model."""

    layers: int = 3
    hidden: int = 192
    heads: int = 6
    vocabulary: int = 9000
    start: Path | None = None
    """An encoder of an earlier run to go on from; its size stays, its vocabulary grows."""
    limit: int | None = None
    """Windows to train on; None takes all."""
    epochs: float = 1.0
    batch: int = 128
    learning_rate: float = 1e-3
    masked: float = 0.2
    seed: int = 20260101


def pretrain(corpus: Path, output: Path, settings: PretrainSettings | None = None) -> None:
    """Train on `corpus` and leave encoder and tokenizer in `output`; an interrupted run goes on there.

    Needs the extra `train`. Raises PingzhaoError for a corpus that cannot be read.
    """
    from datasets import Dataset
    from transformers import DataCollatorForLanguageModeling, Trainer, set_seed

    chosen = settings or PretrainSettings()
    set_seed(chosen.seed)
    texts = shuffled(distinct_windows(corpus), chosen.limit, chosen.seed)
    tokenizer = character_tokenizer(texts, chosen.vocabulary, _characters(chosen.start))
    tokenizer.save_pretrained(output)
    rows = Dataset.from_dict({"text": texts}).map(
        lambda batch: tokenizer(batch["text"], truncation=True, max_length=MAX_TOKENS),
        batched=True,
        remove_columns=["text"],
    )
    trainer = Trainer(
        model=_grown(chosen.start, len(tokenizer)) if chosen.start else _encoder(chosen, len(tokenizer)),
        args=_arguments(output / "checkpoints", chosen),
        train_dataset=rows,
        data_collator=DataCollatorForLanguageModeling(tokenizer, mlm_probability=chosen.masked),
    )
    trainer.train(resume_from_checkpoint=last_checkpoint(output / "checkpoints"))
    trainer.save_model(str(output))


def _characters(encoder: Path | None) -> list[str]:
    """The characters that an encoder knows, in the order of their numbers."""
    from transformers import AutoTokenizer

    if encoder is None:
        return []
    ids = AutoTokenizer.from_pretrained(encoder).get_vocab()
    return sorted(ids, key=ids.__getitem__)


def _grown(encoder: Path, vocabulary: int) -> Any:
    from transformers import AutoModelForMaskedLM

    model = AutoModelForMaskedLM.from_pretrained(encoder)
    model.resize_token_embeddings(vocabulary)
    return model


def _encoder(settings: PretrainSettings, vocabulary: int) -> Any:
    from transformers import ModernBertConfig, ModernBertForMaskedLM

    size: dict[str, Any] = {"global_attn_every_n_layers": 1}  # short windows: attend to all of them
    return ModernBertForMaskedLM(
        ModernBertConfig(
            **size,
            vocab_size=vocabulary,
            hidden_size=settings.hidden,
            intermediate_size=settings.hidden * 8 // 3,
            num_hidden_layers=settings.layers,
            num_attention_heads=settings.heads,
            max_position_embeddings=MAX_TOKENS,
            sparse_prediction=True,
            pad_token_id=0,
            cls_token_id=2,
            sep_token_id=3,
            bos_token_id=2,
            eos_token_id=3,
        )
    )


def _arguments(folder: Path, settings: PretrainSettings) -> Any:
    from transformers import TrainingArguments

    return TrainingArguments(
        output_dir=str(folder),
        num_train_epochs=settings.epochs,
        per_device_train_batch_size=settings.batch,
        learning_rate=settings.learning_rate,
        warmup_steps=0.03,
        lr_scheduler_type="cosine",
        weight_decay=0.01,
        train_sampling_strategy="group_by_length",
        logging_steps=200,
        save_steps=1000,
        save_total_limit=1,
        seed=settings.seed,
        report_to="none",
    )
