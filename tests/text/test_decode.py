"""Bytes to text: the order is fixed, nothing is guessed, a refusal says what to do."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.errors import PingzhaoError
from scanner.text.decode import decode, detect_encoding, encoding_by_mark

AD = "职位：仓库文员，限女性，18-35岁\r\n"
SIGNS = st.characters(exclude_categories=["Cs"], exclude_characters="\x00\ufeff")
CHINESE = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1)

BYTES = [
    (AD.encode("utf-8"), None, "utf-8"),
    (AD.encode("utf-8-sig"), None, "utf-8-sig"),
    (AD.encode("gb18030"), None, "gb18030"),
    (AD.encode("gbk"), None, "gb18030"),
    ("限男性𠮷🚹㐀".encode("gb18030"), None, "gb18030"),
    (AD.encode("utf-16"), None, "utf-16"),
    (b"\xfe\xff" + AD.encode("utf-16-be"), None, "utf-16"),
    (AD.encode("utf-16-le"), "utf-16-le", "utf-16-le"),
    (AD.encode("utf-16-be"), "utf-16-be", "utf-16-be"),
    (AD.encode("utf-16"), "utf-16-le", "utf-16"),
    (AD.encode("utf-16"), "utf16", "utf-16"),
    (AD.encode("utf-16-le"), "utf-16", "utf-16-le"),
    (AD.encode("utf-16-be"), "utf-16", "utf-16-be"),
    (AD.encode("utf-32"), "utf-32", "utf-32"),
    (AD.encode("utf-8-sig"), "utf8", "utf-8-sig"),
    (AD.encode("utf-8"), "UTF-8", "utf-8"),
    (AD.encode("gb18030"), "GBK", "gbk"),
    ("徵男性".encode("big5"), "big5", "big5"),
    ("联通".encode("gbk"), "gbk", "gbk"),
    (b"plain ascii", None, "utf-8"),
    (b"", None, "utf-8"),
    (b"a\x00b", None, "utf-8"),
]


@pytest.mark.parametrize(("data", "given_name", "used"), BYTES)
def test_decode_order_and_encoding_used(data: bytes, given_name: str | None, used: str) -> None:
    text, encoding = decode(data, given_name)
    assert encoding == used
    assert text == data.decode(used)
    assert not text.startswith("\ufeff")
    assert detect_encoding(io.BytesIO(data), given_name) == used


REFUSED = [
    (AD.encode("utf-16-le"), None, "--encoding utf-16"),
    (AD.encode("utf-16-be"), None, "--encoding utf-16"),
    (
        "招聘压模工，有耐心，限男性并能上夜班。\n工资面议\n".encode("utf-16-le"),
        None,
        "--encoding utf-16",
    ),
    (b"\xff", None, "UTF-8、GB18030"),
    (AD.encode("utf-8") + b"\xff\xff", None, "UTF-8、GB18030"),
    (b"\xef\xbb\xbf\xff", None, "utf-8-sig"),
    (b"\xff\xfea", None, "utf-16"),
    (AD.encode("gb18030"), "utf-8", "utf-8"),
    (AD.encode("utf-8"), "ascii", "ascii"),
    (b"text", "klingon", "klingon"),
    (b"text", "hex", "hex"),
    (b"text", "", "未知的编码"),
    (b"text", "a\x00b", "未知的编码"),
]


@pytest.mark.parametrize(("data", "given_name", "says"), REFUSED)
def test_decode_refuses_with_advice(data: bytes, given_name: str | None, says: str) -> None:
    for refusing in (lambda: decode(data, given_name), lambda: detect_encoding(io.BytesIO(data), given_name)):
        with pytest.raises(PingzhaoError) as refused:
            refusing()
        assert refused.value.code == "E101"
        assert says in refused.value.message
        assert "--encoding" in refused.value.message


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"\xef\xbb\xbfa", "utf-8-sig"),
        (b"\xff\xfea\x00", "utf-16"),
        (b"\xfe\xff\x00a", "utf-16"),
        (b"\xef", None),
    ],
)
def test_decode_encoding_by_mark(head: bytes, name: str | None) -> None:
    assert encoding_by_mark(head) == name


@given(st.text(SIGNS))
def test_decode_utf8_comes_back_whole(text: str) -> None:
    assert decode(text.encode("utf-8"))[0] == text
    assert decode(text.encode("utf-8-sig"))[0] == text
    assert decode(text.encode("utf-16"))[0] == text


@given(CHINESE)
def test_decode_gb18030_comes_back_whole(text: str) -> None:
    marked = "广告：" + text  # 广告 is no UTF-8 as GB18030 bytes; some lone words are
    assert decode(marked.encode("gb18030")) == (marked, "gb18030")


@given(st.binary(max_size=200), st.sampled_from([None, "utf-8", "gb18030", "utf-16", "utf-16-le"]))
def test_decode_gives_text_or_e101(data: bytes, encoding: str | None) -> None:
    try:
        text, used = decode(data, encoding)
    except PingzhaoError:
        with pytest.raises(PingzhaoError, match="E101"):
            detect_encoding(io.BytesIO(data), encoding)
    else:
        assert detect_encoding(io.BytesIO(data), encoding) == used
        assert text == data.decode(used)


def test_decode_detection_reads_beyond_the_first_chunk() -> None:
    stream = io.BytesIO(b"a" * 300_000 + "限男性".encode("gb18030"))
    stream.seek(7)
    assert detect_encoding(stream) == "gb18030"
    assert stream.tell() == 0


def test_decode_detection_chunk_may_part_a_character() -> None:
    assert detect_encoding(io.BytesIO(b"a" * ((1 << 18) - 1) + "限男性".encode())) == "utf-8"
    with pytest.raises(PingzhaoError, match="E101"):
        detect_encoding(io.BytesIO("限男性".encode("utf-8-sig")[:-1]))


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_decode_detection_by_line_bears_a_broken_line(encoding: str) -> None:
    lines = [f"第{n}条，限女性\n".encode(encoding) for n in "一二三四"]
    stream = io.BytesIO(b"".join([*lines, b"ascii\n", "限男".encode(encoding) + b"\xff\n"]))
    assert detect_encoding(stream, by_line=True) == encoding
    assert stream.tell() == 0
    with pytest.raises(PingzhaoError, match="E101"):
        detect_encoding(stream)


def test_decode_detection_by_line_needs_most_lines_sound() -> None:
    with pytest.raises(PingzhaoError, match="E101"):
        detect_encoding(io.BytesIO("限男\n".encode() + b"\xff\n\xff\n"), by_line=True)


def test_decode_detection_by_line_counts_a_long_line_once() -> None:
    long_line = ("限男性" * 100_000 + "\n").encode()
    assert detect_encoding(io.BytesIO(long_line + b"\xff\n" + "好\n".encode()), by_line=True) == "utf-8"
