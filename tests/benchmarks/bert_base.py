"""The encoder of the classifier beside a BERT-base-sized one, in one run: windows a second on two threads.

Run it with any ads: `python tests/benchmarks/bert_base.py ../shared/ads/dev.jsonl`. The large model has random
weights (what it says does not matter here, only what it costs), is exported to ONNX, quantised to int8 as it
would be in production, and reads the same windows, by length, in the batches that suit it best.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from transformers import BertConfig, BertForSequenceClassification

from scanner.classifier.model import Classifier
from scanner.classifier.network import Network, rows
from scanner.paths import shipped
from scanner.training.corpus import distinct_windows

_SEEN = 6000
_SEEN_BY_BERT = 320
_VOCABULARY = 21128  # of bert-base-chinese


def main() -> None:
    """Print windows a second of both, and how many times faster ours is."""
    windows = random.Random(0).sample(list(distinct_windows(Path(sys.argv[1]))), _SEEN)
    ours = Classifier.load()
    ours.read_many(windows[:16])
    own = _rate(lambda: ours.read_many(windows[16:]), _SEEN - 16)
    with tempfile.TemporaryDirectory() as folder:
        bert = _bert(Path(folder))
        rates = {size: _rate(*_reading(bert, windows[:_SEEN_BY_BERT], size)) for size in (1, 8, 16)}
    best = max(rates, key=rates.__getitem__)
    print(
        f"ours {own:.0f} windows/s, BERT-base int8 {rates[best]:.1f} (batch {best}): {own / rates[best]:.0f} x"
    )


def _rate(work: Callable[[], object], windows: int) -> float:
    start = time.perf_counter()
    work()
    return windows / (time.perf_counter() - start)


def _bert(folder: Path) -> Any:
    model = BertForSequenceClassification(BertConfig(vocab_size=_VOCABULARY, num_labels=9)).eval()
    sample = (torch.ones((2, 16), dtype=torch.int64), torch.ones((2, 16), dtype=torch.int64))
    names = ["input_ids", "attention_mask"]
    sizes = {0: torch.export.Dim("batch"), 1: torch.export.Dim("tokens", max=512)}
    torch.onnx.export(
        model,
        sample,
        str(folder / "exact.onnx"),
        input_names=names,
        dynamic_shapes=(sizes, sizes),
        dynamo=True,
    )
    quantize_dynamic(folder / "exact.onnx", folder / "int8.onnx", weight_type=QuantType.QInt8)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 2
    return onnxruntime.InferenceSession(str(folder / "int8.onnx"), options)


def _reading(bert: Any, windows: list[str], size: int) -> tuple[Callable[[], object], int]:
    network, ranked = Network(shipped("models")), sorted(windows, key=len)
    batches = [ranked[at : at + size] for at in range(0, len(ranked), size)]

    def read() -> list[np.ndarray]:
        return [bert.run(None, rows(network.encode(batch)))[0] for batch in batches]

    return read, len(windows)


if __name__ == "__main__":
    main()
