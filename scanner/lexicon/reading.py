"""Read a data file of the lexicon folder; what is wrong with it is said by file, rule and cure."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from scanner.errors import PingzhaoError

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_Model = TypeVar("_Model", bound=BaseModel)


def refuse(file: Path, rule: str, problem: str, cure: str) -> PingzhaoError:
    """The error to raise for one rule of a file."""
    return PingzhaoError("E301", file=file.name, rule=rule, problem=problem, cure=cure)


def read_data(file: Path, model: type[_Model]) -> _Model:
    """The validated content of a YAML file. Raises PingzhaoError E301/E302."""
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
