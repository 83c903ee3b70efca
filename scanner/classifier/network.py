"""A network of ours on ONNX Runtime: texts in, tag and label logits out. Torch is never imported."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from pydantic import BaseModel, ConfigDict, ValidationError

from scanner.classifier.windows import MAX_TOKENS
from scanner.errors import PingzhaoError


class NetworkConfig(BaseModel):
    """`config.json` of a model: its name and the checksums of its files."""

    model_config = ConfigDict(frozen=True)

    name: str
    sha256: dict[str, str]

    @property
    def version(self) -> str:
        """Name and checksum, as results carry it."""
        return f"{self.name}-{self.sha256['model.onnx'][:8]}"


Config = TypeVar("Config", bound=NetworkConfig)


class Network:
    """`model.onnx` with its `tokenizer.json`, both loaded on first use; threads may share one."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def encode(self, texts: Sequence[str]) -> Sequence[Any]:
        """The tokens of `texts` with their offsets, padded to the longest."""
        encoded: Sequence[Any] = self._tokenizer.encode_batch(list(texts))
        return encoded

    def logits(self, encoded: Sequence[Any]) -> tuple[Any, Any]:
        """Tag logits (texts × tokens × tags) and label logits (texts × labels)."""
        tags, labels = self._session.run(None, rows(encoded))
        return tags, labels

    @cached_property
    def _session(self) -> Any:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        options.intra_op_num_threads = 1  # batches side by side pay more than threads within one
        return onnxruntime.InferenceSession(
            str(self._folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
        )

    @cached_property
    def _tokenizer(self) -> Any:
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self._folder / "tokenizer.json"))
        tokenizer.enable_padding(pad_id=tokenizer.token_to_id("[PAD]"))
        tokenizer.enable_truncation(MAX_TOKENS)
        return tokenizer


def rows(encoded: Sequence[Any]) -> dict[str, Any]:
    """A padded batch of encodings as the network's inputs, each texts × tokens."""
    return {
        "input_ids": np.array([e.ids for e in encoded], dtype=np.int64),
        "attention_mask": np.array([e.attention_mask for e in encoded], dtype=np.int64),
    }


def verified(folder: Path, config: type[Config]) -> Config:
    """The configuration in `folder`, after every file's checksum was found right. Raises PingzhaoError E401/E402."""
    try:
        read = config.model_validate(json.loads((folder / "config.json").read_text("utf-8")))
        found = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in read.sha256}
    except OSError:
        raise PingzhaoError("E401", path=folder) from None
    except (ValueError, ValidationError):
        raise PingzhaoError("E402", path=folder / "config.json") from None
    for name, checksum in read.sha256.items():
        if found[name] != checksum:
            raise PingzhaoError("E402", path=folder / name)
    return read
