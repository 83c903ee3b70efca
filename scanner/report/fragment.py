"""One ad as HTML: the highlighted card alone, or a page that stands by itself. Neither has a script."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment

from scanner.ad import Ad
from scanner.findings import AdReport, LegalBasis
from scanner.report import wording
from scanner.report.highlight import highlighted, worst
from scanner.report.html import environment
from scanner.report.plain import clean

WHOLE = 10_000_000
"""Code points kept on either side of the words at fault: all of them."""


def fragment(ad: Ad, report: AdReport) -> str:
    """The whole ad with its findings marked, and what is to be said of each; an `<article>`."""
    return _card(ad, report, {})


def page(ad: Ad, report: AdReport) -> str:
    """The same as a document of its own, with the articles cited; equal input gives equal text."""
    laws: dict[LegalBasis, int] = {}
    card = _card(ad, report, laws)
    told = {"ad": ad, "card": card, "laws": laws, "versions": wording.versions_line(report.versions)}
    return clean(_pages().get_template("ad.html").render(told))


def _card(ad: Ad, report: AdReport, laws: dict[LegalBasis, int]) -> str:
    card = _pages().get_template("card.html")
    told = {
        "ad": ad,
        "report": report,
        "parts": highlighted(ad, report, WHOLE),
        "worst": worst(report.findings),
        "law": lambda basis: laws.setdefault(basis, len(laws) + 1),
    }
    return clean(card.render(told))


@cache
def _pages() -> Environment:
    return environment()
