"""A rule proves itself by its own examples: what `pingzhao rules test` and the test suite run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scanner.lexicon.lexicon import example_spans
from scanner.lexicon.matcher import Matcher
from scanner.lexicon.schema import Rule, Veto
from scanner.text.normalise import normalise


@dataclass(frozen=True, slots=True)
class Failure:
    """An example that its rule does not live up to; `found` are the words it hit instead."""

    rule: str
    example: str
    expected: tuple[str, ...]
    found: tuple[str, ...]


def failures(matcher: Matcher, entry: Rule | Veto) -> Iterator[Failure]:
    """The examples of one rule that fail: `flag` must hit exactly the bracketed words by this rule,
    `pass` and `silent` must hit nothing by any rule."""
    if isinstance(entry, Veto):
        cases = [(example, True) for example in entry.silent]
    else:
        cases = [(example, False) for example in entry.flag] + [(example, True) for example in entry.pass_]
    for example, any_rule in cases:
        text, spans = example_spans(example)
        expected = tuple(text[start:end] for start, end in spans)
        found = _hit_words(matcher, text, entry, any_rule)
        if set(found) != set(expected):
            yield Failure(entry.id, example, expected, found)


def _hit_words(matcher: Matcher, text: str, entry: Rule | Veto, any_rule: bool) -> tuple[str, ...]:
    where = entry.where[0] if isinstance(entry, Rule) else "text"
    return tuple(
        text[start:end] for start, end in places(matcher, text, where, None if any_rule else entry.id)
    )


def places(
    matcher: Matcher, text: str, where: str, name: str | None = None, *, vetoed: bool = False
) -> list[tuple[int, int]]:
    """Where the rules, or the one of this id, hit `text`: half-open offsets, none within another.

    With `vetoed` also where a veto or a longer word silences it.
    """
    copy = normalise(text)
    hits = matcher.match(copy.text, where, vetoed=vetoed)
    offsets = sorted({copy.to_original(h.start, h.end) for h in hits if name in (None, h.rule.id)})
    return [o for o in offsets if not any(p != o and p[0] <= o[0] and o[1] <= p[1] for p in offsets)]
