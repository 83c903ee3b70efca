"""One self-contained HTML page: counts, filters, every ad with its words at fault marked, the law in full."""

from __future__ import annotations

import base64
import hashlib
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from scanner.ad import Ad
from scanner.findings import (
    CATEGORY_NAMES,
    DIRECTION_NAMES,
    DISPOSITION_NAMES,
    SEVERITY_NAMES,
    AdReport,
    LegalBasis,
    RowError,
    Versions,
)
from scanner.report import wording
from scanner.report.employers import EmployerTally
from scanner.report.file_writer import FileWriter
from scanner.report.highlight import highlighted, worst
from scanner.report.output import copy_spool, refusals, spool
from scanner.report.plain import clean
from scanner.report.summary import RunSummary

MAX_CARDS = 2_000
"""Ads shown on the page, so that a browser opens it; the rest stands in the other reports."""
MAX_ERRORS = 200
"""Failed rows listed on the page."""
TOP = 8
"""Employers in the summary."""
REACH = 160
"""Code points kept on either side of the words at fault."""
_TEMPLATES = Path(__file__).parent / "templates"


class HtmlWriter(FileWriter):
    """Cards go to a temporary file as they come; the counts, known last, stand above them in the page."""

    _versions: Versions | None = None
    _flagged = 0

    def _begin(self, stack: ExitStack) -> None:
        self._cards = stack.enter_context(spool(self._path))
        self._laws: dict[LegalBasis, int] = {}
        self._employers = EmployerTally()
        self._errors: list[RowError] = []
        self._pages = environment()
        self._pages.globals["law"] = self._number
        self._card = self._pages.get_template("card.html")

    def add(self, ad: Ad, report: AdReport) -> None:
        """The card of one ad; none if nothing was found or the page is full."""
        self._versions = report.versions
        if not report.findings:
            return
        self._employers.count(ad, report)
        self._flagged += 1
        if self._flagged <= MAX_CARDS:
            parts = highlighted(ad, report, REACH)
            card = self._card.render(ad=ad, report=report, parts=parts, worst=worst(report.findings))
            with refusals(self._path):
                self._cards.write(_utf8(card))

    def add_error(self, error: RowError) -> None:
        """Keep the error if there is room for it."""
        if len(self._errors) < MAX_ERRORS:
            self._errors.append(error)

    def finish(self, summary: RunSummary) -> None:
        """Head with the counts, cards, foot with the law."""
        told = self._told(summary)
        self._out.write(_utf8(self._pages.get_template("head.html").render(told)))
        with refusals(self._path):
            copy_spool(self._cards, self._out)
        self._out.write(_utf8(self._pages.get_template("foot.html").render(told)))

    def _told(self, summary: RunSummary) -> dict[str, Any]:
        return {
            "summary": summary,
            "employers": self._employers.top(TOP),
            "errors": self._errors,
            "laws": self._laws,
            "flagged": self._flagged,
            "shown": min(self._flagged, MAX_CARDS),
            "versions": wording.versions_line(self._versions),
            "now": f"{datetime.now().astimezone():%Y-%m-%d %H:%M}",
        }

    def _number(self, basis: LegalBasis) -> int:
        """Where the article stands in the list at the foot, from 1."""
        return self._laws.setdefault(basis, len(self._laws) + 1)


def _utf8(page: str) -> bytes:
    return clean(page).encode("utf-8")


def environment() -> Environment:
    """The templates of all HTML reports, escaping what they are given."""
    pages = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style, script = _asset("report.css"), _asset("report.js")
    pages.globals |= {
        "w": wording,
        "categories": CATEGORY_NAMES,
        "directions": DIRECTION_NAMES,
        "dispositions": DISPOSITION_NAMES,
        "severities": SEVERITY_NAMES,
        "style": style,
        "script": script,
        "policy": f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)};"
        " base-uri 'none'; form-action 'none'",
    }
    return pages


def _asset(name: str) -> str:
    return (_TEMPLATES / name).read_text("utf-8")


def _hash(content: str) -> str:
    """The source expression by which a content security policy lets exactly this content in."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode('utf-8')).digest()).decode('ascii')}'"
