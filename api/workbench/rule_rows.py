"""An entry of the lexicon in words, line by line; or two of them, with what differs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from scanner.findings import CATEGORY_NAMES, DIRECTION_NAMES, SEVERITY_NAMES
from scanner.law import LawBook
from scanner.report.wording import SUBTYPE_NAMES

TYPE_NAMES = {
    "phrase": "短语：出现在任何位置",
    "item": "独立条目：单列一项，如“男，30岁以下”",
    "split": "男女分列：男女各有一个数值",
}
DIRECTION_CHOICES: dict[str, str] = {
    "same": "随写法中的性别：写男即限男，写女即限女",
    "opposite": "与写法中的性别相反：如“女性勿扰”限男",
    **{direction.value: name for direction, name in DIRECTION_NAMES.items()},
}
EDIT_NAMES = {"delete": "删去这些词", "drop_sex": "只去掉男、女字", "advise": "不自动改，按改写建议"}
WHERE_NAMES = {"text": "正文", "title": "职位名称", "fields": "结构化栏目"}
WHEN_NAMES = {"": "一律", "open_to_both": "只在周围写明男女均可时"}
SCOPE_NAMES = {"span": "只管这些词本身", "clause": "管整个分句"}
YES_NO = {True: "是", False: "否"}
LABELS = {
    "message": "说明",
    "reason": "合法的理由",
    "category": "类别",
    "direction": "方向",
    "subtype": "细类",
    "severity": "严重程度",
    "law": "相关条款",
    "rewrite": "改写建议",
    "review": "一律待核的理由",
    "negative_class": "合法类别",
    "scope": "作用范围",
    "opens": "表示男女均可",
    "type": "规则类型",
    "patterns": "写法",
    "flag": "应当报出的例句",
    "pass": "不应报出的例句",
    "silent": "不应报出的例句",
    "where": "检查范围",
    "when": "何时生效",
    "edit": "改写方式",
    "confidence": "把握程度",
    "source": "出处",
}
LISTS = ("patterns", "flag", "pass", "silent")


@dataclass(frozen=True, slots=True)
class Line:
    """One value in words: `state` is kept, added or removed."""

    text: str
    state: str


@dataclass(frozen=True, slots=True)
class Row:
    """One key of an entry."""

    name: str
    label: str
    lines: list[Line]

    @property
    def changed(self) -> bool:
        """Whether the two entries differ here."""
        return any(line.state != "kept" for line in self.lines)


def rows(entry: Mapping[str, Any], laws: LawBook, before: Mapping[str, Any] | None = None) -> list[Row]:
    """What an entry (as a rule file has it) says; with `before` also what it no longer says."""
    old = entry if before is None else before
    found = []
    for name, label in LABELS.items():
        was, is_ = _lines(name, old.get(name), laws), _lines(name, entry.get(name), laws)
        lines = [Line(text, "removed") for text in was if text not in is_]
        lines += [Line(text, "kept" if text in was else "added") for text in is_]
        if lines:
            found.append(Row(name, label, lines))
    return found


def _lines(name: str, value: Any, laws: LawBook) -> list[str]:
    if value in (None, "", [], {}):
        return []
    if isinstance(value, dict):
        each = {DIRECTION_NAMES[key]: _lines(name, one, laws) for key, one in value.items()}
        return [f"{direction}：{line}" for direction, lines in each.items() for line in lines]
    word = _WORDS.get(name, str)
    if name == "law":
        return [_cited(ref, laws) for ref in value]
    words = [word(one) for one in (value if isinstance(value, list) else [value])]
    return ["、".join(words)] if name == "where" else words


def _cited(ref: str, laws: LawBook) -> str:
    return f"{laws.article(ref).cited_as}（{ref}）" if laws.has(ref) else ref


def _from(names: Mapping[Any, str]) -> Callable[[Any], str]:
    return lambda value: names.get(value, str(value))


_WORDS: dict[str, Callable[[Any], str]] = {
    "category": _from(CATEGORY_NAMES),
    "direction": _from(DIRECTION_CHOICES),
    "subtype": _from(SUBTYPE_NAMES),
    "severity": _from(SEVERITY_NAMES),
    "scope": _from(SCOPE_NAMES),
    "opens": _from(YES_NO),
    "type": _from(TYPE_NAMES),
    "where": _from(WHERE_NAMES),
    "when": _from(WHEN_NAMES),
    "edit": _from(EDIT_NAMES),
    "confidence": lambda value: f"{value:.2f}",
}
