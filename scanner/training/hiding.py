"""A lexicon that has never heard of some terms."""

from __future__ import annotations

import shutil
from collections.abc import Collection
from pathlib import Path
from typing import Any

import yaml

_NEVER = "\ue000"
"""Stands where a term set would be empty; a private character that no text holds."""


def hide_terms(lexicons: Path, terms: Collection[str], output: Path) -> Path:
    """Copy the folder `lexicons` to `output` without the words and patterns that hold one of `terms`."""
    shutil.copytree(lexicons, output, dirs_exist_ok=True)
    _edit(output / "terms.yaml", lambda content: _without_words(content, terms))
    for file in (output / "rules").glob("*.yaml"):
        _edit(file, lambda content: _without_patterns(content, terms))
    return output


def _edit(file: Path, change: Any) -> None:
    content = yaml.safe_load(file.read_text("utf-8"))
    change(content)
    file.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), "utf-8")


def _without_words(content: dict[str, Any], terms: Collection[str]) -> None:
    for words in content["sets"].values():
        words["terms"] = [word for word in words["terms"] if not _holds(word, terms)] or [_NEVER]
    content["sets"]["hidden"] = {"terms": [_NEVER], "anchor": True}


def _without_patterns(content: dict[str, Any], terms: Collection[str]) -> None:
    for entry in [*content.get("rules", []), *content.get("vetoes", [])]:
        entry["patterns"] = [p for p in entry["patterns"] if not _holds(p, terms)]
    for kind in ("rules", "vetoes"):
        if kind in content:
            content[kind] = [entry for entry in content[kind] if entry["patterns"]]


def _holds(words: str, terms: Collection[str]) -> bool:
    return any(term in words.lower() for term in terms)
