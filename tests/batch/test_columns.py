"""Header names: what columns.yaml promises, spelling variants, priorities, --map."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import yaml

from scanner.batch.columns import (
    ROLES,
    holds_ads,
    map_columns,
    missing_from,
    normalise_header,
    parse_mapping,
    recognised,
)
from scanner.errors import PingzhaoError
from scanner.paths import shipped

NAMES = yaml.safe_load((shipped("lexicons") / "columns.yaml").read_text("utf-8"))


def _role_names() -> Iterator[tuple[str, str]]:
    for role, names in NAMES["roles"].items():
        for name in names:
            yield role, name


def test_columns_file_has_every_role_and_no_name_twice() -> None:
    assert set(NAMES["roles"]) == set(ROLES)
    listed = [name for _, name in _role_names()] + NAMES["fields"] + NAMES["ignored"]
    plain = [normalise_header(name) for name in listed]
    assert sorted(name for name in set(plain) if plain.count(name) > 1) == []


@pytest.mark.parametrize(("role", "name"), list(_role_names()))
def test_columns_known_name_has_its_role(role: str, name: str) -> None:
    columns = map_columns(["无关列", name], {}, keep_unknown=False)
    assert dict(columns.roles) == {role: 1}
    assert columns.fields == ()
    assert recognised(name)


@pytest.mark.parametrize("name", NAMES["fields"])
def test_columns_known_field_is_scanned_under_its_name(name: str) -> None:
    columns = map_columns([name], {}, keep_unknown=False)
    assert columns.fields == ((name, 0),)
    assert holds_ads([name])


@pytest.mark.parametrize("name", NAMES["ignored"])
def test_columns_ignored_name_is_never_scanned(name: str) -> None:
    columns = map_columns(["岗位要求", name], {}, keep_unknown=True)
    assert columns.fields == ()
    assert columns.ignored == (name,)
    assert not holds_ads([name])


VARIANTS = [
    "岗位要求",
    " 岗位 要求 ",
    "岗位要求：",
    "岗位要求（必填）",
    "*岗位要求",
    "【岗位要求】",
    "岗位要求[限500字]",
    "岗位要求【必填】",
    "岗_位_要求",
    "\ufeff岗位要求",
    "岗位\n要求",
    "Job Description",
    "JOB_DESCRIPTION",
    "jobdescription",
    "ＪＤ",
    "Text",
]


@pytest.mark.parametrize("header", VARIANTS)
def test_columns_spelling_variants_are_known(header: str) -> None:
    assert dict(map_columns([header], {}, keep_unknown=False).roles) == {"text": 0}


def test_columns_first_listed_name_wins_and_the_rest_are_scanned_as_fields() -> None:
    columns = map_columns(["备注", "岗位要求", "职位描述", "公司", "公司名称"], {}, keep_unknown=True)
    assert dict(columns.roles) == {"text": 1, "employer": 4}
    assert columns.fields == (("备注", 0), ("职位描述", 2))
    assert columns.ignored == ("公司",)


def test_columns_unknown_names_are_fields_of_tables_only() -> None:
    headers = ["岗位要求", "神秘列", "", "神秘列", "联系电话"]
    table = map_columns(headers, {}, keep_unknown=True)
    assert table.fields == (("神秘列", 1), ("第3列", 2), ("神秘列（2）", 3))
    assert table.ignored == ("联系电话",)
    record = map_columns(headers, {}, keep_unknown=False)
    assert record.fields == ()
    assert record.ignored == ("神秘列", "神秘列", "联系电话")


def test_columns_mapping_goes_before_known_names() -> None:
    columns = map_columns(
        ["岗位要求", "条件", "单位"], {"text": "条件", "title": "单 位："}, keep_unknown=True
    )
    assert dict(columns.roles) == {"text": 1, "title": 2}
    assert columns.fields == (("岗位要求", 0),)


def test_columns_mapped_ignored_column_is_used() -> None:
    columns = map_columns(["电话", "岗位要求"], {"id": "电话"}, keep_unknown=True)
    assert dict(columns.roles) == {"text": 1, "id": 0}
    assert columns.ignored == ()


def test_columns_missing_from_names_the_first_absent() -> None:
    assert missing_from(["甲", "乙"], {"text": "甲", "title": "乙"}) is None
    assert missing_from(["甲"], {"title": "丙", "text": "甲"}) == "丙"


def test_columns_note_says_what_was_mapped() -> None:
    headers = ["岗位要求", "性别要求", "联系人"]
    note = map_columns(headers, {}, keep_unknown=True).note(headers)
    assert note == "列对应：正文←岗位要求；按字段扫描：性别要求；未使用：联系人"


def test_columns_parse_mapping_reads_pairs() -> None:
    pairs = ["text=岗位=描述", " employer = 公司 "]
    assert parse_mapping(pairs) == {"text": "岗位=描述", "employer": "公司"}
    assert parse_mapping([]) == {}


@pytest.mark.parametrize(
    ("pairs", "says"),
    [
        (["text"], "“text”"),
        (["=岗位"], "“=岗位”"),
        (["text="], "“text=”"),
        (["正文=岗位"], "posted_on"),
        (["text=甲", "text=乙"], "两次"),
    ],
)
def test_columns_parse_mapping_refuses_with_e112(pairs: list[str], says: str) -> None:
    with pytest.raises(PingzhaoError) as refused:
        parse_mapping(pairs)
    assert refused.value.code == "E112"
    assert says in refused.value.message
    assert "--map text=" in refused.value.message
