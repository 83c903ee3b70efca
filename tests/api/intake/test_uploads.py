from __future__ import annotations

import pytest

from api.intake.uploads import shown_name
from scanner.errors import PingzhaoError


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("导出.csv", "导出.csv"),
        ("../../etc/导出.CSV", "导出.CSV"),
        ("C:\\数据\\导出.xlsx", "导出.xlsx"),
        ("/导\0出\n.jsonl", "导\ufffd出 .jsonl"),
        ("长" * 400 + ".xlsx", "长" * 195 + ".xlsx"),
    ],
)
def test_file_name_is_text_and_no_path(given: str, shown: str) -> None:
    assert shown_name(given) == shown


@pytest.mark.parametrize("name", ["", "导出", "导出.pdf", ".csv", "..", "a.exe"])
def test_file_of_unknown_type_is_refused(name: str) -> None:
    with pytest.raises(PingzhaoError, match="E107"):
        shown_name(name)
