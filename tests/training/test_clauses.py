"""Hand-written families: the marks inside a line, and what is refused."""

from pathlib import Path

import pytest

from scanner.errors import PingzhaoError
from scanner.findings import Category, Direction
from scanner.training.clauses import parse_line, read_clauses, read_families

DATA = Path(__file__).parents[2] / "data"


def test_clauses_line_gives_text_and_spans() -> None:
    text, spans = parse_line("招[未婚|marital_birth_condition|none][女青年|gender_restriction|female]两名")
    assert text == "招未婚女青年两名"
    assert [(text[s.start : s.end], s.category, s.direction) for s in spans] == [
        ("未婚", Category.MARITAL_BIRTH_CONDITION, Direction.NONE),
        ("女青年", Category.GENDER_RESTRICTION, Direction.FEMALE),
    ]


@pytest.mark.parametrize("folder", ["clauses", "clauses_test"])
def test_clauses_are_read_and_never_repeat(folder: str) -> None:
    families = read_families(DATA / folder)
    groups = [family.group for family in families]
    assert len(groups) == len(set(groups))
    texts = [clause.text for clause in read_clauses(DATA / folder)]
    assert len(texts) == len(set(texts))


def test_clauses_are_many_and_cover_every_category_both_ways() -> None:
    clauses = read_clauses(DATA / "clauses")
    assert len(clauses) >= 2500
    flagged = [span.category for clause in clauses for span in clause.spans]
    assert min(flagged.count(category) for category in Category) >= 150
    assert sum(clause.lawful for clause in clauses) >= 1000


def test_clauses_for_testing_share_no_line_or_family_with_those_for_training() -> None:
    train, test = (read_clauses(DATA / name) for name in ("clauses", "clauses_test"))
    assert {c.group for c in train}.isdisjoint(c.group for c in test)
    assert {c.text for c in train}.isdisjoint(c.text for c in test)


@pytest.mark.parametrize(
    "line",
    [
        "要[汉子|gender_restriction|none]",
        "要[汉子|manly|male]",
        "要[汉子",
        "没有标注",
        "[孕检|pregnancy_test|male]",
    ],
)
def test_clauses_refuse_a_bad_line(tmp_path: Path, line: str) -> None:
    (tmp_path / "bad.yaml").write_text(f'- group: a\n  flag:\n    - "{line}"\n', "utf-8")
    with pytest.raises(PingzhaoError, match=r"bad\.yaml"):
        read_clauses(tmp_path)
