"""The network: any Hugging Face encoder with two heads, tags for characters and labels for the clause."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from transformers import AutoConfig, AutoModel

_WEIGHTS = "tagger.pt"
_IGNORED = -100


class ClauseTagger(nn.Module):
    """Tag logits (batch, tokens, tags) and clause logits (batch, labels)."""

    def __init__(self, encoder: Any, tags: int, labels: int, dropout: float = 0.1) -> None:
        super().__init__()
        width = encoder.config.hidden_size
        self.encoder = encoder
        self.dropout = nn.Dropout(dropout)
        self.tag_head = nn.Linear(width, tags)
        self.clause_head = nn.Linear(2 * width, labels)

    @classmethod
    def start(cls, encoder: str, *, tags: int, labels: int) -> ClauseTagger:
        """New heads on the pre-trained encoder with this hub name or in this folder."""
        return cls(AutoModel.from_pretrained(encoder), tags, labels)

    @classmethod
    def load(cls, folder: Path) -> ClauseTagger:
        """A tagger that `save` left in `folder`."""
        weights = torch.load(folder / _WEIGHTS, weights_only=True)
        tags, labels = len(weights["tag_head.bias"]), len(weights["clause_head.bias"])
        tagger = cls(AutoModel.from_config(AutoConfig.from_pretrained(folder)), tags, labels)
        tagger.load_state_dict(weights)
        return tagger.eval()

    def save(self, folder: Path) -> None:
        """Leave weights and configuration in `folder`."""
        folder.mkdir(parents=True, exist_ok=True)
        self.encoder.config.save_pretrained(folder)
        torch.save(self.state_dict(), folder / _WEIGHTS)

    def logits(self, input_ids: Tensor, attention_mask: Tensor) -> tuple[Tensor, Tensor]:
        """Tag and clause logits; the clause is seen as its first token and the strongest of each feature."""
        states = self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        hidden = states.masked_fill(attention_mask[:, :, None] == 0, -1e4)
        clause = torch.cat([states[:, 0], hidden.amax(dim=1)], dim=-1)
        return self.tag_head(self.dropout(states)), self.clause_head(self.dropout(clause))

    def forward(
        self, input_ids: Tensor, attention_mask: Tensor, labels: Tensor, clause_labels: Tensor
    ) -> dict[str, Tensor]:
        """Loss (both heads) and logits, as transformers.Trainer wants them."""
        tags, clause = self.logits(input_ids, attention_mask)
        tag_loss = nn.functional.cross_entropy(tags.transpose(1, 2), labels, ignore_index=_IGNORED)
        clause_loss = nn.functional.binary_cross_entropy_with_logits(clause, clause_labels)
        return {"loss": tag_loss + 0.5 * clause_loss, "tags": tags, "clause": clause}
