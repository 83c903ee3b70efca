"""Rules as data: load and validate, compile, match."""

from scanner.lexicon.lexicon import Lexicon
from scanner.lexicon.matcher import Hit

__all__ = ["Hit", "Lexicon"]
