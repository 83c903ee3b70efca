"""Load the lexicon folder, validate it, and offer its rules by id."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from scanner.errors import PingzhaoError
from scanner.lexicon.schema import Rule, RuleFile, TermFile, Veto
from scanner.paths import shipped

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_Model = TypeVar("_Model", bound=BaseModel)


class Lexicon:
    """Rules, vetoes and term sets of one folder; refuses a folder that is not sound."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.sets = {name: s.terms for name, s in _read(folder / "terms.yaml", TermFile).sets.items()}
        self.anchors = {name for name, s in _read(folder / "terms.yaml", TermFile).sets.items() if s.anchor}
        self.rules: dict[str, Rule] = {}
        self.vetoes: dict[str, Veto] = {}
        for file in self.rule_files():
            self._take(file, _read(file, RuleFile))

    @staticmethod
    @cache
    def load(folder: Path | None = None) -> Lexicon:
        """The shipped lexicon, or the one in `folder`. Raises PingzhaoError E301/E302."""
        return Lexicon(folder or shipped("lexicons"))

    def rule_files(self) -> list[Path]:
        """The rule files in name order."""
        return sorted((self.folder / "rules").glob("*.yaml"))

    @property
    def version(self) -> str:
        """Changes with any byte of the lexicon."""
        digest = hashlib.sha256()
        for file in [self.folder / "terms.yaml", self.folder / "lookalikes.yaml", *self.rule_files()]:
            digest.update(file.read_bytes())
        return f"lexicon-{digest.hexdigest()[:8]}"

    def _take(self, file: Path, content: RuleFile) -> None:
        for entry in _entries(content):
            if entry.id in self.rules or entry.id in self.vetoes:
                raise _refuse(file, entry.id, "编号重复", "换一个没有用过的 id")
            for example in _flagged(entry):
                _check_example(file, entry.id, example)
            if isinstance(entry, Rule):
                self.rules[entry.id] = entry
            else:
                self.vetoes[entry.id] = entry


def _entries(content: RuleFile) -> Iterator[Rule | Veto]:
    yield from content.rules
    yield from content.vetoes


def _flagged(entry: Rule | Veto) -> list[str]:
    return entry.flag if isinstance(entry, Rule) else []


_BRACKETS = re.compile(r"\[[^\[\]]+\]")


def example_spans(example: str) -> tuple[str, list[tuple[int, int]]]:
    """`要求[限男性]` → (`要求限男性`, [(2, 5)])."""
    spans, removed = [], 0
    for match in _BRACKETS.finditer(example):
        spans.append((match.start() - removed, match.end() - removed - 2))
        removed += 2
    return _BRACKETS.sub(lambda m: m.group()[1:-1], example), spans


def _check_example(file: Path, rule: str, example: str) -> None:
    if not example_spans(example)[1]:
        raise _refuse(file, rule, f"例句“{example}”没有标出词句", "用半角方括号标出应当命中的词，如 [限男性]")


def _refuse(file: Path, rule: str, problem: str, cure: str) -> PingzhaoError:
    return PingzhaoError("E301", file=file.name, rule=rule, problem=problem, cure=cure)


def _read(file: Path, model: type[_Model]) -> _Model:
    try:
        content = yaml.load(file.read_text("utf-8"), Loader=_Loader)
        return model.model_validate(content or {})
    except OSError as error:
        raise PingzhaoError(
            "E302", file=file.name, problem=f"读不到文件（{error.strerror}）", cure="恢复该文件"
        ) from None
    except yaml.YAMLError as error:
        where = getattr(error, "problem_mark", None)
        line = f"第 {where.line + 1} 行" if where else ""
        raise PingzhaoError(
            "E302", file=file.name, problem=f"{line}不是有效的 YAML", cure="检查缩进、冒号和引号"
        ) from None
    except ValidationError as error:
        raise _explain(file, content, error) from None


_CURES = {
    "missing": "补上这一项",
    "extra_forbidden": "删去这一项，或改成规定的名称",
    "too_short": "至少写一个例子或词语",
    "string_too_short": "删去空词，或写上词语",
    "enum": "改用规定的取值",
    "literal_error": "改用规定的取值",
}


def _explain(file: Path, content: object, error: ValidationError) -> PingzhaoError:
    """The first validation error, in terms of the rule and the key that is wrong."""
    first = error.errors()[0]
    path = [str(part) for part in first["loc"]]
    entry: object = content
    for part in first["loc"][:2]:
        entry = entry[part] if isinstance(entry, list | dict) and _has(entry, part) else entry  # type: ignore[index]
    name = str(entry.get("id", path[1])) if isinstance(entry, dict) else ".".join(path[:2])
    return PingzhaoError(
        "E301",
        file=file.name,
        rule=name,
        problem=f"{'.'.join(path)}：{first['msg']}",
        cure=_CURES.get(first["type"], "对照 CONTRIBUTING.md 的规则写法修改"),
    )


def _has(container: list[object] | dict[object, object], key: object) -> bool:
    if isinstance(container, list):
        return isinstance(key, int) and 0 <= key < len(container)
    return key in container
