"""Word boundaries by jieba: a hit that ends inside a longer word (限女 in 限女装) is refused."""

from __future__ import annotations

from functools import cache
from typing import Any

from scanner.paths import shipped

_ALONE = frozenset("男女")
_WHOLE = ("美女", "靓女")


@cache
def _tokenizer() -> Any:
    """jieba with our user dictionary; loaded on first need (about a second)."""
    import logging

    import jieba

    jieba.setLogLevel(logging.ERROR)
    tokenizer = jieba.Tokenizer()
    tokenizer.load_userdict(str(shipped("lexicons") / "jieba_words.txt"))
    return tokenizer


def inside_longer_word(clause: str, start: int, end: int) -> bool:
    """Whether the character before or after the hit belongs to the same word as the hit's sex character.

    Asked only where it can matter: the hit begins or ends with 男 or 女 and an ideograph follows or precedes.
    """
    after = clause[end : end + 1]
    ends_open = clause[end - 1] in _ALONE and _ideograph(after) and clause[end - 2 : end] not in _WHOLE
    starts_open = clause[start] in _ALONE and start > 0 and _ideograph(clause[start - 1])
    if not (ends_open or starts_open):
        return False
    for word, left, right in _tokenizer().tokenize(clause, HMM=False):
        if len(word) > 1 and ((ends_open and left < end < right) or (starts_open and left < start < right)):
            return True
    return False


def _ideograph(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"
