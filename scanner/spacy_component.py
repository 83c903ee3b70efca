"""The spaCy face: a pipeline component `pingzhao` that fills `doc.spans["discrimination"]` (extra `spacy`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import orjson
from spacy.language import Language
from spacy.pipeline.spancat import spancat_score
from spacy.tokens import Doc, Span
from spacy.training import Example

from scanner import Ad, Scanner
from scanner.findings import AdReport, Finding

SPANS_KEY = "discrimination"
"""Where in `doc.spans` the findings stand; each span has the category as label, the finding's id as `id_`."""
_STORE = "pingzhao"


def _finding(span: Span) -> dict[str, Any]:
    """The finding as in the JSON contract, {} for a span of another make.

    It is kept by id in the document, since two findings can have the same words.
    """
    found: dict[str, Any] = span.doc.user_data.get(_STORE, {}).get(span.id_, {})
    return found


Span.set_extension("finding", getter=_finding, force=True)
Span.set_extension("direction", getter=lambda span: _finding(span).get("direction"), force=True)
Span.set_extension("disposition", getter=lambda span: _finding(span).get("disposition"), force=True)


class Pingzhao:
    """Scans the text of a document as an ad.

    A span covers every token that the words at fault touch; their exact offsets are in `span._.finding`.
    `model` and `deep` are as in `Scanner.load`, whose errors it raises.
    """

    def __init__(self, model: bool | str, *, deep: bool) -> None:
        self._model, self._deep = model, deep
        self._scanner = Scanner.load(model=Path(model) if isinstance(model, str) else model, deep=deep)

    def __reduce__(self) -> tuple[Any, ...]:
        """Compiled rules do not travel to the worker processes of `nlp.pipe`: each makes its own."""
        return partial(Pingzhao, deep=self._deep), (self._model,)

    def __call__(self, doc: Doc) -> Doc:
        """The same document, marked."""
        return _marked(doc, self._scanner.scan(Ad(doc.text)))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 128) -> Iterator[Doc]:
        """The documents of a stream, marked; the model reads `batch_size` of them together."""
        rest = iter(stream)
        while docs := list(islice(rest, batch_size)):
            yield from map(_marked, docs, self._scanner.scan_many(Ad(doc.text) for doc in docs))

    def score(self, examples: Iterable[Example], **_: Any) -> dict[str, Any]:
        """Span scores as `nlp.evaluate` collects them: `spans_discrimination_f` and so on."""
        return spancat_score(examples, spans_key=SPANS_KEY)


@Language.factory("pingzhao", default_config={"model": True, "deep": False}, assigns=["doc.spans"])
def create_pingzhao(nlp: Language, name: str, model: bool | str, deep: bool) -> Pingzhao:
    """The component; `model` is true (the shipped model), false (rules alone) or the folder of a model."""
    return Pingzhao(model, deep=deep)


def _marked(doc: Doc, report: AdReport) -> Doc:
    doc.spans[SPANS_KEY] = [_span(doc, finding) for finding in report.findings]
    doc.user_data[_STORE] = {finding.id: _plain(finding) for finding in report.findings}
    return doc


def _plain(finding: Finding) -> dict[str, Any]:
    plain: dict[str, Any] = orjson.loads(orjson.dumps(finding))
    return plain


def _span(doc: Doc, finding: Finding) -> Span:
    (words,) = finding.spans
    label = finding.category.value
    span = doc.char_span(words.start, words.end, label=label, span_id=finding.id, alignment_mode="expand")
    assert span is not None  # expanding, it finds a token for every character
    return span
