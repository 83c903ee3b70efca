"""Cohen's kappa against worked examples and its own laws."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.cases.agreement import Agreement, agreements, cohens_kappa
from api.store.ads import Decision

Y, N, E = Decision.CONFIRMED, Decision.DISMISSED, Decision.EXCEPTION
DECISIONS = st.lists(st.tuples(st.sampled_from(Decision), st.sampled_from(Decision)), min_size=1)


@pytest.mark.parametrize(
    ("decisions", "kappa"),
    [
        ([(Y, Y)] * 20 + [(Y, N)] * 5 + [(N, Y)] * 10 + [(N, N)] * 15, 0.4),
        ([(Y, Y), (N, N)], 1.0),
        ([(Y, N), (N, Y)], -1.0),
        ([(Y, Y), (Y, N), (N, Y), (N, N)], 0.0),
        ([(Y, Y), (Y, Y)], None),
        ([(Y, N)], 0.0),
        ([(E, E)] * 2 + [(Y, Y)] * 2 + [(N, E)] * 2, 0.5),
    ],
)
def test_agreement_kappa_of_worked_examples(decisions: list[tuple[str, str]], kappa: float | None) -> None:
    assert cohens_kappa(decisions) == (None if kappa is None else pytest.approx(kappa))


@given(decisions=DECISIONS)
def test_agreement_kappa_is_symmetric_and_at_most_one(decisions: list[tuple[str, str]]) -> None:
    kappa = cohens_kappa(decisions)
    assert cohens_kappa([(second, first) for first, second in decisions]) == kappa
    assert kappa is None or -1 <= kappa <= 1
    if kappa == 1:
        assert all(first == second for first, second in decisions)


def test_agreement_counts_only_what_both_reviewed() -> None:
    said = {"a": {"f1": Y, "f2": N, "f3": Y}, "b": {"f1": Y, "f2": Y, "f4": N}, "c": {"f4": N}}
    judged = [(what, who, decision) for who, by_what in said.items() for what, decision in by_what.items()]
    assert agreements(judged) == [Agreement("a", "b", 2, 0.5, 0.0), Agreement("b", "c", 1, 1.0, None)]
