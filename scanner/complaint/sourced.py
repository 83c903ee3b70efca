"""What every entry of the complaint desk's data says of itself: why, and on what it rests."""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints

from scanner.lexicon.schema import Strict, Text

UNCHECKED = "（待核）"
Reference = Annotated[str, StringConstraints(pattern=r"^(§\d+(\.\d+)?(, §\d+(\.\d+)?)*|memory)$")]
"""Sections of the legal reference; `memory` where nothing that was read confirms it."""


class Sourced(Strict):
    """A reason in Chinese and its source; one that rests on memory is printed as 待核."""

    reason: Text
    source: Text
    reference: Reference

    @property
    def cited(self) -> str:
        """The source as it is shown."""
        return self.source + (UNCHECKED if self.reference == "memory" else "")
