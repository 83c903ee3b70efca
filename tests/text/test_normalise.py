"""The plain copy and the way back: golden cases with their spans, then what holds for any text."""

from __future__ import annotations

import re
import time
from itertools import pairwise

import pytest
import yaml
from hypothesis import assume, example, given
from hypothesis import strategies as st

from scanner.paths import shipped
from scanner.text.normalise import (
    Normalised,
    character_table,
    disguise_contexts,
    normalise,
    utf16_length,
    utf16_offsets,
)

GOLDEN = [
    # width, case
    ("［限男性］ＡＢＣ１８", "限男性", "限男性", "[限男性]abc18"),
    ("性别：男；２０～３０岁", "男;20", "男；２０", "性别:男;20~30岁"),
    ("年龄18－30、18—30、18–30", "18-30、18-30、18-30", "18－30、18—30、18–30", "年龄18-30、18-30、18-30"),
    ("OFFICE文员", "office", "OFFICE", "office文员"),
    # traditional characters, radicals of PDF files
    ("僅限男性，學歷不拘", "仅限男性", "僅限男性", "仅限男性,学历不拘"),
    ("女⼠優先", "女士优先", "女⼠優先", "女士优先"),
    ("⼥⽣", "女生", "⼥⽣", "女生"),
    ("女\uf981工", "女女工", "女\uf981工", "女女工"),
    # hidden characters
    ("限\u200b男\u200d性", "限男性", "限\u200b男\u200d性", "限男性"),
    ("\ufeff限男性\u2060", "限男性", "限男性", "限男性"),
    # marks and spaces between characters
    ("司机限·男，有证", "限男", "限·男", "司机限男,有证"),
    ("司机 限 男，有证", "限男", "限 男", "司机限男,有证"),
    ("司机仅限 男，2名", "仅限男", "仅限 男", "司机仅限男,2名"),
    ("仅.限.男.性", "仅限男性", "仅.限.男.性", "仅限男性"),
    ("限-男-性", "限男性", "限-男-性", "限男性"),
    ("限\u3000男\u3000性", "限男性", "限\u3000男\u3000性", "限男性"),
    ("限 · 男", "限男", "限 · 男", "限男"),
    ("男 性优先", "男性优先", "男 性优先", "男性优先"),
    ("孕·妇勿扰", "孕妇勿扰", "孕·妇勿扰", "孕妇勿扰"),
    # look-alike characters and signs
    ("限钕性", "限女性", "限钕性", "限女性"),
    ("侽生优先", "男生优先", "侽生优先", "男生优先"),
    ("要求：限♂，会电焊", "限男", "限♂", "要求:限男,会电焊"),
    ("♀生优先", "女生优先", "♀生优先", "女生优先"),
    ("限♂️性", "限男性", "限♂️性", "限男性"),
    ("只招👩，2名", "只招女", "只招👩", "只招女,2名"),
    ("🤰勿扰", "孕妇勿扰", "🤰勿扰", "孕妇勿扰"),
    # pinyin
    ("只要nan生", "男生", "nan生", "只要男生"),
    ("限NV性", "限女性", "限NV性", "限女性"),
    ("男士youxian", "男士优先", "男士youxian", "男士优先"),
    # entities and tags
    ("限&#30007;性", "限男性", "限&#30007;性", "限男性"),
    ("限&#x7537;性", "限男性", "限&#x7537;性", "限男性"),
    ("限&nbsp;男", "限男", "限&nbsp;男", "限男"),
    ("限&#8203;男", "限男", "限&#8203;男", "限男"),
    ("限<b>男</b>性", "限男性", "限<b>男</b>性", "限男性"),
    ("限<!-- 注 -->男性", "限男性", "限<!-- 注 -->男性", "限男性"),
    ("文员<br/>限女性</p>", "限女性", "限女性", "文员\n限女性\n"),
    ("文员&lt;br&gt;限女性", "限女性", "限女性", "文员\n限女性"),
    ('<span class="x">限女性</span>', "限女性", "限女性", "限女性"),
    # astral characters before the words
    ("🎉🎉𠮷限男性", "限男性", "限男性", "🎉🎉𠮷限男性"),
]


@pytest.mark.parametrize(("original", "words", "quote", "plain"), GOLDEN)
def test_normalise_golden(original: str, words: str, quote: str, plain: str) -> None:
    copy = normalise(original)
    at = copy.text.index(words)
    start, end = copy.to_original(at, at + len(words))
    assert (copy.text, original[start:end]) == (plain, quote)


LOOKALIKES = yaml.safe_load((shipped("lexicons") / "lookalikes.yaml").read_text("utf-8"))
DISGUISES = [written for entry in LOOKALIKES["in_context"] for written in entry["written"]]
KEPT = [
    "学历不限 男 25岁",
    "性别男 工作地点佛山",
    "招男 性格开朗",
    "男 女 均可",
    "工作年限 男 30岁",
    "要求nvidia显卡经验",
    "要求nand闪存经验",
    "hunan性价比",
    "有♂有♀",
    "r&d工程师",
    "薪资<8000且>5000",
    "&unknown;",
    "a&b;c",
    "英语 日语",
    "1.75米",
    "\x00\x00",
    "",
]


@pytest.mark.parametrize("text", KEPT)
def test_normalise_leaves_alone(text: str) -> None:
    copy = normalise(text)
    assert copy.text == text
    assert [copy.to_original(at, at + 1) for at in range(len(text))] == [(n, n + 1) for n in range(len(text))]


@pytest.mark.parametrize("disguised", sorted(disguise_contexts()))
def test_normalise_undoes_every_listed_disguise(disguised: str) -> None:
    text = normalise(f"18岁，{disguised}，9名").text
    assert text.startswith("18岁,")
    assert text.endswith(",9名")
    assert not any(written in text for written in DISGUISES)


NOISE = st.text(
    st.one_of(
        st.sampled_from("限男女性士生优先招聘·. \u3000\u200b️<>&;#/brp♂♀👨侽钕nav僅\n\t*-"),
        st.characters(exclude_categories=[]),
    ),
    max_size=60,
)
PIECES = st.lists(
    st.sampled_from(
        [
            "限",
            "男",
            "女",
            "性",
            " ",
            "·",
            "&nbsp;",
            "&#30007;",
            "<b>",
            "</b>",
            "<br>",
            "\u200b",
            "nan",
            "♀",
            "🎉",
            "\ud800",
            "&#8203;",
            "優先",
            "Ａ",
            "<!--",
            "-->",
            "\x00",
            "生",
            "工",
        ]
    ),
    max_size=30,
).map("".join)
ANY = st.one_of(NOISE, PIECES)
BESIDE = ANY.map(lambda text: text.replace("<", "").replace(">", "").replace("&", ""))


def _map(copy: Normalised) -> list[tuple[int, int]]:
    return [copy.to_original(at, at + 1) for at in range(len(copy.text))]


@given(ANY)
@example("\ud83d限男\udc00")
@example("\x00限\x00男")
@example("&#xD800;&#0;&#9999999;&#1;")
def test_normalise_map_is_monotone_and_within_bounds(original: str) -> None:
    places = _map(normalise(original))
    assert all(0 <= start < end <= len(original) for start, end in places)
    assert all(a[0] <= b[0] and a[1] <= b[1] for a, b in pairwise(places))


@given(ANY)
def test_normalise_map_never_parts_a_replacement(original: str) -> None:
    """Two neighbours come from the same place or from places that do not overlap."""
    places = _map(normalise(original))
    assert all(a == b or a[1] <= b[0] for a, b in pairwise(places))


@given(st.text(st.characters(exclude_categories=[], exclude_characters="<&"), max_size=40))
def test_normalise_plain_character_comes_from_its_twin(original: str) -> None:
    """Without markup and disguises a character of the copy stands for the one that it covers."""
    assume(not any(written in original.lower() for written in DISGUISES))
    copy = normalise(original)
    twins = [original[start:end].translate(character_table()) for start, end in _map(copy)]
    assert "".join(twins) == copy.text


@given(BESIDE, BESIDE)
def test_normalise_word_maps_to_its_own_place(before: str, after: str) -> None:
    copy = normalise(f"{before}。僅限男性。{after}")
    found = [copy.to_original(m.start(), m.end()) for m in re.finditer("仅限男性", copy.text)]
    assert (len(before) + 1, len(before) + 5) in found


@given(st.text("限男女性士生优先招聘工妇孕·. \u3000\u200b僅優侽钕Ａａ，：18-\n", max_size=40))
def test_normalise_is_idempotent_without_markup(original: str) -> None:
    once = normalise(original).text
    assert normalise(once).text == once


@given(st.text(st.characters(exclude_categories=[])), st.lists(st.integers(0, 40)))
def test_normalise_utf16_offsets_are_those_of_the_prefix(text: str, cuts: list[int]) -> None:
    offsets = sorted(min(cut, len(text)) for cut in cuts)
    expected = [len(text[:at].encode("utf-16-le", "surrogatepass")) // 2 for at in offsets]
    assert utf16_offsets(text, offsets) == expected
    assert utf16_length(text) == len(text.encode("utf-16-le", "surrogatepass")) // 2


@pytest.mark.parametrize("piece", ["<", "&", "限 ", "<a ", "男 男·", "<!--", "&#", "nan", "·"])
def test_normalise_hostile_text_takes_linear_time(piece: str) -> None:
    hostile = piece * (200_000 // len(piece))
    started = time.perf_counter()
    assert normalise(hostile).original == hostile
    assert time.perf_counter() - started < 5
