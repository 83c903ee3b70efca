"""The term sets are all in use and say each thing once."""

import re
from pathlib import Path

import pytest

from scanner.lexicon.lexicon import SEX_NAMES
from scanner.lexicon.matcher import ATTRIBUTES
from scanner.lexicon.reading import read_data
from scanner.lexicon.schema import TermFile
from scanner.paths import shipped

FOLDER = shipped("lexicons")
SETS = read_data(FOLDER / "terms.yaml", TermFile).sets
NAMED = {
    name
    for file in (FOLDER / "rules").glob("*.yaml")
    for name in re.findall(r"\{[!-]?([a-z_]+)\??\}", Path(file).read_text("utf-8"))
}
SLOTS = {meant for names in SEX_NAMES.values() for slot, meant in names.items() if slot in NAMED}
BUILT_IN = {*ATTRIBUTES, "contrast", "requirement_verb", "male", "female"}


@pytest.mark.parametrize("name", SETS)
def test_terms_set_is_used(name: str) -> None:
    assert SETS[name].anchor or name in NAMED | SLOTS | BUILT_IN


@pytest.mark.parametrize("name", SETS)
def test_terms_set_repeats_nothing(name: str) -> None:
    terms = SETS[name].terms
    assert sorted(set(terms)) == sorted(terms)
