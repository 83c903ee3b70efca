"""What bodies of the complaint desk share."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

MAX_TEXT = 20_000
Told = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=5, max_length=MAX_TEXT),
    Field(description="反映的内容", examples=["我去面试文员，人事说只要男的，还问我打算什么时候生孩子。"]),
]
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
Link = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)]
LongText = Annotated[str, StringConstraints(strip_whitespace=True, max_length=MAX_TEXT)]
