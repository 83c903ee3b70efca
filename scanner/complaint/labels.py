"""What the complaint model can say: a tag for every character, and labels for a passage as a whole."""

from __future__ import annotations

from scanner.classifier.labels import KINDS as WRONGS
from scanner.complaint.understanding import Matter, Signal, Stage
from scanner.findings import Category, Direction

Kind = tuple[Category, Direction] | Signal | type[Matter]
KINDS: tuple[Kind, ...] = (
    *WRONGS,
    *(signal for signal in Signal if signal is not Signal.PREGNANCY_DISMISSAL),
    Matter,
)
"""The kinds of words that are told apart; kind k has the tags 2k+1 (begins) and 2k+2 (goes on), tag 0 is none.

A dismissal for pregnancy is told by the words of the wrong itself, and which other matter it is by a label.
"""
TAGS = 2 * len(KINDS) + 1
Label = Category | Signal | Matter | Stage
LABELS: tuple[Label, ...] = (*Category, *Signal, *Matter, *Stage)
"""What a passage as a whole can tell; a stage is told by passages that tell a wrong."""
