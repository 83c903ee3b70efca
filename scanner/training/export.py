"""Export a tagger for ONNX Runtime: int8, checksummed, ready for `models/`."""

from __future__ import annotations

import hashlib
import json
import random
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from onnxruntime.quantization import CalibrationDataReader, QuantType, quantize_static
from onnxruntime.quantization.shape_inference import quant_pre_process
from transformers import AutoTokenizer

from scanner.classifier.network import rows
from scanner.classifier.windows import MAX_TOKENS
from scanner.training.tagger import ClauseTagger

_FILES = ("model.onnx", "linear.npz", "tokenizer.json", "facts.crfsuite")
"""What a model may be made of."""
_TOLD_BY = 1600
"""Texts that tell the ranges of the activations."""


class _Logits(torch.nn.Module):
    """The tagger with plain outputs."""

    def __init__(self, tagger: ClauseTagger) -> None:
        super().__init__()
        self.tagger = tagger

    def forward(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        return self.tagger.logits(input_ids, attention_mask)


def export(tagger: Path, output: Path, texts: Sequence[str]) -> None:
    """Write `model.onnx` (int8) and `tokenizer.json` into `output`.

    `texts` tell the ranges of the activations. They are fixed at export, so that what the model says of a
    window does not depend on the windows that are read with it.
    """
    output.mkdir(parents=True, exist_ok=True)
    tokenizer = AutoTokenizer.from_pretrained(tagger).backend_tokenizer
    tokenizer.save(str(output / "tokenizer.json"))
    with tempfile.TemporaryDirectory() as scratch:
        exact, plain = Path(scratch) / "exact.onnx", Path(scratch) / "plain.onnx"
        _to_onnx(ClauseTagger.load(tagger), exact)
        quant_pre_process(exact, plain, skip_symbolic_shape=True)
        quantize_static(
            plain,
            output / "model.onnx",
            _Batches(tokenizer, texts),
            op_types_to_quantize=["MatMul", "Gemm", "Gather"],
            per_channel=True,
            activation_type=QuantType.QUInt8,
        )


class _Batches(CalibrationDataReader):  # type: ignore[misc]
    """The batches that the ranges are told by: each text once, at most _TOLD_BY of them."""

    def __init__(self, tokenizer: Any, texts: Sequence[str]) -> None:
        tokenizer.enable_padding(pad_id=tokenizer.token_to_id("[PAD]"))
        tokenizer.enable_truncation(MAX_TOKENS)
        drawn = random.Random(0).sample(texts, min(_TOLD_BY, len(texts)))
        self._rows = iter(
            rows(tokenizer.encode_batch(drawn[at : at + 16])) for at in range(0, len(drawn), 16)
        )

    def get_next(self) -> dict[str, Any] | None:
        """The next batch, None after the last."""
        return next(self._rows, None)


def seal(folder: Path, config: dict[str, object]) -> None:
    """Write `config.json`: what the model needs at run time, and the SHA-256 of its files."""
    files = {name: _sha256(folder / name) for name in _FILES if (folder / name).exists()}
    content = json.dumps(config | {"sha256": files}, ensure_ascii=False, indent=2)
    (folder / "config.json").write_text(content + "\n", "utf-8")


def _sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _to_onnx(tagger: ClauseTagger, file: Path) -> None:
    rows = torch.ones((2, 16), dtype=torch.int64)
    mask = rows.clone()
    mask[1, 10:] = 0  # with no padding in sight the trace would leave the mask out
    sizes = {0: torch.export.Dim("batch"), 1: torch.export.Dim("tokens", max=512)}
    torch.onnx.export(
        _Logits(tagger).eval(),
        (rows, mask),
        str(file),
        input_names=["input_ids", "attention_mask"],
        output_names=["tags", "clause"],
        dynamic_shapes=(sizes, sizes),
        dynamo=True,
        external_data=False,
    )
