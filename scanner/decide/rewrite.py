"""The lawful rewrite a finding suggests: the clause without the words at fault, and the rule's advice."""

from __future__ import annotations

import re

from scanner.lexicon import Hit

_SEX = re.compile(r"^(?:男|女)(?:性|士|生)?的?")
_EMPTY = re.compile(r"[(（【\[]\s*[)）】\]]")
_DOUBLE = re.compile(r"([，,、;；])\s*(?=[，,、;；。.])")
_LEADING = re.compile(r"^((?:\(?\d{1,2}[.、)]|[①-⑳])?)\s*[，,、;；]+\s*")


def suggest(hit: Hit, clause: str, start: int, end: int) -> str:
    """Advice with the mended clause; `start`/`end` are the offsets of the words at fault in `clause`."""
    if hit.rule.edit == "advise":
        return hit.rule.rewrite
    mended = mend(clause, start, end, drop_sex_only=hit.rule.edit == "drop_sex")
    return f"{hit.rule.rewrite}。可改为：{mended}" if mended else f"{hit.rule.rewrite}。"


def mend(clause: str, start: int, end: int, *, drop_sex_only: bool = False) -> str:
    """`clause` without [start, end), or with just its 男/女 taken off, and the punctuation put right."""
    kept = _SEX.sub("", clause[start:end]) if drop_sex_only else ""
    text = _EMPTY.sub("", clause[:start] + kept + clause[end:])
    text = _LEADING.sub(r"\1", _DOUBLE.sub("", text)).strip(" ，,、;；")
    return text if re.search(r"[\u4e00-\u9fffA-Za-z]", text) else ""
