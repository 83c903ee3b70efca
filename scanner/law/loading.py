"""Read and validate the law files; every refusal names the file, what is wrong and the cure."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import ValidationError

from scanner.errors import PingzhaoError
from scanner.law.articles import CITED_ROLES, Article, Law, Record
from scanner.law.table import BasisTable

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_STATUSES = "VERIFIED-2、VERIFIED-1、VERIFIED-WEB、PARTIAL、FROM-MEMORY"
_CURES = {
    "status": f"status 只能是 {_STATUSES}。",
    "role": "role 只能是 prohibition、sanction、policy、procedure、exception。",
    "valid_from": "日期写成 2023-01-01 的样子。",
    "valid_to": "日期写成 2023-01-01 的样子，仍有效的不写 valid_to。",
}
_KINDS = {
    "extra_forbidden": "删去该键，或改正其拼写。",
    "missing": "补上该键。",
}
R = TypeVar("R", bound=Record)


def refuse(file: Path, problem: str, cure: str) -> PingzhaoError:
    """The coded error for a law file."""
    return PingzhaoError("E302", file=file, problem=problem, cure=cure)


def read_articles(folder: Path) -> dict[str, Article]:
    """All articles of `folder/articles/*.yaml` by id."""
    files = sorted((folder / "articles").glob("*.yaml"))
    if not files:
        raise refuse(folder / "articles", "没有法律条文文件", "恢复 lexicons/law/articles，或重新安装。")
    found: dict[str, Article] = {}
    for file in files:
        law = _record(file, Law)
        for entry in law.articles:
            if entry.id in found:
                raise refuse(file, f"条款编号 {entry.id} 重复", "每个编号只保留一处，删去或改正另一处。")
            found[entry.id] = Article.of(law, entry)
    return found


def read_table(folder: Path, articles: dict[str, Article]) -> BasisTable:
    """The table `folder/basis.yaml`, checked against the articles it cites."""
    file = folder / "basis.yaml"
    table = _record(file, BasisTable)
    for role, ref in table.cited():
        if ref not in articles:
            raise refuse(file, f"引用了不存在的条款 {ref}", "改正编号，或在 articles 中补上该条。")
        if articles[ref].role is not role or role not in CITED_ROLES:
            actual = articles[ref].role
            raise refuse(
                file, f"{ref} 列为 {role}，但该条的 role 是 {actual}", f"移到 {actual} 之下，或不引用。"
            )
    for row in table.rows:
        for name in row.use:
            if name not in table.sets:
                raise refuse(file, f"use 引用了不存在的组 {name}", "改正组名，或在 sets 中补上该组。")
    return table


def version_of(folder: Path) -> str:
    """`law-` and eight hex digits over the names and contents of all law files."""
    digest = hashlib.sha256()
    for file in sorted(folder.rglob("*.yaml")):
        digest.update(file.relative_to(folder).as_posix().encode() + b"\0")
        digest.update(file.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return f"law-{digest.hexdigest()[:8]}"


def _record(file: Path, model: type[R]) -> R:
    try:
        return model.model_validate(_yaml(file))
    except ValidationError as error:
        raise refuse(file, *_explain(error)) from None


def _yaml(file: Path) -> Any:
    try:
        return yaml.load(file.read_text(encoding="utf-8"), Loader=_Loader)
    except (OSError, UnicodeDecodeError) as error:
        raise refuse(
            file, f"无法读取（{type(error).__name__}）", "确认文件存在、可读，并存为 UTF-8。"
        ) from None
    except (yaml.YAMLError, ValueError) as error:
        line = getattr(getattr(error, "problem_mark", None), "line", None)
        where = "" if line is None else f"第 {line + 1} 行"
        cure = "检查缩进、引号和日期；含英文冒号的文字加双引号。"
        raise refuse(file, f"{where}不是有效的 YAML", cure) from None


def _explain(error: ValidationError) -> tuple[str, str]:
    """The first problem of a validation error and its cure, in Chinese."""
    first = error.errors(include_url=False)[0]
    where = ".".join(str(part) for part in first["loc"])
    key = str(first["loc"][-1]) if first["loc"] else ""
    message = first["msg"].removeprefix("Value error, ")
    cure = _KINDS.get(first["type"]) or _CURES.get(key) or "按提示改正该处；写法参照同一文件夹中的其他文件。"
    return (f"{where}：{message}" if where else message), cure
