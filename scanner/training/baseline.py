"""The usual quick classifier: TF-IDF over characters and a linear model that says of a window: at fault or not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from scanner.ad import Ad
from scanner.classifier.windows import windows
from scanner.text.normalise import normalise
from scanner.training.clauses import LabelledClause
from scanner.training.evaluation import Labelled

FAULT = "fault"
"""The one category that this baseline knows."""


class LinearBaseline:
    """Trained on windows; a window that it flags is one span, so only whole ads can be scored."""

    def __init__(self, clauses: Sequence[LabelledClause]) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.linear_model import LogisticRegression
        from sklearn.pipeline import make_pipeline

        grams = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), min_df=2, sublinear_tf=True)
        self._model: Any = make_pipeline(grams, LogisticRegression(C=10.0, max_iter=1000))
        self._model.fit([clause.text for clause in clauses], [bool(clause.spans) for clause in clauses])

    def find(self, ads: Sequence[Ad]) -> list[list[Labelled]]:
        """The flagged windows of each ad, in the original's offsets."""
        found: list[list[Labelled]] = [[] for _ in ads]
        places, texts = [], []
        for number, ad in enumerate(ads):
            for field, value in ad.parts():
                copy = normalise(value)
                for window in windows(copy.text):
                    start, end = copy.to_original(window.start, window.end)
                    places.append((number, Labelled(field, start, end, FAULT, FAULT)))
                    texts.append(copy.text[window.start : window.end])
        flagged = self._model.predict(texts) if texts else ()
        for (number, span), is_flagged in zip(places, flagged, strict=True):
            if is_flagged:
                found[number].append(span)
        return found
