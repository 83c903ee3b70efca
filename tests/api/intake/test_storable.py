from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from api.intake.storable import storable, storable_text
from scanner import Ad

_ANY = st.text(st.characters() | st.characters(categories=["Cs"]) | st.just("\0"))


@given(_ANY)
def test_storable_text_keeps_every_offset_and_can_be_encoded(text: str) -> None:
    kept = storable_text(text)
    kept.encode("utf-8")
    assert len(kept) == len(text)
    assert "\0" not in kept
    assert [a for a, b in zip(text, kept, strict=True) if a != b and b != "\ufffd"] == []


def test_storable_ad_is_clean_in_every_part() -> None:
    bad = "男\0女\ud800"
    ad = Ad(bad, bad, bad, {bad: bad}, bad, bad, bad, source=bad, row=3)
    kept = storable(ad)
    assert kept == Ad(
        *["男\ufffd女\ufffd"] * 3,
        {"男\ufffd女\ufffd": "男\ufffd女\ufffd"},
        *["男\ufffd女\ufffd"] * 3,
        source="男\ufffd女\ufffd",
        row=3,
    )
