"""spaCy's face: the component by its entry point, spans on tokens, scores, displaCy, the way to disk and back."""

from __future__ import annotations

import pickle
import re
from pathlib import Path

import pytest
import spacy
from spacy import displacy
from spacy.language import Language
from spacy.scorer import Scorer
from spacy.tokens import Doc, Span
from spacy.training import Example

from scanner import Ad, Scanner
from scanner.errors import PingzhaoError
from scanner.spacy_component import SPANS_KEY
from scanner.training.gold import GoldItem, load_gold, to_ad

ROOT = Path(__file__).parents[1]
SEGMENTERS = ["jieba", "char"]
RULES_ALONE = {"model": False}


def pipeline(segmenter: str) -> Language:
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": segmenter}}})
    nlp.add_pipe("pingzhao", config=RULES_ALONE)
    return nlp


@pytest.fixture(scope="module", params=SEGMENTERS)
def nlp(request: pytest.FixtureRequest) -> Language:
    return pipeline(request.param)


def exact(doc: Doc, span: Span) -> str:
    """The words at fault by the offsets that the finding carries."""
    (words,) = span._.finding["spans"]
    return doc.text[words["start"] : words["end"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("招倉庫管理員，男士優先", [("男士優先", "gender_preference", "male")]),
        ("🔥🔥急招🧑‍🍳厨师😀，限男性🔥", [("限男性", "gender_restriction", "male")]),
        ("招文员\r\n\r\n  女性勿扰 ", [("女性勿扰", "gender_restriction", "male")]),
        ("普工：男18-45岁，女18-40岁", [("男18-45岁，女18-40岁", "differential_standard", "both")]),
        (
            "招未婚女性两名",
            [("未婚", "marital_birth_condition", "none"), ("女性", "gender_restriction", "female")],
        ),
        ("招文员，男女不限", []),
        ("", []),
    ],
)
def test_spacy_component_marks_the_words_at_fault(
    text: str, expected: list[tuple[str, str, str]], nlp: Language
) -> None:
    doc = nlp(text)
    assert doc.text == text
    spans = doc.spans[SPANS_KEY]
    assert [(exact(doc, s), s.label_, s._.direction) for s in spans] == expected
    assert all(exact(doc, span) in span.text for span in spans)


def test_spacy_span_has_the_finding_of_the_scanner(nlp: Language) -> None:
    text = "看守所女监区民警两名，限女性"
    (finding,) = Scanner.load(model=False).scan(Ad(text)).findings
    doc = nlp(text)
    (span,) = doc.spans[SPANS_KEY]
    assert span.id_ == finding.id
    assert (span._.direction, span._.disposition) == (finding.direction, finding.disposition)
    assert span._.finding["message"] == finding.message
    assert span._.finding["exceptions"][0]["question"] == finding.exceptions[0].question


def test_spacy_span_widens_to_whole_tokens_and_keeps_the_exact_words() -> None:
    vocab = spacy.blank("zh").vocab
    doc = Doc(vocab, words=["招店员", "，限男", "性别的", "不要"], spaces=[False] * 4)
    component = pipeline("char").get_pipe("pingzhao")
    (span,) = component(doc).spans[SPANS_KEY]
    assert exact(doc, span) in span.text
    assert (span.start_char, span.end_char) == (span[0].idx, span[-1].idx + len(span[-1]))


def test_spacy_span_of_another_make_has_no_finding(nlp: Language) -> None:
    span = nlp("招店员，限男性")[0:1]
    assert span._.finding == {}
    assert span._.direction is None
    assert span._.disposition is None


def test_spacy_pipe_gives_what_single_calls_give(nlp: Language) -> None:
    texts = ["限男性", "男女不限", "女士优先", "孕妇勿扰", "招司机"] * 3
    piped, single = list(nlp.pipe(texts, batch_size=4)), [nlp(text) for text in texts]
    ids = [[[s.id_ for s in doc.spans[SPANS_KEY]] for doc in docs] for docs in (piped, single)]
    assert ids[0] == ids[1]
    assert [len(found) for found in ids[0]] == [1, 0, 1, 1, 0] * 3


def gold_items() -> list[GoldItem]:
    items = load_gold(ROOT / "data" / "gold")
    return [item for item in items if not (item.title or item.fields or item.disposition)][:120]


def examples(nlp: Language) -> list[Example]:
    """Gold clauses as spaCy wants them: the predicted document beside one with the labelled spans."""
    pairs = []
    for item in gold_items():
        reference = nlp.make_doc(to_ad(item).text)
        reference.spans[SPANS_KEY] = [
            reference.char_span(start, end, span.category.value, alignment_mode="expand")
            for span, (_, start, end) in zip(item.spans, item.places(), strict=True)
        ]
        pairs.append(Example(nlp(reference.text), reference))
    return pairs


def test_spacy_scorer_agrees_with_the_gold_labels() -> None:
    nlp = pipeline("char")
    pairs = examples(nlp)
    scores = nlp.evaluate(pairs)
    assert scores[f"spans_{SPANS_KEY}_f"] >= 0.8  # spaCy asks for the same tokens, not for an overlap of half
    by_hand = Scorer.score_spans(
        pairs,
        attr=SPANS_KEY,
        getter=lambda doc, key: doc.spans.get(key, []),
        has_annotation=lambda doc: SPANS_KEY in doc.spans,
        allow_overlap=True,
    )
    assert by_hand[f"{SPANS_KEY}_f"] == scores[f"spans_{SPANS_KEY}_f"]


def test_spacy_displacy_shows_the_words(nlp: Language) -> None:
    doc = nlp("招文员一名，限女性，未婚优先")
    page = displacy.render(doc, style="span", options={"spans_key": SPANS_KEY}, jupyter=False)
    assert "gender_restriction" in page
    assert "marital_birth_condition" in page
    shown = re.findall(r"<span style=\"font-weight: bold[^>]*>\s*([^<\s]+)", page)
    assert "".join(shown) == "限女性未婚优先"


def test_spacy_pipeline_survives_the_disk(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "nlp")
    back = spacy.load(tmp_path / "nlp")
    assert back.get_pipe_config("pingzhao") == {"factory": "pingzhao", "model": False, "deep": False}
    before, after = nlp("女性勿扰"), back("女性勿扰")
    assert [s.id_ for s in after.spans[SPANS_KEY]] == [s.id_ for s in before.spans[SPANS_KEY]]
    assert after.spans[SPANS_KEY]


def test_spacy_document_survives_bytes(nlp: Language) -> None:
    doc = nlp("招文员，限女性")
    back = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    (before,), (after,) = doc.spans[SPANS_KEY], back.spans[SPANS_KEY]
    assert after._.finding == before._.finding
    assert (after.text, after.label_, after.id_) == (before.text, before.label_, before.id_)


def test_spacy_component_reaches_worker_processes(nlp: Language) -> None:
    component = pickle.loads(pickle.dumps(nlp.get_pipe("pingzhao")))
    doc = component(nlp.make_doc("限男性"))
    assert [span._.direction for span in doc.spans[SPANS_KEY]] == ["male"]


def test_spacy_component_refuses_a_folder_without_model(tmp_path: Path) -> None:
    with pytest.raises(PingzhaoError, match="E401"):
        spacy.blank("zh").add_pipe("pingzhao", config={"model": str(tmp_path), "deep": True})
