"""The gate: which stretches of an ad are worth the model's time. Learned with the model, cheap to apply."""

from __future__ import annotations

from collections.abc import Sequence

from ahocorasick_rs import AhoCorasick, Implementation

from scanner.text.normalise import raw_forms


class Gate:
    """Lets through text that holds one of `grams`, short strings of normalised text."""

    def __init__(self, grams: Sequence[str]) -> None:
        raw = sorted({form for gram in grams for form in raw_forms(gram)})
        self._raw = AhoCorasick(raw, implementation=Implementation.DFA) if raw else None
        self._plain = AhoCorasick(list(grams), implementation=Implementation.DFA) if grams else None

    def may_open(self, raw: str) -> bool:
        """Whether raw text could hold a gram once it is normalised."""
        try:
            return self._raw is not None and bool(self._raw.find_matches_as_indexes(raw))
        except UnicodeEncodeError:
            return True

    def places(self, text: str) -> list[int]:
        """Where grams begin in normalised `text`, ascending."""
        if self._plain is None:
            return []
        return [start for _, start, _ in self._plain.find_matches_as_indexes(text)]
