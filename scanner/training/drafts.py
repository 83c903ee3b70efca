"""Mined wordings as a Markdown page that a person edits: rule drafts, and hits that the model doubts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import count
from typing import Any

import yaml

from scanner.decide.fusion import statements
from scanner.findings import CATEGORY_NAMES, DIRECTION_NAMES
from scanner.lexicon import Lexicon
from scanner.training.mining import Miner, Wording

_SIGNS = re.compile(r"[\[{<>^$?]")
_INTRODUCTION = """\
# 从语料中挖掘的说法

例句和上下文取自所扫描的语料，写入规则前请改写，不要照抄广告原文。

## 模型报出、规则没有收录的说法（{uncovered} 种，列出 {drafted} 种）

逐条核对。要收录的，把词句抄进 `terms.yaml`，把草稿抄进 `rules` 中的文件，改好编号和说明，补上 `pass` 例句，再运行 `pingzhao rules test`。
"""
_DOUBTED = """\
## 规则报出、模型认为合法的说法（{doubted} 种，列出 {listed} 种）

逐条核对。确属合法的，为规则加上 `pass` 例句并收紧写法，或者增加合法用语。
"""
_PLACEHOLDER = "  pass: []  # 补上不应报出的例句，至少一句\n"


def page(miner: Miner, lexicon: Lexicon, limit: int) -> str:
    """The page in Chinese; each of the two lists shows its first `limit` wordings."""
    uncovered, doubted = miner.uncovered(), miner.doubted()
    drafts, doubts = uncovered[:limit], doubted[:limit]
    return "\n".join(
        [
            _INTRODUCTION.format(uncovered=len(uncovered), drafted=len(drafts)),
            *_blocks(drafts, lexicon),
            _DOUBTED.format(doubted=len(doubted), listed=len(doubts)),
            *map(_doubt, doubts),
        ]
    )


def _blocks(drafts: Sequence[Wording], lexicon: Lexicon) -> Iterator[str]:
    """The anchors that the patterns need, for terms.yaml, and the rules."""
    runs = (max(_SIGNS.split(wording.words), key=len) for wording in drafts)
    terms = sorted({run for run in runs if not any(anchor in run for anchor in lexicon.anchors)})
    if terms:
        sets = {"mined": {"note": "从语料中挖掘的说法", "anchor": True, "terms": terms}}
        yield f"`terms.yaml`：\n\n```yaml\n{_dumped({'sets': sets})}```\n"
    if drafts:
        names = (name for number in count(1) if (name := f"mined-{number}") not in lexicon.rules)
        rules = "".join(_rule(wording, next(names), lexicon) for wording in drafts)
        yield f"`rules`：\n\n```yaml\nrules:\n{rules}```\n"


def _rule(wording: Wording, name: str, lexicon: Lexicon) -> str:
    """One draft. It says what a finding of the model says, as far as that fits a rule."""
    statement = statements(lexicon.folder)[wording.category, wording.direction]
    says = statement.model_dump(mode="json", exclude={"id"}, exclude_defaults=True)
    draft = {
        "id": name,
        "type": "phrase",
        **says,
        "message": statement.message.partition("，")[0],
        "patterns": [_SIGNS.sub(r"[\g<0>]", wording.words)],
        "flag": wording.contexts,
    }
    kind = f"{CATEGORY_NAMES[wording.category]}，{DIRECTION_NAMES[wording.direction]}"
    return f"# {kind}：{_places(wording)}\n{_dumped([draft])}{_PLACEHOLDER}"


def _doubt(wording: Wording) -> str:
    kind = f"{wording.rule}（{CATEGORY_NAMES[wording.category]}）"
    contexts = "".join(f"  - {context}\n" for context in wording.contexts)
    return f"- {kind}：“{wording.words}”，{_places(wording)}\n{contexts}"


def _places(wording: Wording) -> str:
    return f"{wording.count} 处，{wording.ads} 条广告"


def _dumped(content: Any) -> str:
    dumped: str = yaml.safe_dump(
        content, allow_unicode=True, sort_keys=False, default_flow_style=None, width=200
    )
    return dumped
