"""Every rule proves itself: must-flag examples give exactly the bracketed spans, must-pass ones nothing."""

import pytest

from scanner.lexicon import Lexicon
from scanner.lexicon.matcher import Matcher
from scanner.lexicon.schema import Rule, Veto
from scanner.lexicon.selftest import failures

LEXICON = Lexicon.load()
ENTRIES = [*LEXICON.rules.values(), *LEXICON.vetoes.values()]


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(LEXICON)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def test_rule_lives_up_to_its_examples(matcher: Matcher, entry: Rule | Veto) -> None:
    assert list(failures(matcher, entry)) == []
