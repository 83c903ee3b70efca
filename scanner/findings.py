"""What a scan returns: findings with spans, law and next step, as versioned plain data."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

SCHEMA_VERSION = "1.0"


class Category(StrEnum):
    """The eight categories of the annotation guidelines."""

    GENDER_RESTRICTION = "gender_restriction"
    GENDER_PREFERENCE = "gender_preference"
    MARITAL_BIRTH_CONDITION = "marital_birth_condition"
    BIRTH_RESTRICTION = "birth_restriction"
    MARITAL_BIRTH_INQUIRY = "marital_birth_inquiry"
    PREGNANCY_TEST = "pregnancy_test"
    PREGNANCY_EXCLUSION = "pregnancy_exclusion"
    DIFFERENTIAL_STANDARD = "differential_standard"


CATEGORY_NAMES: dict[Category, str] = {
    Category.GENDER_RESTRICTION: "限定性别",
    Category.GENDER_PREFERENCE: "性别优先",
    Category.MARITAL_BIRTH_CONDITION: "婚育状况作为条件",
    Category.BIRTH_RESTRICTION: "限制结婚生育",
    Category.MARITAL_BIRTH_INQUIRY: "询问婚育",
    Category.PREGNANCY_TEST: "妊娠测试",
    Category.PREGNANCY_EXCLUSION: "排斥孕产哺期",
    Category.DIFFERENTIAL_STANDARD: "男女标准不同",
}


class Direction(StrEnum):
    """Who is admitted or favoured; `none` for marital and childbirth wording that names no sex."""

    MALE = "male"
    FEMALE = "female"
    BOTH = "both"
    NONE = "none"


DIRECTION_NAMES: dict[Direction, str] = {
    Direction.MALE: "限男/偏男",
    Direction.FEMALE: "限女/偏女",
    Direction.BOTH: "男女分列",
    Direction.NONE: "不分性别",
}


class Disposition(StrEnum):
    """`violation`, `review` (待核: a person must ask) or `exempt` (cleared, kept, shown grey)."""

    VIOLATION = "violation"
    REVIEW = "review"
    EXEMPT = "exempt"


DISPOSITION_NAMES: dict[Disposition, str] = {
    Disposition.VIOLATION: "涉嫌违法",
    Disposition.REVIEW: "待核",
    Disposition.EXEMPT: "属例外",
}

SEVERITIES = ("S1", "S2", "S3")
SEVERITY_NAMES = {"S1": "严重", "S2": "较重", "S3": "提示"}


@dataclass(frozen=True, slots=True)
class Span:
    """Where the words stand: half-open offsets in the original string of `field`.

    `start`/`end` count Unicode code points, `utf16_start`/`utf16_end` count UTF-16 units (browsers, Java).
    """

    field: str
    start: int
    end: int
    utf16_start: int
    utf16_end: int
    quote: str


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """One article that bears on a finding.

    `quotation` is the statute's own words and is set only where the wording was verified against the
    official text (VERIFIED-1/2); otherwise `paraphrase` says what it provides and `note` is 待核原文.
    `role` is `prohibition` (what was breached), `sanction` (what may follow) or `policy`.
    """

    law: str
    law_name: str
    article: str
    role: str
    status: str
    quotation: str | None = None
    paraphrase: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class ExceptionHint:
    """A possible lawful ground: what the employer must show and what to ask."""

    code: str
    name: str
    effect: str
    must_show: str
    question: str
    source: str


@dataclass(frozen=True, slots=True)
class Source:
    """What produced a finding: a rule of the lexicon or the model."""

    kind: str
    id: str
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One suspected violation (线索), never a verdict."""

    id: str
    category: Category
    subtype: str
    direction: Direction
    disposition: Disposition
    severity: str
    confidence: float
    spans: tuple[Span, ...]
    message: str
    legal_basis: tuple[LegalBasis, ...]
    exceptions: tuple[ExceptionHint, ...]
    suggestion: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Versions:
    """What produced a report, so that it can be recomputed."""

    scanner: str
    lexicon: str
    law: str
    model: str | None = None


@dataclass(frozen=True, slots=True)
class AdReport:
    """The findings of one ad; serialises to one line of the versioned JSON (see report/schema)."""

    id: str
    findings: tuple[Finding, ...]
    text_sha256: str
    versions: Versions
    schema_version: str = field(default=SCHEMA_VERSION)


@dataclass(frozen=True, slots=True)
class RowError:
    """A row that could not be scanned: costs itself only. `row` counts from 1 in its file."""

    id: str
    code: str
    message: str
    row: int | None = None
    source: str = ""
