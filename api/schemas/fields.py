"""What bodies and queries of several routes share."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

Reason = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=2, max_length=2000),
    Field(description="理由，至少两个字；写入案件和审计记录", examples=["经电话核实，单位承认限招男性"]),
]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=5000)]
CaseLabel = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=30)]
