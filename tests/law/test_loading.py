"""Loading: refusals name the file and the cure; the version follows the contents."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from scanner.errors import PingzhaoError
from scanner.law import LawBook
from scanner.law.loading import read_articles, read_table, version_of
from scanner.paths import shipped

SPOILED = [
    ("articles/wl.yaml", "id: WL43.2", "id: WL43.1", "重复"),
    ("articles/wl.yaml", "status: VERIFIED-2", "status: VERIFIED", "VERIFIED-WEB"),
    ("articles/wl.yaml", "valid_from: 2023-01-01", "valid_from: 2023-13-01", "日期"),
    ("articles/wl.yaml", "valid_from: 2023-01-01", "valid_from: spring", "日期"),
    ("articles/wl.yaml", "key: WL", "key: WL\ncolour: red", "删去该键"),
    ("articles/wl.yaml", "name: 妇女权益保障法\n", "", "补上"),
    ("articles/wl.yaml", "id: WL82", "id: EPL82", "不是 WL 的条款编号"),
    ("articles/wl.yaml", "role: sanction", "role: fine", "prohibition"),
    ("articles/wl.yaml", "key: WL", "key: [", "YAML"),
    ("articles/wl_old.yaml", "valid_to: 2022-12-31", "valid_to: 2001-01-01", "早于"),
    ("articles/n17.yaml", "paraphrase:", "text:", "paraphrase"),
    ("articles/esr.yaml", "paraphrase:", "text:", "paraphrase"),
    ("articles/nr.yaml", "paraphrase:", "lead: a\n    paraphrase:", "text"),
    ("articles/epl.yaml", "role: prohibition", "role: sanction", "罚则"),
    ("basis.yaml", "[EPL3, EPL26", "[EPL3, EPL999", "EPL999"),
    ("basis.yaml", "use: [neutral]", "use: [nothing]", "nothing"),
    ("basis.yaml", "sanction: [HRM43, NR34]", "sanction: [HRM43, EPL62]", "procedure"),
    ("basis.yaml", "direction: [male]", "direction: [men]", "按提示"),
]


@pytest.mark.parametrize(("name", "good", "bad", "hint"), SPOILED)
def test_loading_refuses_with_file_and_cure(
    law_copy: Path, name: str, good: str, bad: str, hint: str
) -> None:
    file = law_copy / name
    text = file.read_text(encoding="utf-8")
    assert good in text
    file.write_text(text.replace(good, bad, 1), encoding="utf-8")
    with pytest.raises(PingzhaoError) as refused:
        LawBook.load(law_copy)
    assert refused.value.code == "E302"
    assert file.name in refused.value.message
    assert hint in refused.value.message
    assert "修改办法" in refused.value.message


def test_loading_without_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PingzhaoError, match="E302"):
        LawBook.load(tmp_path)


@pytest.mark.parametrize("content", [b"", b"- 1\n", b"\xff\xfe\x00", b"key: WL\n"])
def test_loading_unusable_file_is_refused(law_copy: Path, content: bytes) -> None:
    (law_copy / "articles" / "epl.yaml").write_bytes(content)
    with pytest.raises(PingzhaoError, match=r"E302.*epl\.yaml"):
        LawBook.load(law_copy)


def test_loading_missing_table_is_refused(law_copy: Path) -> None:
    (law_copy / "basis.yaml").unlink()
    with pytest.raises(PingzhaoError, match=r"E302.*basis\.yaml"):
        LawBook.load(law_copy)


def test_loading_version_follows_contents_not_line_ends(law_copy: Path) -> None:
    version = version_of(law_copy)
    assert version == LawBook.load().version
    assert version.startswith("law-")
    assert len(version) == 12
    file = law_copy / "basis.yaml"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert version_of(law_copy) == version
    file.write_bytes(file.read_bytes() + b"# more\n")
    assert version_of(law_copy) != version


def test_loading_is_done_once() -> None:
    assert LawBook.load() is LawBook.load()


def test_loading_takes_less_than_100_ms() -> None:
    folder = shipped("lexicons") / "law"
    times = []
    for _ in range(5):
        start = time.perf_counter()
        read_table(folder, read_articles(folder))
        version_of(folder)
        times.append(time.perf_counter() - start)
    assert min(times) < 0.1


def test_loading_articles_by_id(book: LawBook) -> None:
    assert book.has("WL43.1")
    assert not book.has("WL54")
    assert not book.has("WL75")
    assert book.article("WL74").number == "第七十四条"
    assert {"WL76", "WL77.2", "WL83", "HRM43", "LSR14", "APL33", "SPWA1.1", "PRL64"} <= {
        article.id for article in book.articles()
    }
    with pytest.raises(PingzhaoError, match="E302"):
        book.article("WL54")


def test_loading_item_is_quoted_with_its_lead(book: LawBook) -> None:
    lead = "用人单位在招录（聘）过程中，除国家另有规定外，不得实施下列行为:"
    assert book.article("WL43.1").quotation == f"{lead}（一）限定为男性或者规定男性优先"
    assert book.article("WL43.3").quotation == f"{lead}……（三）将妊娠测试作为入职体检项目"
