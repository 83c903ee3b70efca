"""Values in words."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from api.workbench.filters import FILTERS
from scanner.findings import Category

EVENING = datetime(2026, 11, 24, 17, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("day", date(2026, 1, 2), "2026-01-02"),
        ("day", EVENING, "2026-11-25"),
        ("day", None, ""),
        ("moment", EVENING, "2026-11-25 01:30"),
        ("moment", None, ""),
        ("number", 1234567, "1,234,567"),
        ("percent", 0.1234, "12.3%"),
        ("size", 0, "0 字节"),
        ("size", 1536, "1.5 KB"),
        ("size", 50 * 1024**2, "50 MB"),
        ("size", 3 * 1024**3, "3 GB"),
        ("category_name", Category.PREGNANCY_TEST, "妊娠测试"),
        ("category_name", "pregnancy_test", "妊娠测试"),
        ("category_name", "of_a_later_version", "of_a_later_version"),
        ("severity_name", "S1", "严重"),
        ("role_name", "auditor", "审计"),
        ("status_name", None, ""),
        ("pretty", {"名": [1]}, '{\n "名": [\n  1\n ]\n}'),
    ],
)
def test_filters(name: str, value: Any, shown: str) -> None:
    assert FILTERS[name](value) == shown
