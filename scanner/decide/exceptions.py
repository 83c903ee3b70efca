"""Possible lawful grounds, as data."""

from __future__ import annotations

from scanner.ad import Ad
from scanner.findings import ExceptionHint
from scanner.lexicon import Hit


class ExceptionBook:
    """placeholder until lexicons/exceptions.yaml is read."""

    @classmethod
    def load(cls) -> ExceptionBook:
        """Load."""
        return cls()

    def hints(self, ad: Ad, text: str, hit: Hit, subtype: str) -> list[ExceptionHint]:
        """Hints."""
        return []
