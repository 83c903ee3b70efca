"""Export a tagger for ONNX Runtime: int8, checksummed, ready for `models/`."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from transformers import AutoTokenizer

from scanner.training.tagger import ClauseTagger


class _Logits(torch.nn.Module):
    """The tagger with plain outputs."""

    def __init__(self, tagger: ClauseTagger) -> None:
        super().__init__()
        self.tagger = tagger

    def forward(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        return self.tagger.logits(input_ids, attention_mask)


def export(tagger: Path, output: Path, *, int8: bool = True) -> None:
    """Write `model.onnx`, `tokenizer.json` and `config.json` with their checksums into `output`."""
    output.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        exact = Path(scratch) / "model.onnx"
        _to_onnx(ClauseTagger.load(tagger), exact)
        if int8:
            quantize_dynamic(exact, output / "model.onnx", weight_type=QuantType.QInt8)
        else:
            shutil.copyfile(exact, output / "model.onnx")
    AutoTokenizer.from_pretrained(tagger).backend_tokenizer.save(str(output / "tokenizer.json"))


def seal(folder: Path, config: dict[str, object]) -> None:
    """Write `config.json`: what the model needs at run time, and the SHA-256 of its files."""
    files = {name: _sha256(folder / name) for name in ("model.onnx", "tokenizer.json")}
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
