"""What REFERENCE says that several tests need: its subtype codes and its fabricated citations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

SUBTYPES = [
    "sex_limit_male",
    "sex_pref_male",
    "sex_suit_male",
    "female_discouraged",
    "sex_limit_female",
    "sex_pref_female",
    "sex_quota_split",
    "gendered_title",
    "marital_status_condition",
    "birth_restriction",
    "birth_plan_condition",
    "marital_birth_inquiry",
    "pregnancy_test",
    "pregnancy_exclusion",
    "diff_standard_education",
    "diff_standard_age",
    "diff_standard_other",
    "appearance_female_only",
    "pay_diff_by_sex",
    "objectifying_content",
    "unlawful_exception_claim",
    "agency_published",
    "discrimination_repeat",
]

# REFERENCE 0.3 item 8: words of the two fabricated citations (real: 劳动法63 哺乳期, 就业促进法30 传染病)
FABRICATED = re.compile(
    r"确因工作性质|必须限制职工性别"
    r"|劳动法》?第?(?:六十三|63)条?.{0,30}(?:性别|限制)"
    r"|就业促进法》?第?(?:三十|30)条(?!.{0,20}传染病)"
)


def strings(value: Any) -> Iterator[str]:
    """Every string in a nest of lists and mappings, keys included."""
    if isinstance(value, dict):
        yield from (s for pair in value.items() for part in pair for s in strings(part))
    elif isinstance(value, list):
        yield from (s for part in value for s in strings(part))
    elif isinstance(value, str):
        yield value
