"""What is wrong with a value, in Chinese: pydantic's kinds of errors as a user can read them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_PROBLEMS = {
    "missing": "缺少这一项",
    "extra_forbidden": "没有这一项，请删除",
    "string_type": "应为文字",
    "string_too_short": "至少 {min_length} 个字符",
    "string_too_long": "最多 {max_length} 个字符",
    "string_pattern_mismatch": "格式不正确",
    "int_type": "应为整数",
    "int_parsing": "应为整数",
    "int_parsing_size": "数值过大",
    "int_from_float": "应为整数",
    "float_type": "应为数值",
    "float_parsing": "应为数值",
    "finite_number": "应为有限的数值",
    "bool_type": "应为 true 或 false",
    "bool_parsing": "应为 true 或 false",
    "list_type": "应为列表",
    "dict_type": "应为对象",
    "model_type": "应为对象",
    "model_attributes_type": "应为 JSON 对象",
    "too_short": "至少 {min_length} 项",
    "too_long": "最多 {max_length} 项",
    "greater_than": "应大于 {gt}",
    "greater_than_equal": "不小于 {ge}",
    "less_than": "应小于 {lt}",
    "less_than_equal": "不大于 {le}",
    "enum": "只能是 {expected}",
    "literal_error": "只能是 {expected}",
    "date_type": "应为日期，如 2024-05-01",
    "date_parsing": "应为日期，如 2024-05-01",
    "date_from_datetime_parsing": "应为日期，如 2024-05-01",
    "date_from_datetime_inexact": "应为日期，如 2024-05-01",
    "datetime_type": "应为带时区的时间，如 2024-05-01T08:00:00+08:00",
    "datetime_parsing": "应为带时区的时间，如 2024-05-01T08:00:00+08:00",
    "datetime_from_date_parsing": "应为带时区的时间，如 2024-05-01T08:00:00+08:00",
    "timezone_aware": "应为带时区的时间，如 2024-05-01T08:00:00+08:00",
    "json_invalid": "不是有效的 JSON",
    "value_error": "{error}",
}


def problem_of(error: Mapping[str, Any]) -> str:
    """The Chinese text of one entry of `ValidationError.errors()`; never holds the value itself."""
    context = {name: str(value).replace(" or ", " 或 ") for name, value in error.get("ctx", {}).items()}
    return _PROBLEMS.get(error["type"], "不符合要求").format(**context)
