"""Laws and their articles as they stand in `lexicons/law/articles/*.yaml`."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

_SUFFIX = re.compile(r"A?\d*(\.\d+)?")


class Status(StrEnum):
    """How well the wording is known (REFERENCE 0.1)."""

    VERIFIED_2 = "VERIFIED-2"
    VERIFIED_1 = "VERIFIED-1"
    VERIFIED_WEB = "VERIFIED-WEB"
    PARTIAL = "PARTIAL"
    FROM_MEMORY = "FROM-MEMORY"

    @property
    def quotable(self) -> bool:
        """Whether the statute's own words may be printed."""
        return self in (Status.VERIFIED_1, Status.VERIFIED_2)


class Role(StrEnum):
    """What an article does; only the first three are cited for a finding."""

    PROHIBITION = "prohibition"
    SANCTION = "sanction"
    POLICY = "policy"
    PROCEDURE = "procedure"
    EXCEPTION = "exception"


CITED_ROLES = (Role.PROHIBITION, Role.SANCTION, Role.POLICY)


class Record(BaseModel):
    """A validated record of a law file; unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ArticleEntry(Record):
    """One article, paragraph or item as written in the file."""

    id: str
    number: str = Field(min_length=1)
    role: Role
    status: Status | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    lead: str | None = None
    text: str | None = None
    paraphrase: str | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not (self.text or self.paraphrase):
            raise ValueError(f"{self.id} 既无 text 也无 paraphrase")
        if self.lead and not self.text:
            raise ValueError(f"{self.id} 有 lead 而无 text")
        return self


class Law(Record):
    """One law or regulation: what all its articles share."""

    key: str = Field(pattern=r"^[A-Z][A-Z0-9_]*$")
    name: str = Field(min_length=1)
    kind: str
    issuer: str | None = None
    document: str | None = None
    status: Status
    valid_from: date
    valid_to: date | None = None
    dates_from_memory: bool = False
    no_fines: bool = False
    region: str | None = None
    articles: tuple[ArticleEntry, ...] = Field(min_length=1)

    @property
    def printed_name(self) -> str:
        """The name to print; a notice carries its document number."""
        return f"{self.name}（{self.document}）" if self.kind == "notice" and self.document else self.name

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        for entry in self.articles:
            self._check(entry)
        return self

    def _check(self, entry: ArticleEntry) -> None:
        start, end = entry.valid_from or self.valid_from, entry.valid_to or self.valid_to
        if not entry.id.startswith(self.key) or not _SUFFIX.fullmatch(entry.id.removeprefix(self.key)):
            raise ValueError(f"{entry.id} 不是 {self.key} 的条款编号")
        if end is not None and end < start:
            raise ValueError(f"{entry.id} 的 valid_to 早于 valid_from")
        if entry.text and not (entry.status or self.status).quotable:
            raise ValueError(f"{entry.id} 未核原文，不得有 text（只可用 paraphrase）")
        if self.no_fines and entry.role is Role.SANCTION:
            raise ValueError(f"{entry.id}：该法对就业歧视没有罚则，role 不得为 sanction")


class Article(Record):
    """An article with what it inherits from its law."""

    id: str
    law: str
    law_name: str
    number: str
    role: Role
    status: Status
    valid_from: date
    valid_to: date | None
    region: str | None
    quotation: str | None
    paraphrase: str | None

    @classmethod
    def of(cls, law: Law, entry: ArticleEntry) -> Article:
        """Join an entry with its law."""
        return cls(
            id=entry.id,
            law=law.key,
            law_name=law.printed_name,
            number=entry.number,
            role=entry.role,
            status=entry.status or law.status,
            valid_from=entry.valid_from or law.valid_from,
            valid_to=entry.valid_to or law.valid_to,
            region=law.region,
            quotation=_quotation(entry),
            paraphrase=entry.paraphrase,
        )

    @property
    def cited_as(self) -> str:
        """《监狱法》第三十三条."""
        name, bracket, document = self.law_name.partition("（")
        return f"《{name}》{bracket}{document}{self.number}"

    def in_force(self, day: date) -> bool:
        """Whether the article applied on `day` (both ends included)."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def _quotation(entry: ArticleEntry) -> str | None:
    """An item is quoted with its lead sentence; what was left out between them shows as ……."""
    if entry.text is None or entry.lead is None:
        return entry.text
    first = entry.text[:3] in ("（一）", "(一)")
    return entry.lead + ("" if first else "……") + entry.text
