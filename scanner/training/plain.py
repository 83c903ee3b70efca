"""False findings in ads that say nothing of sex, marriage or childbirth: whatever is found there is wrong."""

from __future__ import annotations

import heapq
import random
import re
from collections.abc import Iterator
from pathlib import Path

from scanner.ad import Ad
from scanner.batch.source import open_source
from scanner.text.normalise import normalise
from scanner.training.corpus import kept_back

_MENTION = re.compile(
    "[男女婚孕妊胎妈爸妇母父嫁娶姐妹哥弟嫂婆叔姨她帅靓♂♀👩👨🤰]"
    "|性别|产[假检]|哺乳|[生节优绝]育|[二三]孩|[生带小]孩|孩子|宝宝|单身|恋爱|对象|配偶|先生|太太|姑娘|小伙|[大壮]汉|汉子|奶奶"
    "|大爷|mm|gg|hcg|nan|nv"
)
"""An ad that holds one of these, normalised, is not taken."""


def plain_ads(corpus: Path, limit: int, seed: int = 20260101) -> list[Ad]:
    """At most `limit` ads of a file or folder that are kept back and mention none of these, drawn at random."""
    draw = random.Random(seed)
    return heapq.nsmallest(limit, _plain(corpus), key=lambda _: draw.random())


def _plain(corpus: Path) -> Iterator[Ad]:
    for item in open_source(corpus):
        if (
            isinstance(item, Ad)
            and kept_back(item)
            and not any(_mentions(value) for _, value in item.parts())
        ):
            yield item


def _mentions(value: str) -> bool:
    return bool(_MENTION.search(value) or _MENTION.search(normalise(value).text))
