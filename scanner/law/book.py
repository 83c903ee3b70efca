"""The law book: articles by id, and the legal basis of an act on the day of the ad."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache, lru_cache
from pathlib import Path

from scanner.errors import PingzhaoError
from scanner.findings import Category, Direction, LegalBasis
from scanner.law.articles import CITED_ROLES, Article
from scanner.law.loading import read_articles, read_table, version_of
from scanner.law.table import BasisTable, Party
from scanner.paths import shipped

UNVERIFIED = "待核原文"
_Query = tuple[Category, str, Direction, Party, tuple[str, ...], str | None]


class LawBook:
    """Articles and the table of legal bases; immutable after loading, lookups are cached."""

    def __init__(self, articles: dict[str, Article], table: BasisTable, version: str) -> None:
        self.version = version
        self._articles = articles
        self._table = table
        self._changes = _days_of_change(articles)
        self._cached = lru_cache(maxsize=8192)(self._look_up)

    @classmethod
    def load(cls, folder: Path | None = None) -> LawBook:
        """The book in `folder` (default: the one shipped), read once per process.

        Raises PingzhaoError E302 naming the file and the cure.
        """
        return _load(folder or shipped("lexicons") / "law")

    def has(self, ref: str) -> bool:
        """Whether `ref` (WL43.1) is an article of this book."""
        return ref in self._articles

    def article(self, ref: str) -> Article:
        """The article with id `ref`. Raises PingzhaoError E302 for an unknown id."""
        try:
            return self._articles[ref]
        except KeyError:
            cure = "改正编号，或在 lexicons/law/articles 中补上该条。"
            raise PingzhaoError("E302", file="lexicons/law", problem=f"没有条款 {ref}", cure=cure) from None

    def articles(self) -> tuple[Article, ...]:
        """All articles, in the order of the files."""
        return tuple(self._articles.values())

    def basis(
        self,
        category: Category,
        subtype: str,
        direction: Direction,
        *,
        posted_on: date | None,
        party: Party = Party.EMPLOYER,
        extra: Sequence[str] = (),
        region: str | None = None,
    ) -> tuple[LegalBasis, ...]:
        """What the act rests on: prohibitions, then sanctions, then policy, all in force on `posted_on`.

        `posted_on` None means today. `extra` adds article ids (a rule's own), subject to the same bars of
        direction, party and date. `region` (a province) drops local documents of other regions; None keeps
        them with a note. A household is no employer: its basis is empty.
        """
        epoch = bisect_right(self._changes, posted_on or date.today())
        return self._cached(epoch, (category, subtype, direction, party, tuple(extra), region))

    def refs(
        self,
        category: Category,
        subtype: str,
        direction: Direction,
        *,
        posted_on: date | None,
        party: Party = Party.EMPLOYER,
        extra: Sequence[str] = (),
        region: str | None = None,
    ) -> tuple[str, ...]:
        """The article ids that `basis` cites, in its order (not cached)."""
        epoch = bisect_right(self._changes, posted_on or date.today())
        query = (category, subtype, direction, party, tuple(extra), region)
        return tuple(article.id for article in self._cite(epoch, query))

    def _look_up(self, epoch: int, query: _Query) -> tuple[LegalBasis, ...]:
        return tuple(_legal_basis(article) for article in self._cite(epoch, query))

    def _cite(self, epoch: int, query: _Query) -> list[Article]:
        category, subtype, direction, party, extra, region = query
        asked = self._table.refs(category, subtype, direction, party, extra)
        articles = [self.article(ref) for ref in asked]
        day = self._changes[epoch - 1] if epoch else date.min
        kept = [a for a in articles if self._citable(a, direction, party, day, region)]
        return sorted(kept, key=lambda a: CITED_ROLES.index(a.role))

    def _citable(
        self, article: Article, direction: Direction, party: Party, day: date, region: str | None
    ) -> bool:
        local = article.region is None or region is None or article.region in region
        cited = article.role in CITED_ROLES and article.in_force(day)
        return local and cited and not self._table.struck(article.id, direction, party)


@cache
def _load(folder: Path) -> LawBook:
    articles = read_articles(folder)
    return LawBook(articles, read_table(folder, articles), version_of(folder))


def _days_of_change(articles: dict[str, Article]) -> list[date]:
    """The days on which the set of articles in force changes; the law is one between two of them."""
    days = {a.valid_from for a in articles.values()}
    days |= {a.valid_to + timedelta(days=1) for a in articles.values() if a.valid_to}
    return sorted(days)


def _legal_basis(article: Article) -> LegalBasis:
    notes = [] if article.quotation else [UNVERIFIED]
    if article.region:
        notes.append(f"地方文件，仅适用于{article.region}")
    return LegalBasis(
        law=article.law,
        law_name=article.law_name,
        article=article.number,
        role=article.role.value,
        status=article.status.value,
        quotation=article.quotation,
        paraphrase=None if article.quotation else article.paraphrase,
        note="；".join(notes) or None,
    )
